import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connectDatabase } from '@tend/database/connect-database'
import type { DatabaseSchema } from '@tend/database/database-schema'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@tend/database/embedded-postgres'
import { forEveryone } from '@tend/database/for-user'
import { migrateToLatest } from '@tend/database/migrate'
import { type Kysely, sql } from 'kysely'
import { readParent } from './measure/process-usage.ts'
import { stopAtSignal } from './stop-at-signal.ts'

/** A person of the benchmark with some ids of their tasks. */
export type BenchPerson = { id: string; email: string; taskIds: string[] }

/** A database full of people and tasks. */
export type BenchDatabase = {
  url: string
  people: BenchPerson[]
  /** PostgreSQL's first process, the parent of all others. */
  postmasterPid: number
  /** Deletes what was created since the start, so that every round begins alike. */
  restore(): Promise<void>
  stop(): Promise<void>
}

const sampledTasks = 20

/**
 * Starts a fresh PostgreSQL that keeps its promises (nothing of its durability is switched off) and fills it: `task` is Tend's
 * table with all that Tend adds to it, `plain_task` has the same rows without policies, triggers and search columns.
 */
export async function startBenchDatabase(size: {
  people: number
  tasksEach: number
}): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tend-bench-'))
  // Root's server runs as another account.
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir })
  const stopServer = async () => {
    await server.stop()
    await removeEmbeddedPostgres(dataDir)
  }
  const forget = stopAtSignal(stopServer)
  const db = connectDatabase(server.url, { statementTimeout: 0, applicationName: 'tend-bench' })
  await migrateToLatest(db)
  await seed(db, size)
  const people = await readPeople(db)
  const { rows } = await sql<{ pid: number; now: Date }>`
    select pg_backend_pid() as pid, clock_timestamp() as now`.execute(db)
  const [{ pid, now: seededAt } = { pid: 0, now: new Date() }] = rows
  return {
    url: server.url,
    people,
    postmasterPid: readParent(pid),
    restore: () => restore(db, seededAt),
    async stop() {
      forget()
      await db.destroy()
      await stopServer()
    },
  }
}

async function seed(
  db: Kysely<DatabaseSchema>,
  { people, tasksEach }: { people: number; tasksEach: number },
): Promise<void> {
  await sql`
    insert into "user" (name, email, email_verified)
    select 'Person ' || n, 'person-' || n || '@example.com', true from generate_series(1, ${people}) n
  `.execute(db)
  // Nobody listens yet.
  await sql`alter table task disable trigger user`.execute(db)
  await insertTasks(db, tasksEach)
  await sql`alter table task enable trigger user`.execute(db)
  await sql`
    create table plain_task (
      user_id uuid not null references "user" (id) on delete cascade,
      id uuid not null,
      title text not null,
      description text,
      is_completed boolean not null default false,
      due_date date,
      priority task_priority not null default 'none',
      labels text[] not null default '{}',
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      deleted_at timestamptz(3),
      primary key (user_id, id)
    )`.execute(db)
  await sql`
    insert into plain_task
    select user_id, id, title, description, is_completed, due_date, priority, labels, created_at, updated_at, deleted_at
    from task`.execute(forEveryone(db))
  await sql`vacuum (analyze) task`.execute(db)
  await sql`vacuum (analyze) plain_task`.execute(db)
}

/** Tasks an hour apart, a third with a description, a quarter with a due date, a fifth with labels. */
async function insertTasks(db: Kysely<DatabaseSchema>, tasksEach: number): Promise<void> {
  await sql`
    with seeded as materialized (
      select "user".id as user_id, n, uuidv7(make_interval(hours => -n)) as id
      from "user", generate_series(1, ${tasksEach}) n
    )
    insert into task (user_id, id, title, description, is_completed, due_date, priority, labels, created_at, updated_at)
    select user_id, id,
      (array['Water the plants', 'Call the dentist about Thursday', 'Draft the talk for the spring meetup',
        'Pay the invoice for the bicycle', 'Find the spare key', 'Book a table for six',
        'Ask the landlord about the boiler'])[n % 7 + 1] || ' (' || n || ')',
      case when n % 3 = 0 then 'Ten minutes, one example, no slides with code smaller than a thumb. Number ' || n end,
      n % 4 = 1,
      case when n % 4 = 0 then current_date + n % 30 end,
      (array['none', 'none', 'low', 'medium', 'high'])[n % 5 + 1]::task_priority,
      case when n % 5 = 0 then array['home', 'garden'] else '{}' end,
      uuid_extract_timestamp(id), uuid_extract_timestamp(id)
    from seeded`.execute(forEveryone(db))
}

async function readPeople(db: Kysely<DatabaseSchema>): Promise<BenchPerson[]> {
  const { rows } = await sql<BenchPerson>`
    select "user".id, email, (array_agg(plain_task.id order by plain_task.id desc))[1:${sampledTasks}] as "taskIds"
    from "user" join plain_task on user_id = "user".id
    group by "user".id order by "user".id`.execute(db)
  return rows
}

async function restore(db: Kysely<DatabaseSchema>, seededAt: Date): Promise<void> {
  await sql`alter table task disable trigger user`.execute(db)
  await sql`delete from task where created_at > ${seededAt}`.execute(forEveryone(db))
  await sql`alter table task enable trigger user`.execute(db)
  await sql`delete from plain_task where created_at > ${seededAt}`.execute(db)
  await sql`vacuum (analyze) task`.execute(db)
  await sql`vacuum (analyze) plain_task`.execute(db)
  await sql`checkpoint`.execute(db).catch(() => {})
}
