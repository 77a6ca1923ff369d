import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { ListTasksQuery } from '@tend/contracts'
import { connectDatabase } from '@tend/database/connect-database'
import { forEveryone } from '@tend/database/for-user'
import { type QueryId, type RootOperationNode, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestApi, type TestApi } from '../../test-api.ts'
import type { TaskDatabase } from './task-database.ts'
import { listTasks, type TaskConditions } from './task-list-queries.ts'
import { type TaskPlace, type TaskSort, taskSorts } from './task-sort.ts'

// How PostgreSQL runs each kind of list of a person with 10,000 tasks, among the tasks of many others.

/** The longest that a list may take in PostgreSQL, in milliseconds; tried again because the machine may be busy. */
const TIME_LIMIT = 20
const TRIES = 5

const today = '2026-11-21'
const statuses = ['open', 'completed', 'all', 'deleted'] as const
const dues = [undefined, 'overdue', 'today', 'week', 'none'] as const
const labels = [undefined, 'home'] as const
const words = [undefined, 'nowhere'] as const

/** A place in the middle of each order. */
const places: Record<TaskSort, string> = {
  newest: '',
  oldest: '',
  due: '2026-11-25',
  priority: 'medium',
  title: 'Task 8',
  updated: '2026-11-18T00:00:00.000Z',
}
const sorts = z.array(z.custom<TaskSort>()).parse(Object.keys(taskSorts))

let api: TestApi
let userId: string
/** Tells of the server's process for `session`. */
let workFile: string
/** One connection without named statements, on which the person is set for good. */
let session: TaskDatabase

beforeAll(async () => {
  api = await startTestApi()
  session = connectDatabase(api.url, {
    timestamps: 'iso',
    maxConnections: 1,
    preparedStatements: false,
    statementTimeout: 0,
  })
  const others = await Promise.all(Array.from({ length: 120 }, () => api.createPerson()))
  userId = (await api.createPerson()).id
  await sql`alter table task disable trigger user`.execute(session)
  await addTasks(
    others.map(({ id }) => id),
    500,
  )
  await addTasks([userId], 10_000)
  await sql`alter table task enable trigger user`.execute(session)
  await sql`analyze task`.execute(session)
  const { rows } = await sql<{ pid: number }>`
    select pg_backend_pid() as pid, set_config('tend.user_id', ${userId}, false)`.execute(session)
  workFile = `/proc/${rows[0]?.pid}/schedstat`
}, 120_000)
afterAll(async () => {
  await session.destroy()
  await api.close()
})

/** Adds tasks of every kind to each person, as years of use leave them. */
async function addTasks(userIds: string[], count: number): Promise<void> {
  await sql`
    insert into task (user_id, id, title, description, is_completed, due_date, priority, labels,
      deleted_at, created_at, updated_at)
    select person, overlay(gen_random_uuid()::text placing lpad(to_hex(n), 8, '0') from 1)::uuid,
      'Task ' || md5(n::text), case when n % 3 = 0 then repeat(md5((n * 7)::text) || ' ', 8) end,
      n % 2 = 0, case when n % 3 < 2 then ${today}::date + (n * 31) % 60 - 30 end,
      (array['none', 'low', 'medium', 'high']::task_priority[])[1 + n % 4],
      case when n % 5 < 2 then array['home', 'work'] else '{}' end,
      case when n % 10 = 0 then now() - make_interval(hours => (n * 37) % 720) end,
      now() - make_interval(mins => n), now() - make_interval(mins => (n * 7919) % 10000)
    from unnest(${userIds}::uuid[]) person, generate_series(1, ${count}::integer) n`.execute(
    forEveryone(session),
  )
}

type List = {
  sort: TaskSort
  status: ListTasksQuery['status']
  due?: ListTasksQuery['due']
  label?: string | undefined
  q?: string | undefined
  isLaterPage?: boolean
}

/** The statement that `listTasks` would send. */
async function compileList({ sort, isLaterPage = false, ...filter }: List) {
  let caught: { node: RootOperationNode; queryId: QueryId } | undefined
  const catching = session.withPlugin({
    transformQuery({ node, queryId }) {
      caught = { node, queryId }
      throw new Error('Nothing is to be sent')
    },
    transformResult: async ({ result }) => result,
  })
  const conditions: TaskConditions = { ...filter, today }
  const key = places[sort]
  const after: TaskPlace | undefined = isLaterPage ? { id: randomUUID(), key } : undefined
  await listTasks(catching, userId, conditions, { sort, limit: 51, after }).catch(() => {})
  if (caught === undefined) throw new Error('listTasks sent nothing')
  const { node, queryId } = caught
  return session.getExecutor().compileQuery(node, queryId)
}

