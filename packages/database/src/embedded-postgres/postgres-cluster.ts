import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { explainFailure } from './explain-failure.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { type Account, runProgram } from './run-program.ts'

const accessFile = 'tend-access.json'

/** The passwords of the two roles: `postgres`, the superuser, and `tend`, the owner of Tend's database. */
export type ClusterAccess = z.infer<typeof clusterAccess>

const clusterAccess = z.object({ superuserPassword: z.string(), password: z.string() })

/** Opens the data directory `cluster`, making it first if there is none. */
export async function ensureCluster(
  cluster: string,
  programs: PostgresPrograms,
  account: Account,
): Promise<ClusterAccess> {
  const major = await readMajor(cluster)
  if (major === undefined) return createCluster(cluster, programs, account)
  if (major !== programs.major) {
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${major} and the installed programs are version ${programs.major}: dump it with pg_dump ${major} and restore it, or start the Tend that made it.`,
    )
  }
  return clusterAccess.parse(JSON.parse(await readFile(path.join(cluster, accessFile), 'utf8')))
}

async function readMajor(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

// In a directory of its own, moved in place when whole: an interrupted start leaves no half of a database.
async function createCluster(
  cluster: string,
  programs: PostgresPrograms,
  account: Account,
): Promise<ClusterAccess> {
  const store = path.dirname(cluster)
  await removeDrafts(store)
  const draft = path.join(store, `new-${randomUUID()}`)
  await mkdir(draft, { mode: 0o700 })
  if (account) await chown(draft, account.uid, account.gid)
  const access = { superuserPassword: createPassword(), password: createPassword() }
  const passwordFile = path.join(draft, 'password')
  const data = path.join(draft, 'cluster')
  await writeSecret(passwordFile, access.superuserPassword, account)
  const { isSuccess, output } = await runProgram(
    programs.initdb,
    [`--pgdata=${data}`, `--pwfile=${passwordFile}`, ...initdbOptions],
    account,
  )
  if (!isSuccess) {
    await rm(draft, { recursive: true, force: true })
    throw new Error(explainFailure(store, output))
  }
  await writeSecret(path.join(data, accessFile), JSON.stringify(access), account)
  await rename(data, cluster)
  await syncDirectory(store)
  await removeDrafts(store)
  return access
}

const initdbOptions = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--no-instructions',
]

function createPassword(): string {
  return randomBytes(24).toString('hex')
}

async function writeSecret(file: string, text: string, account: Account): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    if (account) await handle.chown(account.uid, account.gid)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

// An initdb whose starter was killed writes on for a moment into what is being removed here, so it is tried again.
async function removeDrafts(store: string): Promise<void> {
  for (const name of await readdir(store)) {
    if (!name.startsWith('new-')) continue
    await rm(path.join(store, name), {
      recursive: true,
      force: true,
      maxRetries: 10,
      retryDelay: 50,
    })
  }
}

// So that the new name outlives a loss of power. Windows has no such call.
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
