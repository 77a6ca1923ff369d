import {
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  forgotPasswordSchema,
  loginSchema,
  type Problem,
  registerSchema,
  updateProfileSchema,
} from '@tend/contracts'
import type { z } from 'zod'

/** The fields of the account forms, by their name in the contract, in the order in which a summary lists them. */
export const fieldNames = [
  'name',
  'email',
  'newEmail',
  'currentPassword',
  'password',
  'newPassword',
] as const

export type FieldName = (typeof fieldNames)[number]

/** What is wrong with which field, in words for the person. */
export type FieldProblems = Partial<Record<FieldName, string>>

/** What is typed into a registration; a name that is left out is missing. */
export type RegisterValues = { email: string; password: string; name?: string }

type TypedValues = { [Name in FieldName]?: string }

/** Looks through a registration before it is sent. */
export function findRegisterProblems(values: RegisterValues): FieldProblems {
  return findProblems(registerSchema, values, 'password')
}

/** Looks through a sign-in before it is sent. */
export function findLoginProblems(values: { email: string; password: string }): FieldProblems {
  return findProblems(loginSchema, values)
}

/** Looks through a new name before it is sent. */
export function findProfileProblems(values: { name: string }): FieldProblems {
  return findProblems(updateProfileSchema, values)
}

/** Looks through a change of the email address before it is sent. */
export function findEmailProblems(values: { newEmail: string; password: string }): FieldProblems {
  return findProblems(changeEmailSchema, values)
}

/** Looks through a change of the password before it is sent. */
export function findPasswordProblems(values: {
  currentPassword: string
  newPassword: string
}): FieldProblems {
  return findProblems(changePasswordSchema, values, 'newPassword')
}

/** Looks through a new password, set by a link from a mail, before it is sent. */
export function findResetProblems(values: { newPassword: string }): FieldProblems {
  return findProblems(changePasswordSchema.pick({ newPassword: true }), values, 'newPassword')
}

/** Looks through a request for a new password before it is sent. */
export function findForgottenProblems(values: { email: string }): FieldProblems {
  return findProblems(forgotPasswordSchema, values)
}

/** Looks through the deletion of an account before it is sent. */
export function findDeletionProblems(values: { password: string }): FieldProblems {
  return findProblems(deleteAccountSchema, values)
}

/** The fields that the server refused, in its own words. */
export function findRefusedFields(problem: Problem): FieldProblems {
  const errors = (problem.errors ?? []).map(({ path, message }) => ({
    path: path[0] === 'body' ? path.slice(1) : path,
    message,
  }))
  return collect(errors, ({ message }) => `${message.replace(/[.\s]+$/, '')}.`)
}

function findProblems(
  schema: z.ZodType,
  values: TypedValues,
  newPassword?: FieldName,
): FieldProblems {
  const parsed = schema.safeParse(values)
  if (parsed.success) return {}
  return collect(parsed.error.issues, (_issue, name) =>
    describeField(name, values[name] ?? '', name === newPassword),
  )
}

function collect<Issue extends { path: PropertyKey[] }>(
  issues: Issue[],
  describe: (issue: Issue, name: FieldName) => string,
): FieldProblems {
  const found = fieldNames.flatMap((name) => {
    const issue = issues.find(({ path }) => path[0] === name)
    return issue === undefined ? [] : [[name, describe(issue, name)] as const]
  })
  return Object.fromEntries(found)
}

function describeField(name: FieldName, value: string, isNewPassword: boolean): string {
  switch (name) {
    case 'email':
    case 'newEmail':
      if (value.trim() === '')
        return `Enter ${name === 'email' ? 'your' : 'the new'} email address.`
      return 'This is not an email address. One looks like ada@example.org.'
    case 'name':
      if (value.trim() === '') return 'Enter a name.'
      return 'A name has at most 100 characters.'
    default:
      return describePassword(value, name, isNewPassword)
  }
}

function describePassword(value: string, name: FieldName, isNew: boolean): string {
  if (value === '') return emptyPasswords[name] ?? 'Enter a password.'
  if (!isNew) return 'This is longer than any password here.'
  const length = Array.from(value).length
  if (length < 8) return `Use at least 8 characters; this has ${length}.`
  return 'Use at most 128 characters.'
}

const emptyPasswords: Partial<Record<FieldName, string>> = {
  currentPassword: 'Enter the password you have now.',
  newPassword: 'Enter a new password.',
}
