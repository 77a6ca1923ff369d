import { chmod, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CliError } from './cli-error.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** A server, and who is signed in there. */
export type Profile = z.output<typeof profileSchema>

const profileSchema = z.object({
  webUrl: z.url(),
  apiUrl: z.url(),
  email: z.string(),
  /** The session's cookies; null when signed out. */
  cookies: z.string().nullable(),
})

/** The profile in use when none is named. */
export const DEFAULT_PROFILE = 'default'

/** Lower case only, because some file systems do not tell the cases apart. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/

/** Checks the name of a profile. Throws a usage error. */
export function parseProfileName(name: string): string {
  if (NAME.test(name)) return name
  throw new CliError(
    'usage',
    'A profile is named with up to 32 lower-case letters, digits, - and _, as in: --profile work',
  )
}

/** The profiles of this person, one file each, in a folder that others cannot read. */
export function openProfiles(configFolder: string) {
  const folder = join(configFolder, 'profiles')
  const pathOf = (name: string) => join(folder, `${name}.json`)

  return {
    /** The profile, or null when there is none of this name. */
    async read(name: string): Promise<Profile | null> {
      const path = pathOf(name)
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      })
      if (text === null) return null
      const profile = profileSchema.safeParse(parseJson(text))
      if (profile.success) return profile.data
      throw new CliError(
        'failure',
        `The profile in ${path} is damaged: delete that file and sign in again with tend login`,
      )
    },

    /** Keeps the profile, readable by this person alone. */
    async write(name: string, profile: Profile): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Folders that were there before may have been open to others.
      await Promise.all([configFolder, folder].map((path) => chmod(path, 0o700)))
      await writeFileAtomically(pathOf(name), `${JSON.stringify(profile, null, 2)}\n`, 0o600)
    },

    /** All names, in alphabetical order. */
    async list(): Promise<string[]> {
      const files = await readdir(folder).catch(() => [])
      return files
        .flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []))
        .filter((name) => NAME.test(name))
        .sort()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
