import type { BenchDatabase } from './bench-database.ts'
import { percentile } from './measure/statistics.ts'
import { startTendWeb } from './start-server.ts'

/** How long people wait for being signed in, p95 in milliseconds: one at a time, and all of them at once. */
export type SignInFigures = { alone: number; together: number }

const PEOPLE = 20
const ROUNDS = 5
const password = 'moss and stones and a kettle'

/**
 * Measures the whole of signing in, from the request to the session and its first access token, with the password's hash verified
 * as in production. Every person comes from an address of their own, so that no limit is met.
 */
export async function measureSignIn(database: BenchDatabase): Promise<SignInFigures> {
  const web = await startTendWeb(database.url)
  try {
    const people = Array.from({ length: PEOPLE }, (_, index) => index)
    for (const person of people) await post(web.port, 'register', person, 201)
    const signIn = (person: number) => post(web.port, 'login', person, 200)
    // The first ones compile the code.
    await Promise.all(people.map(signIn))
    const alone: number[] = []
    const together: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const person of people) alone.push(await signIn(person))
      together.push(...(await Promise.all(people.map(signIn))))
    }
    return { alone: percentile(alone, 0.95), together: percentile(together, 0.95) }
  } finally {
    await web.stop()
  }
}

/** Sends one request to an authentication route; gives how many milliseconds its answer took. */
async function post(
  port: number,
  action: 'register' | 'login',
  person: number,
  expectedStatus: number,
): Promise<number> {
  const startedAt = performance.now()
  const answer = await fetch(`http://localhost:${port}/api/auth/${action}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: `http://localhost:${port}`,
      'x-forwarded-for': `192.0.2.${person}`,
    },
    body: JSON.stringify({ email: `signs-in-${person}@example.com`, password }),
  })
  const body = await answer.text()
  if (answer.status !== expectedStatus) throw new Error(`${action}: ${answer.status} ${body}`)
  return performance.now() - startedAt
}
