import { type Kysely, sql } from 'kysely'
import { hasErrorCode } from './is-database-unavailable.ts'

const refused = new Set(['28P01', '28000'])
const missing = new Set(['3D000'])

/** Tries the connection once; throws an error whose message is that of `explainConnectionFailure`. */
export async function assertConnects<Schema>(db: Kysely<Schema>, url: string): Promise<void> {
  await sql`select`.execute(db).catch((error: unknown) => {
    throw new Error(explainConnectionFailure(url, error), { cause: error })
  })
}

/** Says in one sentence, without the password, why the database of DATABASE_URL cannot be used. */
export function explainConnectionFailure(url: string, error: unknown): string {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    return 'DATABASE_URL is no address of a PostgreSQL database: it looks like postgres://user:password@host:5432/name.'
  }
  const { hostname, port, username, pathname } = new URL(url)
  const place = `${hostname}:${port || 5432}`
  if (hasErrorCode(error, refused)) {
    return `DATABASE_URL's user "${decodeURIComponent(username)}" is refused at ${place}: check the name and the password.`
  }
  if (hasErrorCode(error, missing)) {
    return `DATABASE_URL's database "${decodeURIComponent(pathname.slice(1))}" does not exist at ${place}: create it first.`
  }
  return `DATABASE_URL does not answer at ${place}: ${describe(error)}. Check that PostgreSQL runs there and lets this machine in.`
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ')
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\.$/, '')
}
