import type { Session } from '../account.ts'
import type { accountContract } from '../account-contract.ts'
import { exampleTask, exampleUser } from './example-values.ts'
import type { ContractDocumentation } from './route-documentation.ts'

/** The tag of the account routes. */
export const accountTag = {
  name: 'Account',
  description:
    'What people do with their own account: name, password, email, sessions, their data.',
}

const tag = accountTag.name
const password = 'a long sentence is best'
const exampleSession: Session = {
  id: '2c1f4b7e-5d7a-4f0a-8f67-0b8a6f0e7c55',
  isCurrent: true,
  device: 'Firefox on Linux',
  address: '203.0.113.7',
  createdAt: '2026-11-20T08:00:00.000Z',
  lastUsedAt: '2026-11-21T09:30:00.000Z',
  expiresAt: '2026-11-28T09:30:00.000Z',
}
const { isCurrent: _, ...exportedSession } = exampleSession

/** The documentation of every account route. */
export const accountDocumentation: ContractDocumentation<typeof accountContract> = {
  updateProfile: {
    tag,
    description: 'Changes what the person is called.',
    requests: { rename: { name: 'Ada Lovelace' } },
    answers: {
      200: {
        description: 'The account as it is now.',
        examples: { user: { ...exampleUser, name: 'Ada Lovelace' } },
      },
    },
  },
  changePassword: {
    tag,
    description:
      'Takes the current password and sets another. All other sessions end; this one stays.',
    requests: { change: { currentPassword: password, newPassword: 'an even longer sentence' } },
    answers: { 204: { description: 'The password was changed.' } },
  },
  changeEmail: {
    tag,
    description:
      'Sends a mail to the new address. The address changes when the link in it is opened, and not before.',
    requests: { change: { newEmail: 'ada@example.org', password } },
    answers: { 202: { description: 'A mail is on its way, if the address can be used.' } },
  },
  forgotPassword: {
    tag,
    description:
      'Sends a mail with a link for a new password. Nothing tells whether there is such an account.',
    security: [],
    requests: { forgot: { email: 'ada@example.com' } },
    answers: { 202: { description: 'A mail is on its way, if there is such an account.' } },
  },
  resetPassword: {
    tag,
    description:
      'Sets a new password with the token from the mail, which works once and for a while. All sessions end.',
    security: [],
    requests: { reset: { token: 'kT7mQe2ZyR4w', newPassword: 'an even longer sentence' } },
    answers: { 204: { description: 'The password was changed.' } },
  },
  listSessions: {
    tag,
    description: 'All sessions that have not ended, the latest used first.',
    answers: {
      200: { description: 'The sessions.', examples: { sessions: { items: [exampleSession] } } },
    },
  },
  endSession: {
    tag,
    description: 'Ends one session. Its access tokens are refused within two seconds.',
    parameters: { id: { description: 'The id of the session.', example: exampleSession.id } },
    answers: { 204: { description: 'The session has ended.' } },
  },
  endOtherSessions: {
    tag,
    description: 'Ends all sessions but the one that asks.',
    answers: { 204: { description: 'The other sessions have ended.' } },
  },
  exportAccount: {
    tag,
    description: 'Everything that is stored about the person, in one file.',
    answers: {
      200: {
        description: 'The file.',
        examples: {
          export: {
            version: 1,
            exportedAt: '2026-11-24T20:00:00.000Z',
            user: exampleUser,
            sessions: [exportedSession],
            tasks: [exampleTask],
          },
        },
      },
    },
  },
  deleteAccount: {
    tag,
    description: 'Deletes the account with all its sessions and tasks, at once and for good.',
    requests: { delete: { password } },
    answers: { 204: { description: 'The account is gone.', headers: ['Set-Cookie'] } },
  },
}
