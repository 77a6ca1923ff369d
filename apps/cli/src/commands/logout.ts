import { unwrap } from '@tend/contracts/client'
import { chooseProfile, createProfileClient, openOwnProfiles } from '../connection.ts'
import { note } from '../output.ts'

/** Ends the session on the server and forgets it here. */
export async function logout(options: { profile?: string | undefined }): Promise<void> {
  const name = chooseProfile(options.profile)
  const profiles = openOwnProfiles()
  const profile = await profiles.read(name)
  if (profile === null || profile.cookies === null) {
    note('You were not signed in.')
    return
  }
  const ending = unwrap(createProfileClient(name, profile).auth.logout())
  const failure = await ending.then(
    () => null,
    (error: unknown) => error,
  )
  await profiles.write(name, { ...profile, cookies: null })
  note(
    failure === null
      ? `Signed out of ${profile.webUrl}.`
      : `Signed out here; ${profile.webUrl} could not be told, so the session stays valid there until it runs out.`,
  )
}
