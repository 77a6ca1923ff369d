import { getDatabase } from '../database.ts'
import { getEnvironment } from '../env.ts'
import { getLog } from '../log.ts'
import { getMailer } from '../mail.ts'
import { type Auth, createAuth } from './create-auth.ts'
import { createAuthHandler } from './create-auth-handler.ts'

let auth: Auth | undefined
let handler: ReturnType<typeof createAuthHandler> | undefined

/** Better Auth on this process's database. */
export function getAuth(): Auth {
  auth ??= createAuth({
    environment: getEnvironment(),
    database: getDatabase(),
    sendMail: getMailer().send,
    log: getLog(),
  })
  return auth
}

/** Answers a request below /api/auth. */
export function handleAuthRequest(request: Request): Promise<Response> {
  handler ??= createAuthHandler({
    auth: getAuth(),
    database: getDatabase(),
    site: getEnvironment().WEB_URL,
    log: getLog(),
  })
  return handler(request)
}
