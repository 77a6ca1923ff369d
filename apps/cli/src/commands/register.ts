import { registerSchema } from '@tend/contracts'
import { unwrap } from '@tend/contracts/client'
import { parseCredentials, readEmail, readNewPassword } from '../credentials.ts'
import { type SignInOptions, signIn } from './sign-in.ts'

type RegisterOptions = SignInOptions & { email?: string | undefined; name?: string | undefined }

/** Creates an account, signs in and keeps the session in the profile. */
export async function register({ name, ...options }: RegisterOptions): Promise<void> {
  const readCredentials = async () => {
    const email = await readEmail(options.email)
    return parseCredentials(registerSchema, { email, password: await readNewPassword(), name })
  }
  await signIn(options, readCredentials, async (tend, body) => {
    const answer = await tend.auth.register({ body })
    return answer.status === 202 ? { toConfirm: body.email } : unwrap(Promise.resolve(answer))
  })
}
