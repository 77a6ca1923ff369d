// The limit of any API on PostgreSQL: the same statements, prepared, without HTTP, tokens or validation.
import { Pool } from 'pg'
import { v7 as uuidv7 } from 'uuid'

/** One statement of a scenario with its values. */
export type StatementCall =
  | { kind: 'list'; userId: string }
  | { kind: 'read' | 'toggle'; userId: string; id: string }
  | { kind: 'create'; userId: string; title: string }

/** The statements to send, over how many connections and for how many milliseconds. */
export type StatementLoad = {
  databaseUrl: string
  connections: number
  duration: number
  calls: StatementCall[]
}

const columns = `id, title, description, is_completed as "isCompleted", due_date as "dueDate", priority, labels,
  created_at as "createdAt", updated_at as "updatedAt"`

const texts = {
  list: `select ${columns} from plain_task where user_id = $1 and deleted_at is null order by id desc limit 51`,
  read: `select ${columns} from plain_task where user_id = $1 and id = $2 and deleted_at is null`,
  create: `insert into plain_task (user_id, id, title, created_at, updated_at)
    values ($1, $2, $3, now(), now()) returning ${columns}`,
  toggle: `update plain_task set is_completed = not is_completed, updated_at = now()
    where user_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
}

// Nothing is made of the columns: what is measured is PostgreSQL.
const asTexts = { getTypeParser: () => (text: string) => text }

let pool: Pool | undefined

process.on('message', async (load: StatementLoad) => {
  pool ??= openPool(load)
  process.send?.(await runStatements(pool, load))
})
process.on('disconnect', () => process.exit(0))

function openPool({ databaseUrl, connections }: StatementLoad): Pool {
  const pool = new Pool({ connectionString: databaseUrl, max: connections, types: asTexts })
  pool.on('error', () => {})
  return pool
}

async function runStatements(pool: Pool, { connections, duration, calls }: StatementLoad) {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  const latencies: number[] = []
  let next = 0
  async function keepAsking() {
    const client = await pool.connect()
    while (performance.now() - startedAt < duration) {
      const call = calls[next++ % calls.length]
      if (call === undefined) break
      const sentAt = performance.now()
      await client.query({ name: call.kind, text: texts[call.kind], values: valuesOf(call) })
      latencies.push(performance.now() - sentAt)
    }
    client.release()
  }
  await Promise.all(Array.from({ length: connections }, keepAsking))
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(before)
  const done = { seconds, latencies: Float64Array.from(latencies), cpuMs: (user + system) / 1000 }
  return { ...done, statuses: { 200: latencies.length }, failures: [] }
}

function valuesOf(call: StatementCall): string[] {
  if (call.kind === 'list') return [call.userId]
  if (call.kind === 'create') return [call.userId, uuidv7(), call.title]
  return [call.userId, call.id]
}
