import type { authContract } from '../auth-contract.ts'
import type { OpenApiFrame } from './document-types.ts'
import { exampleAccessToken, exampleUser } from './example-values.ts'
import type { ContractDocumentation } from './route-documentation.ts'

const tag = 'Sign-in'
const authResult = { user: exampleUser, ...exampleAccessToken }
const nobody: Record<string, never[]>[] = []

/** What stands around the sign-in routes. */
export const authDocumentFrame: OpenApiFrame = {
  info: {
    title: 'Tend sign-in',
    version: '0.1.0',
    summary: 'Accounts, sessions and access tokens.',
    description: [
      'Signing in makes a session, which travels in an HttpOnly cookie and stands in no body. With the session you get access tokens for the task API,',
      'each of which lives some minutes. Requests that change something need an `Origin` of this site: browsers send it, other clients have to.',
      '\n\nErrors are problem details (RFC 9457, `application/problem+json`): decide by their `code`.',
    ].join(' '),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: [{ name: tag, description: 'Accounts, sessions and access tokens.' }],
  security: [{ sessionCookie: [] }],
  securitySchemes: {
    sessionCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: 'tend.session_token',
      description:
        'The session, as registering and signing in set it. Over https its name begins with `__Host-`.',
    },
  },
}

/** The documentation of every sign-in route. */
export const authDocumentation: ContractDocumentation<typeof authContract> = {
  register: {
    tag,
    description: 'Makes an account and a session, and gives the first access token.',
    security: nobody,
    requests: {
      register: { email: 'ada@example.com', password: 'a long sentence is best', name: 'Ada' },
      withoutName: { email: 'ada@example.com', password: 'a long sentence is best' },
    },
    answers: {
      201: {
        description: 'The account was made, and the person is signed in.',
        examples: { registered: authResult },
        headers: ['Set-Cookie'],
      },
      202: {
        description:
          'Where addresses have to be confirmed: a mail to the address says how to go on. The answer is the same, in the same time, whether the address has an account.',
      },
    },
  },
  login: {
    tag,
    description:
      'Makes a session and gives its first access token. A wrong password and an unknown email get the same answer in the same time. Ten tries in ten minutes for an account, 20 a minute from an address.',
    security: nobody,
    requests: { login: { email: 'ada@example.com', password: 'a long sentence is best' } },
    answers: {
      200: {
        description: 'The person is signed in.',
        examples: { signedIn: authResult },
        headers: ['Set-Cookie'],
      },
    },
  },
  logout: {
    tag,
    description:
      'Ends the session and clears its cookie. Its access tokens are refused within two seconds. Without a session there is nothing to do, and the answer is the same.',
    security: nobody,
    answers: { 204: { description: 'Nobody is signed in any more.', headers: ['Set-Cookie'] } },
  },
  session: {
    tag,
    description: 'Tells who is signed in, and until when.',
    answers: {
      200: {
        description: 'Somebody is signed in.',
        examples: {
          session: {
            user: exampleUser,
            session: {
              id: '2c1f4b7e-5d7a-4f0a-8f67-0b8a6f0e7c55',
              expiresAt: '2026-11-28T09:30:00.000Z',
            },
          },
        },
      },
    },
  },
  token: {
    tag,
    description:
      'Gives a new access token for the session. Get one before the old one ends; the typed client does so by itself.',
    answers: {
      200: { description: 'A new access token.', examples: { token: exampleAccessToken } },
    },
  },
}
