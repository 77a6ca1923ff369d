import { type CreateTask, type Task, taskPageSchema, taskSchema } from '@tend/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { callTasks, type TaskCall, type TaskRoute } from './test-task-calls.ts'

let api: TestApi
let by: Person

beforeAll(async () => {
  api = await startTestApi()
})
beforeEach(async () => {
  by = await api.createPerson()
})
afterAll(() => api.close())

const call = (name: TaskRoute, request: TaskCall = {}) => callTasks(api, name, { by, ...request })

async function add(task: CreateTask): Promise<Task> {
  return taskSchema.parse((await call('create', { body: task })).body)
}

async function list(query: Record<string, string>, cursor: string | null = null) {
  const all = new URLSearchParams({ ...query, ...(cursor !== null && { cursor }) })
  const { status, body } = await call('list', { query: `?${all}` })
  expect(status).toBe(200)
  return taskPageSchema.parse(body)
}

async function titles(query: Record<string, string>): Promise<string[]> {
  return (await list(query)).items.map(({ title }) => title)
}

it('a task keeps what it was made with, and each field can be changed and taken away', async () => {
  const fields = { dueDate: '2026-11-21', priority: 'high', labels: ['home', 'Ärger'] } as const
  const task = await add({ title: 'x', ...fields, labels: [...fields.labels] })
  expect(task).toMatchObject(fields)
  const plain = { dueDate: null, priority: 'none', labels: [] }
  expect((await call('update', { id: task.id, body: plain })).body).toMatchObject(plain)
  expect(await add({ title: 'y' })).toMatchObject(plain)
})

describe('a search', () => {
  it.each([
    ['STRASSE', ['Straße fegen']],
    ['straße', ['Straße fegen']],
    ['ÉTUDE', ['étude no. 3']],
    ['e\u0301tude', ['étude no. 3']],
    ['οδοσ', ['ΟΔΟΣ']],
    ['ЙОД', ['йод']],
    ['100%', ['100% sure']],
    ['%', ['100% sure']],
    ['_', ['snake_case']],
    ['\\', ['back\\slash']],
    ["'; drop table task; --", []],
    ['Beschreibung', ['back\\slash']],
    ['nothing of the kind', []],
  ])('for %j finds %j', async (q, expected) => {
    for (const title of ['Straße fegen', 'étude no. 3', 'ΟΔΟΣ', 'йод', '100% sure', 'snake_case']) {
      await add({ title })
    }
    await add({ title: 'back\\slash', description: 'Eine BESCHREIBUNG' })
    expect(await titles({ q })).toEqual(expected)
  })

  it('does not find words across the end of the title', async () => {
    await add({ title: 'one', description: 'two' })
    expect(await titles({ q: 'onetwo' })).toEqual([])
  })
})

describe('a view', () => {
  beforeEach(async () => {
    for (const [title, dueDate] of [
      ['yesterday', '2026-11-20'],
      ['today', '2026-11-21'],
      ['in six days', '2026-11-27'],
      ['in seven days', '2026-11-28'],
    ] as const) {
      await add({ title, dueDate, labels: ['dated', title] })
    }
    await add({ title: 'undated', labels: ['Zoo', 'apple', 'Äpfel'] })
    const done = await add({ title: 'done yesterday', dueDate: '2026-11-20' })
    await call('toggle', { id: done.id })
    const gone = await add({ title: 'gone', dueDate: '2026-11-20', labels: ['dated'] })
    await call('delete', { id: gone.id })
  })
  const today = '2026-11-21'

  it.each([
    [{ due: 'overdue', today }, ['yesterday']],
    [{ due: 'today', today }, ['today']],
    [{ due: 'week', today, sort: 'due' }, ['today', 'in six days']],
    [{ due: 'none', today }, ['undated']],
    [{ due: 'overdue', today: '2026-11-28', sort: 'due', limit: '2' }, ['yesterday', 'today']],
    [{ due: 'week', today: '9999-12-31' }, []],
    [{ status: 'completed' }, ['done yesterday']],
    [{ status: 'deleted' }, ['gone']],
    [{ label: 'dated', sort: 'oldest', limit: '2' }, ['yesterday', 'today']],
    [{ label: 'Dated' }, []],
    [{ label: 'dated', status: 'deleted' }, ['gone']],
    [{ status: 'open', q: 'YESTER' }, ['yesterday']],
  ])('of %j shows %j', async (query, expected) => {
    expect(await titles(query as Record<string, string>)).toEqual(expected)
  })

  it('is counted as it is shown', async () => {
    const counts = (await call('counts', { query: `?today=${today}` })).body
    expect(counts).toEqual({ open: 5, completed: 1, overdue: 1, deleted: 1 })
    const summary = (await call('summary', { query: `?today=${today}` })).body
    const one = ['in seven days', 'in six days', 'today', 'yesterday']
    expect(summary).toEqual({
      today: 2,
      upcoming: 2,
      labels: [
        ...[
          { label: 'Äpfel', open: 1 },
          { label: 'apple', open: 1 },
          { label: 'dated', open: 4 },
          ...one.map((label) => ({ label, open: 1 })),
          { label: 'Zoo', open: 1 },
        ],
      ].sort((a, b) => new Intl.Collator('und').compare(a.label, b.label)),
    })
  })

  it.each([
    '?today=0000-01-01',
    '?today=2026-02-30',
    '?due=soon',
    '?sort=random',
    '?status=gone',
    '?q=',
    '?label=%20',
    '?sort=due&sort=due',
  ])('is refused with %s', async (query) => {
    expect((await call('list', { query })).status).toBe(422)
  })
})

