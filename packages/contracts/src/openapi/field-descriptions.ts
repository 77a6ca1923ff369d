import type { z } from 'zod'
import type {
  AccessToken,
  AccountExport,
  AuthResult,
  CurrentSession,
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  forgotPasswordSchema,
  Login,
  Register,
  resetPasswordSchema,
  Session,
  sessionListSchema,
  User,
  updateProfileSchema,
} from '../account.ts'
import type { Problem, ProblemField } from '../problem.ts'
import type {
  BulkTasks,
  BulkTasksResult,
  CreateTask,
  ImportTasksResult,
  Task,
  TaskCounts,
  TaskExport,
  TaskPage,
  TaskSummary,
  UpdateTask,
} from '../task.ts'

/** The named schemas whose fields are described, by their names in the document. */
type Described = {
  ChangeEmail: z.infer<typeof changeEmailSchema>
  ChangePassword: z.infer<typeof changePasswordSchema>
  DeleteAccount: z.infer<typeof deleteAccountSchema>
  ForgotPassword: z.infer<typeof forgotPasswordSchema>
  ResetPassword: z.infer<typeof resetPasswordSchema>
  Session: Session
  SessionList: z.infer<typeof sessionListSchema>
  UpdateProfile: z.infer<typeof updateProfileSchema>
  AccessToken: AccessToken
  AccountExport: AccountExport
  AuthResult: AuthResult
  BulkTasks: BulkTasks
  BulkTasksResult: BulkTasksResult
  CreateTask: CreateTask
  CurrentSession: CurrentSession
  ImportTasksResult: ImportTasksResult
  Login: Login
  Problem: Problem
  ProblemField: ProblemField
  Register: Register
  Task: Task
  TaskCounts: TaskCounts
  TaskExport: TaskExport
  TaskPage: TaskPage
  TaskSummary: TaskSummary
  UpdateTask: UpdateTask
  User: User
}

const writtenByThePerson = {
  title: 'What is to be done, trimmed.',
  description: 'More about it, in plain text; null when there is nothing to add.',
  dueDate: 'The day it is due, without a time zone; null when there is none.',
  priority: 'How much it matters.',
  labels: 'Words to find it by, trimmed and each once.',
}
const isCompleted = 'Whether it is done.'
const token = {
  accessToken: 'A JSON Web Token (RFC 9068) for `Authorization: Bearer`.',
  tokenType: 'How to send it (RFC 6750).',
  expiresIn: 'Its life in seconds, counted from now.',
}
const email = 'An email address; it is trimmed and put in lower case.'

const newPassword = '8 to 128 characters, and none of the most common passwords.'
const currentPassword = 'The password as it is now.'

const descriptions: { [Name in keyof Described]: Record<keyof Described[Name], string> } = {
  AccessToken: token,
  AccountExport: {
    version: 'The version of this format.',
    exportedAt: 'When it was made.',
    user: 'The account.',
    sessions: 'Sessions that have not ended.',
    tasks: 'All tasks.',
  },
  ChangeEmail: { newEmail: email, password: currentPassword },
  ChangePassword: { currentPassword, newPassword },
  DeleteAccount: { password: currentPassword },
  ForgotPassword: { email },
  ResetPassword: { token: 'Stands in the link of the mail.', newPassword },
  Session: {
    id: 'The id of the session.',
    isCurrent: 'Whether it is the session that asks.',
    device: 'Browser and system, as the browser says.',
    address: 'The address it was last used from; null when it is not known.',
    createdAt: 'When the person signed in.',
    lastUsedAt: 'When it was last used.',
    expiresAt: 'When it ends by itself.',
  },
  SessionList: { items: 'The sessions, the latest used first.' },
  UpdateProfile: { name: 'What to call the person.' },
  AuthResult: { user: 'Who is signed in.', ...token },
  BulkTasks: { ids: 'The tasks.', action: 'What happens to each of them.' },
  BulkTasksResult: {
    updated: 'Tasks that now are as asked.',
    notFound: 'Ids that belong to no task of yours, or to none that the action can reach.',
  },
  CreateTask: writtenByThePerson,
  CurrentSession: { user: 'Who is signed in.', session: 'The session, and when it ends.' },
  ImportTasksResult: { added: 'Tasks that were new.', existing: 'Tasks that were there already.' },
  Login: { email, password: 'The password.' },
  Problem: {
    type: 'A URN that names the kind of problem.',
    title: 'The kind of problem, for people. May be reworded.',
    status: 'The HTTP status.',
    code: 'The kind of problem, for programs. Never reworded.',
    detail: 'What is wrong with this very request.',
    errors: 'The invalid values, when they are the problem: all of them, or the first fifty.',
    requestId: 'Names the request. Quote it when asking for help.',
  },
  ProblemField: {
    path: 'Where the value stands: `body`, `query`, `params` or `headers`, then its keys.',
    code: 'What is wrong, for programs.',
    message: 'What is wrong, for people.',
  },
  Register: {
    email,
    password: newPassword,
    name: 'What to call the person. Without it, the part of the email before the @.',
  },
  Task: {
    id: 'A UUIDv7, made by the server, or that of the file for a task that was imported: ids sort by creation.',
    ...writtenByThePerson,
    isCompleted,
    createdAt:
      'When it was made: the very millisecond in `id`, unless an imported file says otherwise.',
    updatedAt: 'When it was last changed. Moves forward with every change.',
  },
  TaskCounts: {
    open: 'Tasks to be done.',
    completed: 'Tasks that are done.',
    overdue: 'Open tasks that were due before today.',
    deleted: 'Tasks in the trash.',
  },
  TaskExport: {
    version: 'The version of this format.',
    exportedAt: 'When it was made.',
    tasks: 'All tasks outside the trash, oldest first.',
  },
  TaskPage: {
    items: 'The tasks of this page.',
    nextCursor: 'Give it as `cursor` for the next page; null on the last one.',
  },
  TaskSummary: {
    today: 'Open tasks due today or before.',
    upcoming: 'Open tasks due after today.',
    labels: 'Open tasks by label, labels in alphabetical order.',
  },
  UpdateTask: { ...writtenByThePerson, isCompleted },
  User: {
    id: 'The id of the account.',
    email: 'The address to sign in with.',
    name: 'What to call the person.',
    createdAt: 'When the account was made.',
    updatedAt: 'When the account was last changed.',
  },
}

/** What each field of a named schema means. A field without a description does not compile. */
export const fieldDescriptions: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.entries(descriptions),
)
