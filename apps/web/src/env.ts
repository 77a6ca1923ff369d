import { parseEnvironment, secretSchema } from '@tend/runtime/environment'
import { z } from 'zod'

export type WebEnvironment = ReturnType<typeof readEnvironment>

let environment: WebEnvironment | undefined

/**
 * The environment of the web app, validated at the first call: `next build` loads every route and has none.
 * Throws an `EnvironmentError` that lists every problem.
 */
export function getEnvironment(): WebEnvironment {
  environment ??= readEnvironment()
  return environment
}

/** What the web app reads beside what both servers do. */
export const webFields = {
  BETTER_AUTH_SECRET: secretSchema,
  BETTER_AUTH_SECRET_PREVIOUS: secretSchema.optional(),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'must look like smtps://user:password@mail.example.org:465',
    })
    .optional(),
  REQUIRE_EMAIL_VERIFICATION: z.stringbool('must be true or false').default(false),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, {
      error: 'must look like Tend <tend@example.org>',
    })
    .optional(),
}

/** In production nobody could confirm an address whose link is mailed to nobody. */
function findMailConflict(given: Readonly<Record<string, string | undefined>>): string[] {
  const { NODE_ENV, REQUIRE_EMAIL_VERIFICATION, SMTP_URL } = given
  const isVerifying = webFields.REQUIRE_EMAIL_VERIFICATION.safeParse(REQUIRE_EMAIL_VERIFICATION)
  if (NODE_ENV !== 'production' || !isVerifying.data || SMTP_URL !== undefined) return []
  return ['SMTP_URL is missing, which REQUIRE_EMAIL_VERIFICATION needs in production']
}

function readEnvironment() {
  return parseEnvironment(webFields, process.env, findMailConflict)
}

/** Sets NODE_ENV, which React and Next.js read: a server started for production never runs half in development. */
export function setMode(mode: 'development' | 'production'): void {
  Object.assign(process.env, { NODE_ENV: mode })
}
