import { expect, it } from 'vitest'
import { explainConnectionFailure } from './explain-connection-failure.ts'

const url = 'postgres://tend:hunter2@db.example:6543/tasks'

const withCode = (code: string, message = code) => Object.assign(new Error(message), { code })

it.each([
  [
    'nobody answers',
    withCode('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.5:6543'),
    'DATABASE_URL does not answer at db.example:6543: connect ECONNREFUSED 10.0.0.5:6543. Check that PostgreSQL runs there and lets this machine in.',
  ],
  [
    'no address of the host answers',
    new AggregateError([withCode('ECONNREFUSED', 'first'), withCode('ECONNREFUSED', 'second')]),
    'DATABASE_URL does not answer at db.example:6543: first; second. Check that PostgreSQL runs there and lets this machine in.',
  ],
  [
    'the password is wrong',
    withCode('28P01'),
    'DATABASE_URL\'s user "tend" is refused at db.example:6543: check the name and the password.',
  ],
  [
    'the database is missing',
    withCode('3D000'),
    'DATABASE_URL\'s database "tasks" does not exist at db.example:6543: create it first.',
  ],
])('says in one sentence that %s, without the password', (_case, error, expected) => {
  expect(explainConnectionFailure(url, error)).toBe(expected)
})

it.each(['', 'tend', 'mysql://root:hunter2@db/x', 'hunter2'])(
  'does not print an address that is none ("%s")',
  (wrong) => {
    const sentence = explainConnectionFailure(wrong, new Error('x'))
    expect(sentence).toContain('DATABASE_URL is no address of a PostgreSQL database')
    expect(sentence).not.toContain('hunter2')
  },
)

it('names the usual port when the address names none', () => {
  const sentence = explainConnectionFailure('postgres://tend@db.example/x', new Error('x'))
  expect(sentence).toContain('db.example:5432')
})