describe('an order', () => {
  it.each([
    ['newest', ['Z', 'émile', 'b', 'Émile', 'eve', 'a']],
    ['oldest', ['a', 'eve', 'Émile', 'b', 'émile', 'Z']],
    ['due', ['b', 'eve', 'Z', 'a', 'Émile', 'émile']],
    ['priority', ['Z', 'b', 'eve', 'émile', 'Émile', 'a']],
    ['title', ['a', 'b', 'eve', 'Émile', 'émile', 'Z']],
    ['updated', ['a', 'Z', 'émile', 'b', 'Émile', 'eve']],
  ])('by %s is %j', async (sort, expected) => {
    const first = await add({ title: 'a' })
    await add({ title: 'eve', dueDate: '2026-11-22', priority: 'low' })
    await add({ title: 'Émile' })
    await add({ title: 'b', dueDate: '2026-11-21', priority: 'medium' })
    await add({ title: 'émile' })
    await add({ title: 'Z', dueDate: '2026-11-22', priority: 'high' })
    await call('update', { id: first.id, body: { description: 'changed' } })
    expect(await titles({ sort })).toEqual(expected)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page = await list({ sort, limit: '1' }, cursor)
      paged.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(expected)
  })

  it('refuses the cursor of another list', async () => {
    for (const title of ['a', 'b']) await add({ title, labels: ['x'] })
    const { nextCursor } = await list({ sort: 'due', limit: '1' })
    for (const query of ['?sort=newest', '?', '?sort=due&label=x', '?sort=due&today=2026-11-21']) {
      const answer = await call('list', { query: `${query}&cursor=${nextCursor}` })
      expect(answer.status).toBe(422)
    }
    expect((await list({ sort: 'due' }, nextCursor)).items).toHaveLength(1)
  })
})

type Write =
  | { kind: 'add' | 'delete' | 'complete'; at: number }
  | { kind: 'move'; at: number; dueDate: string | null; priority: Task['priority']; title: string }

const sorts = ['newest', 'oldest', 'due', 'priority', 'title', 'updated'] as const
const dueDate = fc.option(fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22'))
const priority = fc.constantFrom('none', 'low', 'medium', 'high')
const title = fc.constantFrom('a', 'B', 'ä', 'c', '🌱')
const at = fc.nat(30)
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constantFrom('add' as const, 'delete' as const, 'complete' as const), at }),
  fc.record({ kind: fc.constant('move' as const), at, dueDate, priority, title }),
)

describe('pages read while tasks change', () => {
  /** What a task is sorted by; a task that keeps it keeps its place. */
  const keyOf = (sort: (typeof sorts)[number], task: Task): unknown =>
    ({ due: task.dueDate, priority: task.priority, title: task.title, updated: task.updatedAt })[
      sort as string
    ]

  it.each(sorts)('by %s hold every task that keeps its place once', async (sort) => {
    const property = fc.asyncProperty(
      fc.array(fc.record({ dueDate, priority, title }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.array(write, { maxLength: 3 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      // Without a condition some orders have a statement of their own.
      fc.constantFrom({}, { label: 'x' }),
      async (tasks, writes, limit, filter) => {
        by = await api.createPerson()
        const made = await Promise.all(tasks.map((task) => add({ ...task, labels: ['x'] })))
        const steady = new Map(made.map((task) => [task.id, task]))
        const seen: string[] = []
        let cursor: string | null = null
        for (let page = 0; page === 0 || cursor !== null; page += 1) {
          const { items, nextCursor } = await list({ sort, ...filter, limit: `${limit}` }, cursor)
          seen.push(...items.map(({ id }) => id))
          cursor = nextCursor
          for (const change of writes[page] ?? []) await apply(change, made, steady)
        }
        const counts = Map.groupBy(seen, (id) => id)
        for (const id of steady.keys()) expect(counts.get(id)).toHaveLength(1)
        if (sort === 'newest' || sort === 'oldest') expect(new Set(seen).size).toBe(seen.length)
      },
    )
    await fc.assert(property, { numRuns: 15 })

    async function apply(change: Write, made: Task[], steady: Map<string, Task>): Promise<void> {
      const target = made[change.at % made.length]
      if (target === undefined) return
      const { id } = target
      if (change.kind === 'add') {
        await add({ title: 'new', labels: ['x'] })
        return
      }
      if (change.kind === 'delete') {
        await call('delete', { id })
        steady.delete(id)
        return
      }
      const answer =
        change.kind === 'move'
          ? await call('update', {
              id,
              body: { dueDate: change.dueDate, priority: change.priority, title: change.title },
            })
          : await call('toggle', { id })
      if (answer.status !== 200) return
      const known = steady.get(id)
      const changed = taskSchema.parse(answer.body)
      if (known && keyOf(sort, known) !== keyOf(sort, changed)) steady.delete(id)
    }
  })
})
