import { unwrap } from '@tend/contracts/client'
import { chooseProfile, connect, openOwnProfiles } from '../connection.ts'
import { clean, note, paint, print, printJson } from '../output.ts'

type Options = { profile?: string | undefined; json?: true | undefined }

/** Prints who is signed in, as the server says. */
export async function whoami({ profile: option, json }: Options): Promise<void> {
  const { tend, profile, name } = await connect(option)
  const current = await unwrap(tend.auth.session())
  if (json) return printJson(current)
  print(clean(current.user.email))
  const end = new Date(current.session.expiresAt).toLocaleString()
  note(`Profile ${name}, ${profile.webUrl}, signed in until ${end}.`)
}

/** Prints the profiles there are; a star marks the one in use. */
export async function listProfiles({ profile: option, json }: Options): Promise<void> {
  const used = chooseProfile(option)
  const profiles = openOwnProfiles()
  const rows = []
  for (const name of await profiles.list()) {
    const profile = await profiles.read(name)
    if (profile === null) continue
    const { webUrl, apiUrl, email, cookies } = profile
    rows.push({ name, webUrl, apiUrl, email, isSignedIn: cookies !== null, isUsed: name === used })
  }
  if (json) return printJson(rows)
  if (rows.length === 0) note('There are no profiles yet: make one with tend login.')
  for (const { name, webUrl, email, isSignedIn, isUsed } of rows) {
    const state = isSignedIn ? clean(email) : 'signed out'
    print(`${isUsed ? '*' : ' '} ${paint('bold', name)}  ${webUrl}  ${state}`)
  }
}
