import { changeEmailSchema, deleteAccountSchema, forgotPasswordSchema } from '@tend/contracts'
import { type Logger, logEvent } from '@tend/runtime/logger'
import type { BetterAuthPlugin } from 'better-auth'
import {
  APIError,
  createAuthEndpoint,
  type createAuthMiddleware,
  createEmailVerificationToken,
  sensitiveSessionMiddleware,
} from 'better-auth/api'
import { deleteSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { SendMail } from '../mail/create-mailer.ts'
import type { AccountLimits } from './account-limits.ts'
import { describeRequest } from './describe-request.ts'
import { openEmailChangeLink } from './email-change-links.ts'

type AccountPluginOptions = { limits: AccountLimits; sendMail: SendMail; log: Logger }

type AuthContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** How long the link that confirms a new address can be used, in seconds. */
export const EMAIL_LINK_LIFETIME = 3600

/** Adds to Better Auth what our account routes need and its own endpoints do not do, or do without asking the password. */
export function accountPlugin({ limits, sendMail, log }: AccountPluginOptions) {
  const checkPassword = async (ctx: AuthContext, userId: string, password: string) => {
    await limits.countPassword(userId)
    const account = await ctx.context.internalAdapter.findCredentialAccount(userId)
    const isRight =
      account?.password && (await ctx.context.password.verify({ hash: account.password, password }))
    if (!isRight) throw new APIError('UNAUTHORIZED', { code: 'INVALID_PASSWORD' })
    await limits.forgetPasswords(userId)
  }

  return {
    id: 'tend-account',
    endpoints: {
      listOwnSessions: createAuthEndpoint(
        '/sessions',
        { method: 'GET', use: [sensitiveSessionMiddleware] },
        async (ctx) => {
          const { user, session } = ctx.context.session
          const options = { onlyActiveSessions: true }
          const sessions = await ctx.context.internalAdapter.listSessions(user.id, options)
          return ctx.json({ user, currentId: session.id, sessions })
        },
      ),

      endOwnSession: createAuthEndpoint(
        '/end-session',
        {
          method: 'POST',
          use: [sensitiveSessionMiddleware],
          body: z.strictObject({ id: z.guid() }),
        },
        async (ctx) => {
          const { user, session } = ctx.context.session
          const sessions = await ctx.context.internalAdapter.listSessions(user.id)
          const found = sessions.find(({ id }) => id === ctx.body.id.toLowerCase())
          if (!found) throw new APIError('NOT_FOUND', { code: 'SESSION_NOT_FOUND' })
          await ctx.context.internalAdapter.deleteSession(found.token)
          if (found.id === session.id) deleteSessionCookie(ctx)
          return ctx.json({})
        },
      ),

      requestEmailChange: createAuthEndpoint(
        '/email',
        { method: 'POST', use: [sensitiveSessionMiddleware], body: changeEmailSchema },
        async (ctx) => {
          const { user } = ctx.context.session
          const { newEmail, password } = ctx.body
          await checkPassword(ctx, user.id, password)
          if (newEmail === user.email) throw sameEmail()
          await limits.countMail(newEmail)
          const token = await createEmailVerificationToken(
            ctx.context.secret,
            user.email,
            newEmail,
            EMAIL_LINK_LIFETIME,
            { requestType: 'change-email-verification', userId: user.id },
          )
          const lifetime = EMAIL_LINK_LIFETIME
          await openEmailChangeLink(ctx, { userId: user.id, token, lifetime })
          // Nobody learns here whether the address has an account: its owner is simply not written to.
          const taken = await ctx.context.internalAdapter.findUserByEmail(newEmail)
          if (!taken) sendMail({ kind: 'confirm-new-address', to: newEmail, token })
          sendMail({ kind: 'address-change-asked', to: user.email })
          return ctx.json({})
        },
      ),

      countForgotPassword: createAuthEndpoint(
        '/forgot-password',
        { method: 'POST', body: forgotPasswordSchema },
        async (ctx) => {
          await limits.countMail(ctx.body.email)
          return ctx.json({})
        },
      ),

      countRegistration: createAuthEndpoint(
        '/count-registration',
        { method: 'POST', body: forgotPasswordSchema },
        async (ctx) => {
          await limits.countMail(ctx.body.email)
          return ctx.json({})
        },
      ),

      deleteAccount: createAuthEndpoint(
        '/account/delete',
        { method: 'POST', use: [sensitiveSessionMiddleware], body: deleteAccountSchema },
        async (ctx) => {
          const { user } = ctx.context.session
          await checkPassword(ctx, user.id, ctx.body.password)
          // One statement: sessions, password and tasks go with the row or stay with it.
          await ctx.context.adapter.delete({
            model: 'user',
            where: [{ field: 'id', value: user.id }],
          })
          deleteSessionCookie(ctx)
          logEvent(log, 'auth.account.deleted', {
            ...describeRequest(ctx.headers),
            userId: user.id,
          })
          return ctx.json({})
        },
      ),
    },
  } satisfies BetterAuthPlugin
}

function sameEmail(): APIError {
  const path = ['body', 'newEmail']
  const errors = [{ path, code: 'unchanged', message: 'Is already your email address' }]
  return new APIError('UNPROCESSABLE_ENTITY', { code: 'VALIDATION_FAILED', errors })
}
