import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { secretSchema } from './environment.ts'

const localSecretsSchema = z.object({ BETTER_AUTH_SECRET: secretSchema, JWT_SECRET: secretSchema })

/** The two secrets of an installation that was given none. */
export type LocalSecrets = z.infer<typeof localSecretsSchema>

/**
 * Reads the secrets kept in the data folder, and makes them on the first start. Of two processes that start at the
 * same moment one wins and both get the same secrets. Throws when the file is damaged.
 */
export async function readOrCreateLocalSecrets(dataDir: string): Promise<LocalSecrets> {
  const file = join(dataDir, 'secrets.json')
  return (await readSecrets(file)) ?? (await createSecrets(file, dataDir))
}

async function readSecrets(file: string): Promise<LocalSecrets | null> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (content === null) return null
  try {
    return localSecretsSchema.parse(JSON.parse(content))
  } catch {
    // The cause would quote the file, so it is left out on purpose.
    throw new Error(
      `${file} is damaged. Restore it from a backup, or delete it: everybody signs in again then.`,
    )
  }
}

async function createSecrets(file: string, dataDir: string): Promise<LocalSecrets> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const secrets: LocalSecrets = {
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64url'),
    JWT_SECRET: randomBytes(32).toString('base64url'),
  }
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    // link() fails when the name exists: the first of several starters wins, and no reader sees half a file.
    await link(draft, file)
    return secrets
  } catch (error) {
    const winner = await readSecrets(file)
    if (winner !== null) return winner
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}
