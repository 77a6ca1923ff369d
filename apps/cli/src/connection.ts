import { createTendClient, type SessionStore, type TendClient } from '@tend/contracts/client'
import { CliError } from './cli-error.ts'
import { findConfigFolder } from './config-folder.ts'
import { readEnvironment } from './env.ts'
import { DEFAULT_PROFILE, openProfiles, type Profile, parseProfileName } from './profiles.ts'

/** A profile in use: its name, what is kept of it, and the client of its server. */
export type Connection = { name: string; profile: Profile; tend: TendClient }

/** The profiles where the platform keeps them. */
export function openOwnProfiles() {
  return openProfiles(findConfigFolder(readEnvironment()))
}

/** The name of the profile to use: the option, TEND_PROFILE, or the default. Throws a usage error. */
export function chooseProfile(option: string | undefined): string {
  return parseProfileName(option ?? readEnvironment().TEND_PROFILE ?? DEFAULT_PROFILE)
}

/** Makes a client whose session is kept in the profile's file. */
export function createProfileClient(name: string, profile: Profile): TendClient {
  const profiles = openOwnProfiles()
  let cookies = profile.cookies
  const session: SessionStore = {
    read: () => cookies,
    async write(next) {
      if (next === cookies) return
      cookies = next
      await profiles.write(name, { ...profile, cookies })
    },
  }
  return createTendClient({ webUrl: profile.webUrl, apiUrl: profile.apiUrl, session })
}

/** Connects as the person who signed in with the profile. Throws a CliError with exit code 3 when nobody did. */
export async function connect(option: string | undefined): Promise<Connection> {
  const name = chooseProfile(option)
  const profile = await openOwnProfiles().read(name)
  if (profile !== null && profile.cookies !== null)
    return { name, profile, tend: createProfileClient(name, profile) }
  const login = name === DEFAULT_PROFILE ? 'tend login' : `tend login --profile ${name}`
  throw new CliError('notSignedIn', `You are not signed in: do so with ${login}`)
}
