import { z } from 'zod'
import { isLoopbackHost, parseTrustedProxies } from './client-address.ts'

/** The environment is not usable; the message lists every problem and prints no value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/** A signing secret: at least 32 bytes, and not an obvious placeholder. */
export const secretSchema = z
  .string({ error: 'is missing; make one with `openssl rand -base64 32`' })
  .refine((secret) => Buffer.byteLength(secret) >= 32, 'must have at least 32 bytes')
  .refine((secret) => new Set(secret).size >= 10 && !isRepetition(secret), {
    error: 'must be random, this one repeats itself',
  })

/** One piece over and over, as in `correct-horse-correct-horse-`. */
function isRepetition(secret: string): boolean {
  return /^(.+?)\1+$/su.test(secret)
}

/** A public address: scheme, host and port, in the spelling of an Origin header (RFC 6454, section 6.2). */
export const originSchema = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    context.addIssue('must be an http or https address, as in https://tend.example.org')
    return z.NEVER
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    context.addIssue('must be an address without path, query or credentials')
    return z.NEVER
  }
  return url.origin
})

const portSchema = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65_535, 'must be a port number')

/** The address of a PostgreSQL database. */
export const postgresUrlSchema = z
  .string({
    error: 'is missing; start with `npm start` or `pnpm dev` to use the embedded PostgreSQL',
  })
  .refine(
    (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
    'must look like postgres://user:password@host:5432/database',
  )

const trustedProxiesSchema = z
  .string()
  .default('')
  .transform((value, context) => {
    const proxies = parseTrustedProxies(value)
    if (proxies !== null) return proxies
    context.addIssue('must be a comma-separated list of addresses or CIDR ranges, as in 10.0.0.0/8')
    return z.NEVER
  })

const sharedFields = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: postgresUrlSchema,
  JWT_SECRET: secretSchema,
  JWT_SECRET_PREVIOUS: secretSchema.optional(),
  ACCESS_TOKEN_TTL: z.coerce.number().int().min(1).max(3600).default(300),
  WEB_PORT: portSchema.default(3000),
  API_PORT: portSchema.default(4000),
  WEB_URL: originSchema.optional(),
  API_URL: originSchema.optional(),
  NEXT_PUBLIC_API_URL: originSchema.optional(),
  TRUSTED_PROXIES: trustedProxiesSchema,
  METRICS_PORT: portSchema.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must look like http://localhost:4318' })
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
}

type SharedFields = typeof sharedFields
type Addresses = { WEB_URL: string; API_URL: string; NEXT_PUBLIC_API_URL: string }
type Shared = Omit<z.output<z.ZodObject<SharedFields>>, keyof Addresses> & Addresses

/** The variables that are set, as text: rules that span several look at all of them, also when some are unusable. */
type Given = Readonly<Record<string, string | undefined>>

/**
 * Reads what both servers need, and the app's own fields, from environment variables. An empty variable counts
 * as unset. Throws an {@link EnvironmentError} that names every problem at once.
 */
export function parseEnvironment<Fields extends z.ZodRawShape>(
  fields: Fields,
  source: Given,
  findOwnConflicts: (given: Given) => string[] = () => [],
): Shared & z.output<z.ZodObject<Fields>> {
  const given: Given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== ''),
  )
  const shared = z.object(sharedFields).safeParse(given)
  const own = z.object(fields).safeParse(given)
  const issues = [...(shared.error?.issues ?? []), ...(own.error?.issues ?? [])]
  const problems = issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  problems.push(...findConflicts(given), ...findOwnConflicts(given))
  if (!shared.success || !own.success || problems.length > 0) throw describeProblems(problems)
  return withAddresses(shared.data, own.data)
}

function withAddresses<Own>(shared: z.output<z.ZodObject<SharedFields>>, own: Own): Shared & Own {
  const API_URL = shared.API_URL ?? `http://localhost:${shared.API_PORT}`
  const WEB_URL = shared.WEB_URL ?? `http://localhost:${shared.WEB_PORT}`
  const NEXT_PUBLIC_API_URL = shared.NEXT_PUBLIC_API_URL ?? API_URL
  return { ...shared, ...own, API_URL, WEB_URL, NEXT_PUBLIC_API_URL }
}

const secretNames = [
  'JWT_SECRET',
  'JWT_SECRET_PREVIOUS',
  'BETTER_AUTH_SECRET',
  'BETTER_AUTH_SECRET_PREVIOUS',
]

/** The rules that span several variables. */
function findConflicts(given: Given): string[] {
  const problems: string[] = []
  const secrets = secretNames.filter((name) => given[name] !== undefined)
  if (new Set(secrets.map((name) => given[name])).size < secrets.length) {
    problems.push(`${secrets.join(', ')} must differ from each other`)
  }
  if (given.NODE_ENV !== 'production') return problems
  for (const name of ['WEB_URL', 'API_URL', 'NEXT_PUBLIC_API_URL']) {
    const url = URL.parse(given[name] ?? '')
    if (url?.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
      problems.push(`${name} must be https in production, unless it is a loopback address`)
    }
  }
  return problems
}

function describeProblems(problems: string[]): EnvironmentError {
  const lines = problems.map((problem) => `  - ${problem}`)
  return new EnvironmentError(
    `The environment is not usable (.env.example explains each variable):\n${lines.join('\n')}`,
  )
}
