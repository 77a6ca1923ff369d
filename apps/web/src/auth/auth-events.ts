import { type Logger, logEvent } from '@tend/runtime/logger'
import type { BetterAuthOptions } from 'better-auth'
import { decodeJwt } from 'jose'
import type { Database } from '../database.ts'
import type { SendMail } from '../mail/create-mailer.ts'
import type { AccountLimits } from './account-limits.ts'
import { describeRequest } from './describe-request.ts'

/** Makes the links for a new password or a new address that somebody still has worthless. */
export type EndLinks = (userId: string) => Promise<void>

type AuthEventsOptions = {
  endLinks: EndLinks
  database: Database
  limits: AccountLimits
  sendMail: SendMail
  log: Logger
}

/** Why sessions end at an endpoint of Better Auth; at any other one they have run out. */
const endReasons: Record<string, string> = {
  '/sign-in/email': 'replaced',
  '/sign-up/email': 'replaced',
  '/change-password': 'password_changed',
  '/reset-password': 'password_reset',
  '/end-session': 'ended_by_user',
  '/revoke-session': 'ended_by_user',
  '/revoke-sessions': 'ended_by_user',
  '/revoke-other-sessions': 'ended_by_user',
}

/** What is to happen when Better Auth has done something to an account: mail, log lines, links that stop working. */
export function createAuthEvents(options: AuthEventsOptions) {
  const { database, endLinks, limits, sendMail, log } = options
  return {
    emailAndPassword: {
      onExistingUserSignUp: async ({ user }) =>
        sendMail({ kind: 'already-registered', to: user.email }),
      sendResetPassword: async ({ user, token }) =>
        sendMail({ kind: 'reset-password', to: user.email, token }),
      onPasswordReset: async ({ user }, request) => {
        // Who could open the link owns the address, and starts with a clean slate.
        const owner = database.updateTable('user').where('id', '=', user.id)
        await owner.set({ email_verified: true }).execute()
        await endLinks(user.id)
        await limits.forgetSignIns(user.email)
        logEvent(log, 'auth.password.reset', {
          ...describeRequest(request?.headers),
          userId: user.id,
        })
        sendMail({ kind: 'password-changed', to: user.email })
      },
    },
    emailVerification: {
      sendVerificationEmail: async ({ user, token }) =>
        sendMail({ kind: 'verify-address', to: user.email, token }),
    },
    databaseHooks: {
      user: {
        update: {
          before: async (changes, ctx) => {
            // Better Auth leaves this as it was, though the link came to the new address.
            if (ctx?.path !== '/verify-email') return
            return { data: { ...changes, emailVerified: true } }
          },
          after: async (user, ctx) => {
            if (ctx?.path !== '/verify-email') return
            const { email: formerEmail, updateTo } = decodeJwt(String(ctx.query?.token))
            if (updateTo === undefined) return
            await endLinks(user.id)
            logEvent(log, 'auth.email.changed', {
              ...describeRequest(ctx.headers),
              userId: user.id,
            })
            sendMail({ kind: 'address-changed', to: String(formerEmail) })
          },
        },
      },
      session: {
        delete: {
          after: async ({ id, userId }, ctx) => {
            const fields = { ...describeRequest(ctx?.headers), userId, sessionId: id }
            if (ctx?.path === '/sign-out') return logEvent(log, 'auth.logout', fields)
            const reason = endReasons[ctx?.path ?? ''] ?? 'expired'
            logEvent(log, 'auth.session.revoked', { ...fields, reason })
          },
        },
      },
    },
  } satisfies Pick<BetterAuthOptions, 'databaseHooks' | 'emailVerification'> & {
    emailAndPassword: Partial<NonNullable<BetterAuthOptions['emailAndPassword']>>
  }
}
