import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { getHealthDatabase } from '../../../database.ts'
import { sendJson, sendProblem } from '../../../http/send.ts'

export const dynamic = 'force-dynamic'

/** Whether the web app can do its work, which it cannot without the database. */
export async function GET(request: Request): Promise<Response> {
  try {
    await sql`select 1`.execute(getHealthDatabase())
    return sendJson(200, { status: 'ok' })
  } catch {
    const requestId = request.headers.get('x-request-id') ?? randomUUID()
    return sendProblem('UNAVAILABLE', requestId, { headers: { 'Retry-After': '5' } })
  }
}
