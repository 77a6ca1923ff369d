import { loginSchema, type Problem, registerSchema } from '@tend/contracts'

/** The fields of the two forms, by their name. */
export type FieldName = 'name' | 'email' | 'password'

/** What is wrong with which field, in words for the person. */
export type FieldProblems = Partial<Record<FieldName, string>>

const fieldNames: readonly FieldName[] = ['name', 'email', 'password']

/** What is typed into a form; a name that is not asked for or left out is missing. */
export type AccountValues = { email: string; password: string; name?: string }

/** Looks through a registration before it is sent. */
export function findRegisterProblems(values: AccountValues): FieldProblems {
  const parsed = registerSchema.safeParse(values)
  if (parsed.success) return {}
  return collect(parsed.error.issues, ({ path }) => describeField(path[0], values))
}

/** Looks through a sign-in before it is sent. */
export function findLoginProblems(values: AccountValues): FieldProblems {
  const parsed = loginSchema.safeParse(values)
  if (parsed.success) return {}
  return collect(parsed.error.issues, ({ path }) =>
    path[0] === 'password' && values.password !== ''
      ? 'This is longer than any password here.'
      : describeField(path[0], values),
  )
}

/** The fields that the server refused, in its own words. */
export function findRefusedFields(problem: Problem): FieldProblems {
  const errors = (problem.errors ?? []).map(({ path, message }) => ({
    path: path[0] === 'body' ? path.slice(1) : path,
    message,
  }))
  return collect(errors, ({ message }) => `${message.replace(/[.\s]+$/, '')}.`)
}

function collect<Issue extends { path: PropertyKey[] }>(
  issues: Issue[],
  describe: (issue: Issue) => string,
): FieldProblems {
  const found = fieldNames.flatMap((name) => {
    const issue = issues.find(({ path }) => path[0] === name)
    return issue === undefined ? [] : [[name, describe(issue)] as const]
  })
  return Object.fromEntries(found)
}

function describeField(field: PropertyKey | undefined, values: AccountValues): string {
  if (field === 'email') {
    if (values.email.trim() === '') return 'Enter your email address.'
    return 'This is not an email address. One looks like ada@example.org.'
  }
  if (field === 'name') return 'A name has at most 100 characters.'
  if (values.password === '') return 'Enter a password.'
  const length = Array.from(values.password).length
  if (length < 8) return `Use at least 8 characters; this has ${length}.`
  return 'Use at most 128 characters.'
}
