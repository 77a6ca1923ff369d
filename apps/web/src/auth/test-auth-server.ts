import { randomBytes } from 'node:crypto'
import { connectDatabase } from '@tend/database/connect-database'
import { createTestDatabase } from '@tend/database/test-database'
import { parseEnvironment } from '@tend/runtime/environment'
import { createLogger } from '@tend/runtime/logger'
import type { Database } from '../database.ts'
import { webFields } from '../env.ts'
import type { Mail } from '../mail/write-mail.ts'
import { createAuth } from './create-auth.ts'
import { type AuthHandler, createAuthHandler } from './create-auth-handler.ts'

/** A request of a test; the address is new for each unless it is named, so that limits per address stay out of the way. */
export type TestRequest = {
  method?: string
  /** Sent as JSON unless it is a string or a blob already. */
  body?: unknown
  cookie?: string
  /** The Origin header; the site's own unless named, none when null. */
  origin?: string | null
  address?: string
  headers?: Record<string, string>
}

/** What a test looks at in an answer. */
export type TestAnswer = {
  status: number
  headers: Headers
  text: string
  body: Record<string, unknown>
  /** The Cookie header a browser would send next; empty when the answer cleared the cookie or set none. */
  cookie: string
}

/** The real handler on a database of its own. */
export type TestAuthServer = {
  site: string
  apiUrl: string
  jwtSecret: string
  database: Database
  handle: AuthHandler
  send: (path: string, request?: TestRequest) => Promise<TestAnswer>
  /** Like `send`, with the answer as it is. */
  fetch: (path: string, request?: TestRequest) => Promise<Response>
  /** Registers somebody new and gives their email, password and cookie. */
  register: () => Promise<{ email: string; password: string; cookie: string }>
  /** The mail so far. */
  mails: Mail[]
  /** The log lines so far. */
  readLog: () => Record<string, unknown>[]
  close: () => Promise<void>
}

let count = 0

/** An email that nobody has used yet. */
export function newEmail(): string {
  count += 1
  return `person-${count}-${randomBytes(4).toString('hex')}@example.org`
}

function newAddress(): string {
  count += 1
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`
}

/** A password that meets the rule. */
export const goodPassword = 'a rare parsnip on tuesday'

/** Starts the handler on a fresh database, or on the one that is named. */
export async function startTestAuthServer(
  options: {
    site?: string
    databaseUrl?: string
    statementTimeout?: number
    environment?: Record<string, string>
  } = {},
): Promise<TestAuthServer> {
  const { site = 'http://localhost:3000' } = options
  const testDatabase = options.databaseUrl ? null : await createTestDatabase()
  const environment = parseEnvironment(webFields, {
    NODE_ENV: 'test',
    DATABASE_URL: options.databaseUrl ?? testDatabase?.url,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    WEB_URL: site,
    ...options.environment,
  })
  const database = connectDatabase(environment.DATABASE_URL, {
    connectionTimeout: 1_000,
    statementTimeout: options.statementTimeout ?? 10_000,
  })
  const lines: string[] = []
  const log = createLogger(
    { name: 'web', level: 'info' },
    { write: (line: string) => lines.push(line) },
  )
  const mails: Mail[] = []
  const sendMail = (mail: Mail) => void mails.push(mail)
  const auth = createAuth({ environment, database, sendMail, log })
  const handle = createAuthHandler({ auth, database, site: environment.WEB_URL, log })
  const fetch = (path: string, request: TestRequest = {}) =>
    handle(createRequest(`${site}${path}`, site, request))
  const send = async (path: string, request: TestRequest = {}) =>
    readAnswer(await fetch(path, request))
  return {
    site,
    apiUrl: environment.API_URL,
    jwtSecret: environment.JWT_SECRET,
    database,
    handle,
    send,
    fetch,
    register: async () => {
      const email = newEmail()
      const body = { email, password: goodPassword }
      const answer = await send('/api/auth/register', { method: 'POST', body })
      if (answer.status !== 201) throw new Error(`Registering failed: ${answer.text}`)
      return { ...body, cookie: answer.cookie }
    },
    mails,
    readLog: () => lines.map((line): Record<string, unknown> => JSON.parse(line)),
    close: async () => {
      await database.destroy()
      await testDatabase?.drop()
    },
  }
}

function createRequest(url: string, site: string, request: TestRequest): Request {
  const { method = 'GET', body, cookie, origin = site, address = newAddress() } = request
  const headers = new Headers({ 'x-forwarded-for': address, ...request.headers })
  if (origin !== null) headers.set('origin', origin)
  if (cookie) headers.set('cookie', cookie)
  if (body === undefined) return new Request(url, { method, headers })
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  const isRaw = typeof body === 'string' || body instanceof Blob
  return new Request(url, { method, headers, body: isRaw ? body : JSON.stringify(body) })
}

async function readAnswer(response: Response): Promise<TestAnswer> {
  const text = await response.text()
  const cookies = response.headers.getSetCookie().flatMap((line) => {
    const [pair = ''] = line.split(';')
    return /Max-Age=0/i.test(line) || pair.endsWith('=') ? [] : [pair]
  })
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? {} : JSON.parse(text),
    cookie: cookies.join('; '),
  }
}
