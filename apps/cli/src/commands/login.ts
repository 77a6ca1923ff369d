import { loginSchema } from '@tend/contracts'
import { unwrap } from '@tend/contracts/client'
import { parseCredentials, readEmail, readPassword } from '../credentials.ts'
import { type SignInOptions, signIn } from './sign-in.ts'

/** Signs in and keeps the session in the profile. */
export async function login(
  options: SignInOptions & { email?: string | undefined },
): Promise<void> {
  const readCredentials = async () => {
    const email = await readEmail(options.email)
    return parseCredentials(loginSchema, { email, password: await readPassword() })
  }
  await signIn(options, readCredentials, (tend, body) => unwrap(tend.auth.login({ body })))
}
