import { initContract } from '@ts-rest/core'
import { z } from 'zod'
import {
  accountExportSchema,
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  forgotPasswordSchema,
  resetPasswordSchema,
  sessionListSchema,
  updateProfileSchema,
  userSchema,
} from './account.ts'
import { problemOf } from './problem.ts'

const c = initContract()

const refused = { 403: problemOf('ORIGIN_REFUSED', 'HTTPS_REQUIRED') }
const negotiated = { 406: problemOf('NOT_ACCEPTABLE') }
const withBody = { 413: problemOf('BODY_TOO_LARGE'), 415: problemOf('UNSUPPORTED_MEDIA_TYPE') }
const signedIn = { 401: problemOf('NO_SESSION') }
const withPassword = { 401: problemOf('NO_SESSION', 'INVALID_CREDENTIALS') }
const write = { ...refused, ...withBody }

/** What people do with their own account, on the web app. Who is signed in is told by the session's cookie. */
export const accountContract = c.router(
  {
    updateProfile: {
      method: 'PATCH',
      path: '/profile',
      summary: 'Change my name',
      body: updateProfileSchema,
      responses: { 200: userSchema, ...negotiated, ...signedIn, ...write },
    },
    changePassword: {
      method: 'POST',
      path: '/password',
      summary: 'Change my password and end my other sessions',
      body: changePasswordSchema,
      responses: { 204: c.noBody(), ...withPassword, ...write },
    },
    changeEmail: {
      method: 'POST',
      path: '/email',
      summary: 'Ask for another email address; a mail to it confirms the change',
      body: changeEmailSchema,
      responses: { 202: c.noBody(), ...withPassword, ...write },
    },
    forgotPassword: {
      method: 'POST',
      path: '/forgot-password',
      summary:
        'Get a link for a new password by mail; the answer is the same whether the account exists',
      body: forgotPasswordSchema,
      responses: { 202: c.noBody(), ...write },
    },
    resetPassword: {
      method: 'POST',
      path: '/password-reset',
      summary: 'Set a new password with the link from the mail and end all sessions',
      body: resetPasswordSchema,
      responses: { 204: c.noBody(), 410: problemOf('LINK_EXPIRED'), ...write },
    },
    listSessions: {
      method: 'GET',
      path: '/sessions',
      summary: 'Where I am signed in',
      responses: { 200: sessionListSchema, ...negotiated, ...signedIn },
    },
    endSession: {
      method: 'DELETE',
      path: '/sessions/:id',
      summary: 'End one of my sessions',
      pathParams: z.strictObject({ id: z.guid() }),
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: problemOf('SESSION_NOT_FOUND'), ...signedIn, ...write },
    },
    endOtherSessions: {
      method: 'DELETE',
      path: '/sessions',
      summary: 'End all my sessions but this one',
      body: c.noBody(),
      responses: { 204: c.noBody(), ...signedIn, ...write },
    },
    exportAccount: {
      method: 'GET',
      path: '/account/export',
      summary: 'Take everything that is stored about me, as JSON',
      responses: { 200: accountExportSchema, ...negotiated, ...signedIn },
    },
    deleteAccount: {
      method: 'POST',
      path: '/account/delete',
      summary: 'Delete my account with its sessions and tasks',
      body: deleteAccountSchema,
      responses: { 204: c.noBody(), ...withPassword, ...write },
    },
  },
  {
    pathPrefix: '/api/auth',
    strictStatusCodes: true,
    commonResponses: {
      400: problemOf('MALFORMED_REQUEST'),
      422: problemOf('VALIDATION_FAILED'),
      429: problemOf('RATE_LIMITED'),
      500: problemOf('INTERNAL_ERROR'),
      503: problemOf('UNAVAILABLE'),
    },
  },
)
