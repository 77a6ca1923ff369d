import { initContract } from '@ts-rest/core'
import {
  accessTokenSchema,
  authResultSchema,
  currentSessionSchema,
  loginSchema,
  registerSchema,
} from './account.ts'
import { problemOf } from './problem.ts'

const c = initContract()

const refused = { 403: problemOf('ORIGIN_REFUSED', 'HTTPS_REQUIRED') }
const negotiated = { 406: problemOf('NOT_ACCEPTABLE') }
const withBody = {
  413: problemOf('BODY_TOO_LARGE'),
  415: problemOf('UNSUPPORTED_MEDIA_TYPE'),
}

/** The sign-in routes of the web app. The session travels in an HttpOnly cookie and in no body. */
export const authContract = c.router(
  {
    register: {
      method: 'POST',
      path: '/register',
      summary: 'Create an account and sign in',
      body: registerSchema,
      responses: {
        201: authResultSchema,
        ...negotiated,
        // Where addresses have to be confirmed, the answer is the same whether the address had an account.
        202: c.noBody(),
        409: problemOf('EMAIL_TAKEN'),
        ...refused,
        ...withBody,
      },
    },
    login: {
      method: 'POST',
      path: '/login',
      summary: 'Sign in',
      body: loginSchema,
      responses: {
        200: authResultSchema,
        ...negotiated,
        401: problemOf('INVALID_CREDENTIALS'),
        403: problemOf('ORIGIN_REFUSED', 'HTTPS_REQUIRED', 'EMAIL_NOT_VERIFIED'),
        ...withBody,
      },
    },
    logout: {
      method: 'POST',
      path: '/logout',
      summary: 'End the session',
      body: c.noBody(),
      responses: { 204: c.noBody(), ...refused, ...withBody },
    },
    session: {
      method: 'GET',
      path: '/session',
      summary: 'Who is signed in',
      responses: { 200: currentSessionSchema, ...negotiated, 401: problemOf('NO_SESSION') },
    },
    token: {
      method: 'POST',
      path: '/token',
      summary: 'Get an access token for the session',
      body: c.noBody(),
      responses: {
        200: accessTokenSchema,
        ...negotiated,
        401: problemOf('NO_SESSION'),
        ...refused,
        ...withBody,
      },
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