type PlanNode = {
  'Node Type': string
  'Index Name'?: string | undefined
  Plans?: PlanNode[] | undefined
}
const nodeSchema: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Index Name': z.string().optional(),
  get Plans() {
    return z.array(nodeSchema).optional()
  },
})
const explainedSchema = z.tuple([
  z.object({
    'QUERY PLAN': z.tuple([z.object({ Plan: nodeSchema, 'Execution Time': z.number() })]),
  }),
])

type Mode = 'force_custom_plan' | 'force_generic_plan'

/** Runs a list, planned for its values or for any, and tells how long it took and by what nodes. */
async function explainList(list: List, mode: Mode = 'force_custom_plan') {
  const { sql: text, parameters } = await compileList(list)
  await sql`deallocate all`.execute(session)
  await sql`set plan_cache_mode = ${sql.raw(mode)}`.execute(session)
  await sql`prepare list as ${sql.raw(text)}`.execute(session)
  const values = sql.join(parameters.map((value) => sql.lit(value)))
  let time = Number.POSITIVE_INFINITY
  let plan: PlanNode[] = []
  for (let count = 0; count < TRIES && time > TIME_LIMIT; count += 1) {
    const startedAt = readProcessorTime()
    const { rows } = await sql`explain (analyze, format json) execute list(${values})`.execute(
      session,
    )
    const worked = readProcessorTime() - startedAt
    const [
      {
        'QUERY PLAN': [explained],
      },
    ] = explainedSchema.parse(rows)
    const waited = explained['Execution Time']
    time = Math.min(time, Number.isNaN(worked) ? waited : Math.min(worked, waited))
    plan = flatten(explained.Plan)
  }
  return {
    time,
    nodes: plan.map((node) => node['Node Type']),
    indexes: plan.flatMap((node) => node['Index Name'] ?? []),
  }
}

/**
 * How long the server's process has worked, in milliseconds: what other programs do meanwhile does not count. Linux alone tells
 * it; elsewhere it is NaN, and PostgreSQL's own clock has to do.
 */
function readProcessorTime(): number {
  if (!existsSync(workFile)) return Number.NaN
  return Number(readFileSync(workFile, 'utf8').split(' ')[0]) / 1_000_000
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}

describe.each(sorts)('a list by %s of ten thousand tasks', (sort) => {
  it('takes less than 20 ms and an index of the person, whatever is asked for', async () => {
    const lists: List[] = statuses.flatMap((status) =>
      dues.flatMap((due) =>
        labels.flatMap((label) => words.map((q) => ({ sort, status, due, label, q }))),
      ),
    )
    const later = statuses.flatMap((status) =>
      words.map((q): List => ({ sort, status, q, isLaterPage: true })),
    )
    for (const list of [...lists, ...later]) {
      // PostgreSQL plans a statement anew for its first values only.
      const modes: Mode[] = [
        'force_custom_plan',
        ...(list.due ? [] : ['force_generic_plan' as const]),
      ]
      for (const mode of modes) {
        const { time, nodes, indexes } = await explainList(list, mode)
        const place = `${JSON.stringify(list)} ${mode}: ${nodes} ${indexes}`
        expect(time, place).toBeLessThan(TIME_LIMIT)
        expect(nodes, place).not.toContain('Seq Scan')
        expect(indexes, place).not.toContain('task_deleted_at_idx')
      }
    }
  }, 120_000)
})

describe('the usual lists are read in their order and not sorted', () => {
  it.each<List & { index: string }>([
    { sort: 'newest', status: 'all', index: 'task_pkey' },
    { sort: 'oldest', status: 'all', index: 'task_pkey' },
    { sort: 'newest', status: 'completed', index: 'task_pkey' },
    { sort: 'due', status: 'open', index: 'task_open_idx' },
  ])('$status by $sort', async ({ index, ...list }) => {
    for (const isLaterPage of [false, true]) {
      const { time, nodes, indexes } = await explainList({ ...list, isLaterPage })
      expect(nodes, JSON.stringify({ isLaterPage, nodes, indexes })).not.toContain('Sort')
      expect(indexes).toEqual([index])
      expect(time).toBeLessThan(TIME_LIMIT)
    }
  })

  it.each<List & { index: string }>([
    { sort: 'newest', status: 'deleted', index: 'task_trash_idx' },
    { sort: 'due', status: 'open', due: 'week', index: 'task_open_idx' },
    { sort: 'priority', status: 'open', due: 'none', index: 'task_open_idx' },
  ])('and few tasks are found by an index: $status, $due by $sort', async ({ index, ...list }) => {
    expect((await explainList(list)).indexes).toEqual([index])
  })
})
