import type { z } from 'zod'
import { CliError } from './cli-error.ts'
import { readEnvironment } from './env.ts'
import { askSecret, askText } from './prompt.ts'

/** The email address to sign in with: the option, TEND_EMAIL, or what the person types. */
export async function readEmail(option: string | undefined): Promise<string> {
  const otherwise = 'There is no terminal to ask for the email: set TEND_EMAIL or add --email'
  return option ?? readEnvironment().TEND_EMAIL ?? askText('Email', otherwise)
}

const otherwise = 'There is no terminal to ask for the password: set TEND_PASSWORD'

/** The password: TEND_PASSWORD, or what the person types. */
export async function readPassword(): Promise<string> {
  return readEnvironment().TEND_PASSWORD ?? askSecret('Password', otherwise)
}

/** A password of the person's choice; it is typed twice, because nothing of it is shown. */
export async function readNewPassword(): Promise<string> {
  const given = readEnvironment().TEND_PASSWORD
  if (given !== undefined) return given
  const password = await askSecret('Password', otherwise)
  if ((await askSecret('The same again', otherwise)) === password) return password
  throw new CliError('usage', 'The two passwords differ: try again')
}

/** Holds what was given to the contract. Throws a usage error that names what is wrong. */
export function parseCredentials<Output>(schema: z.ZodType<Output>, value: object): Output {
  const credentials = schema.safeParse(value)
  if (credentials.success) return credentials.data
  const [issue] = credentials.error.issues
  throw new CliError('usage', `The ${issue?.path.join('.')} is not valid: ${issue?.message}`)
}
