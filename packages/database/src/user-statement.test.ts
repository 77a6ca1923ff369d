import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { type ConnectDatabaseOptions, connectDatabase } from './connect-database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { isDatabaseUnavailable } from './is-database-unavailable.ts'
import { insertTask, insertUser } from './seed.ts'
import { createTestDatabase } from './test-database.ts'
import { defineUserStatement, type Param } from './user-statement.ts'

// The attack: statements that forget to ask whose rows they are about.
const readAll = defineUserStatement((db) => db.selectFrom('task').select(['user_id', 'title']))
const readByTitle = defineUserStatement((db, param: Param<{ title: string }>) =>
  db.selectFrom('task').select(['user_id', 'title']).where('title', '=', param('title')),
)
const renameAll = defineUserStatement((db, param: Param<{ title: string }>) =>
  db
    .updateTable('task')
    .set({ description: param('title') })
    .returning(['user_id', 'description']),
)
const insertForAnyone = defineUserStatement(
  (db, param: Param<{ owner: string; id: string; at: Date; labels: string[] }>) =>
    db
      .insertInto('task')
      .values({
        user_id: param('owner'),
        id: param('id'),
        title: 'Put there',
        description: null,
        labels: param('labels'),
        created_at: param('at'),
        updated_at: param('at'),
      })
      .returning(['user_id', 'labels', 'created_at']),
)
const divide = defineUserStatement((db, param: Param<{ by: number }>) =>
  db
    .selectFrom('task')
    .select(sql<number>`1 / ${param('by')}::int`.as('share'))
    .limit(1),
)
const readScope = defineUserStatement((db) =>
  db.selectFrom('task').select(sql<string>`current_setting('tend.user_id')`.as('scope')).limit(1),
)
const waitFor = defineUserStatement((db, param: Param<{ seconds: number }>) =>
  db
    .selectFrom('task')
    .select(['user_id', sql<string>`pg_sleep(${param('seconds')}::float8)::text`.as('slept')])
    .limit(1),
)

const everyKind: [string, ConnectDatabaseOptions<'iso'>][] = [
  [
    'on one shared connection of each kind',
    { maxConnections: 3, sharedConnections: { reads: 1, writes: 1 } },
  ],
  [
    'on four shared connections of each kind',
    { maxConnections: 8, sharedConnections: { reads: 4, writes: 4 } },
  ],
  ['without shared connections', { maxConnections: 4 }],
  ['without prepared statements', { maxConnections: 4, preparedStatements: false }],
]

let url: string
let drop: () => Promise<void>
const opened: Kysely<DatabaseSchema<string>>[] = []

beforeAll(async () => {
  ;({ url, drop } = await createTestDatabase())
})
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy()
})
afterAll(() => drop())

function open(options: ConnectDatabaseOptions<'iso'>): Kysely<DatabaseSchema<string>> {
  const db = connectDatabase(url, { timestamps: 'iso', connectionTimeout: 60_000, ...options })
  opened.push(db)
  return db
}

/** People with three tasks each, whose titles name their person. */
async function addPeople(db: Kysely<DatabaseSchema<string>>, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { id } = await insertUser(db)
      for (let index = 0; index < 3; index += 1) {
        await insertTask(db, id, { title: `${index} of ${id}` })
      }
      return id
    }),
  )
}

function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length]
  if (value === undefined) throw new RangeError('There is nothing to pick from.')
  return value
}

describe.each(everyKind)('a statement for one person, %s,', (_name, options) => {
  it('never meets the rows of another, in thousands at once of which some fail', async () => {
    const db = open(options)
    const count = options.sharedConnections ? 4_000 : 800
    const people = await addPeople(db, 20)
    const wrong: unknown[] = []
    const expectOwn = (userId: string, rows: { user_id: string }[], number: number) => {
      if (rows.length === number && rows.every((row) => row.user_id === userId)) return
      wrong.push({ userId, rows })
    }
    const expectFailure = async (running: Promise<unknown>, code: string) => {
      const error = await running.catch((reason: unknown) => reason)
      if (!(error instanceof Error && 'code' in error && error.code === code)) wrong.push(error)
    }
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const me = pick(people, index * 7)
        const other = pick(people, index * 7 + 1)
        switch (index % 8) {
          case 0:
            return expectFailure(divide.run(db, me, { by: 0 }), '22012')
          case 1:
            return expectOwn(me, await readByTitle.run(db, me, { title: `1 of ${other}` }), 0)
          case 2:
            return expectOwn(me, await readByTitle.run(db, me, { title: `1 of ${me}` }), 1)
          case 3: {
            const foreign = { owner: other, id: crypto.randomUUID(), at: new Date(), labels: [] }
            return expectFailure(insertForAnyone.run(db, me, foreign), '42501')
          }
          case 4:
            return expectFailure(readByTitle.run(db, me, { title: 'a\0b' }), '22021')
          default:
            return expectOwn(me, await readAll.run(db, me, {}), 3)
        }
      }),
    )
    expect(wrong).toEqual([])
  })

  it('writes in the name of its person alone', async () => {
    const db = open(options)
    const people = await addPeople(db, 10)
    await Promise.all(people.map((me) => renameAll.run(db, me, { title: `Touched by ${me}` })))
    for (const me of people) {
      const rows = await forUser(db, me).selectFrom('task').selectAll().execute()
      expect(rows.map(({ description }) => description)).toEqual(
        Array.from({ length: 3 }, () => `Touched by ${me}`),
      )
    }
  })

  it('leaves no scope behind', async () => {
    const db = open(options)
    const [ada = '', ben = ''] = await addPeople(db, 2)
    expect(await readScope.run(db, ada, {})).toEqual([{ scope: ada }])
    await divide.run(db, ben, { by: 0 }).catch(() => {})
    expect(await readScope.run(db, ada, {})).toEqual([{ scope: ada }])
    const { rows } = await sql`select current_setting('tend.user_id', true) as value`.execute(db)
    expect(['', null]).toContain(rows.map((row) => Object(row).value)[0])
  })

  it('gives values as any query does', async () => {
    const db = open(options)
    const [ada = ''] = await addPeople(db, 1)
    const labels = ['a "quoted" one', 'back\\slash', 'comma, brace }', '', 'NULL', 'Ünïcødé 🌿']
    const at = new Date('2026-11-21T12:50:00.120Z')
    const values = { owner: ada, id: crypto.randomUUID(), at, labels }
    expect(await insertForAnyone.run(db, ada, values)).toEqual([
      { user_id: ada, labels, created_at: '2026-11-21T12:50:00.120Z' },
    ])
  })

  it('runs inside a transaction, and is rolled back with it', async () => {
    const db = open(options)
    const [ada = '', ben = ''] = await addPeople(db, 2)
    const rolledBack = db.transaction().execute(async (trx) => {
      await renameAll.run(trx, ada, { title: 'Not for long' })
      expect(await readAll.run(trx, ben, {})).toHaveLength(3)
      throw new Error('No.')
    })
    await expect(rolledBack).rejects.toThrow('No.')
    const rows = await forUser(db, ada).selectFrom('task').select('description').execute()
    expect(rows.map(({ description }) => description)).toEqual([null, null, null])
  })

  it('tells where a failing statement was run', async () => {
    const db = open(options)
    const [ada = ''] = await addPeople(db, 1)
    const error = await divide.run(db, ada, { by: 0 }).catch((reason: unknown) => reason)
    expect(error instanceof Error && error.stack).toContain('user-statement.test.ts')
  })

  it('is shown to plugins with its values, which may change it and its rows', async () => {
    const db = open(options)
    const [ada = ''] = await addPeople(db, 1)
    const seen: unknown[] = []
    const watching = db.withPlugin({
      transformQuery({ node, queryId }) {
        seen.push(...db.getExecutor().compileQuery(node, queryId).parameters)
        return node
      },
      transformResult: async ({ result }) => ({ rows: result.rows.slice(0, 1) }),
    })
    expect(await readByTitle.run(watching, ada, { title: `1 of ${ada}` })).toHaveLength(1)
    expect(await readAll.run(watching, ada, {})).toHaveLength(1)
    expect(seen).toEqual([`1 of ${ada}`])
    const another = await insertTask(db, ada, { title: 'Another' })
    const changing = db.withPlugin({
      transformQuery: ({ node }) =>
        node.kind === 'SelectQueryNode'
          ? forUser(db, ada)
              .selectFrom('task')
              .select('title')
              .where('id', '=', another.id)
              .toOperationNode()
          : node,
      transformResult: async ({ result }) => result,
    })
    expect(await readAll.run(changing, ada, {})).toEqual([{ title: 'Another' }])
  })

  it('takes its own parameters and no others, which tsc checks', async () => {
    const db = open(options)
    const [ada = ''] = await addPeople(db, 1)
    // @ts-expect-error The title is missing.
    await expect(readByTitle.run(db, ada, {})).resolves.toEqual([])
    // @ts-expect-error A title is a text.
    await expect(readByTitle.run(db, ada, { title: 7 })).resolves.toEqual([])
    const rows = await readByTitle.run(db, ada, { title: 'x' })
    expectTypeOf(rows).toEqualTypeOf<{ user_id: string; title: string }[]>()
  })

  it('is refused for anything that is no user id', async () => {
    const db = open(options)
    for (const wrong of ['', 'everyone', "x' or true --", 'null']) {
      await expect(readAll.run(db, wrong, {})).rejects.toThrow(TypeError)
    }
  })
})

describe('a shared connection', () => {
  const options = { maxConnections: 6, sharedConnections: { reads: 2, writes: 2 } }

  async function terminateOthers(): Promise<void> {
    const killer = open({ maxConnections: 1 })
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(killer)
  }

  it('fails what is under way when it breaks, as an unavailable database, and is made anew', async () => {
    const db = open(options)
    const people = await addPeople(db, 10)
    let answered = 0
    const running = Array.from({ length: 400 }, async (_, index) => {
      const me = pick(people, index)
      try {
        const rows = await waitFor.run(db, me, { seconds: 0.01 })
        answered += 1
        return rows.every((row) => row.user_id === me) ? 'own' : 'foreign'
      } catch (error) {
        return isDatabaseUnavailable(error) ? 'unavailable' : String(error)
      }
    })
    await expect.poll(() => answered, { interval: 5, timeout: 10_000 }).toBeGreaterThan(5)
    await terminateOthers()
    const outcomes = new Set(await Promise.all(running))
    expect(outcomes).toEqual(new Set(['own', 'unavailable']))
    expect(await readAll.run(db, people[0] ?? '', {})).toHaveLength(3)
  })

  it('makes nobody else wait for a lock that another holds', async () => {
    const db = open({ maxConnections: 4, sharedConnections: { reads: 1, writes: 1 } })
    const [ada = '', ben = ''] = await addPeople(db, 2)
    let release = () => {}
    const isHeld = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async (trx) => {
      await renameAll.run(trx, ada, { title: 'First' })
      isHeld.resolve()
      await new Promise<void>((resolve) => {
        release = resolve
      })
    })
    await isHeld.promise
    const blocked = renameAll.run(db, ada, { title: 'Second' })
    const startedAt = performance.now()
    expect(await renameAll.run(db, ben, { title: 'Not locked' })).toHaveLength(3)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    release()
    await holding
    expect(await blocked).toHaveLength(3)
    const rows = await forUser(db, ada).selectFrom('task').select('description').execute()
    expect(rows[0]?.description).toBe('Second')
  })

  it('is not held up by a table that is locked, for statements old and new', async () => {
    const db = open({ maxConnections: 4, sharedConnections: { reads: 1, writes: 1 } })
    const [ada = ''] = await addPeople(db, 1)
    await readAll.run(db, ada, {})
    await readAll.run(db, ada, {})
    const onUsers = defineUserStatement((scoped) => scoped.selectFrom('user').select('id').limit(1))
    await onUsers.run(db, ada, {})
    let blocked: Promise<unknown[]>[] = []
    await db.transaction().execute(async (trx) => {
      await sql`lock table task in access exclusive mode`.execute(trx)
      blocked = [readAll.run(db, ada, {}), readByTitle.run(db, ada, { title: `1 of ${ada}` })]
      const startedAt = performance.now()
      expect(await onUsers.run(db, ada, {})).toHaveLength(1)
      expect(performance.now() - startedAt).toBeLessThan(2_000)
    })
    expect((await Promise.all(blocked)).map((rows) => rows.length)).toEqual([3, 1])
  })

  it('is passed by while it does not answer', async () => {
    const db = open({ maxConnections: 4, sharedConnections: { reads: 1, writes: 1 } })
    const [ada = '', ben = ''] = await addPeople(db, 2)
    const slow = waitFor.run(db, ada, { seconds: 5 })
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    const startedAt = performance.now()
    expect(await readAll.run(db, ben, {})).toHaveLength(3)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(await slow).toHaveLength(1)
  })

  it('goes on after a migration changed a table under its statements', async () => {
    const db = open(options)
    const [ada = ''] = await addPeople(db, 1)
    const all = defineUserStatement((scoped) => scoped.selectFrom('task').selectAll())
    expect(await all.run(db, ada, {})).toHaveLength(3)
    await sql`alter table task add column added int`.execute(db)
    try {
      expect(Object.keys((await all.run(db, ada, {}))[0] ?? {})).toContain('added')
      expect(await all.run(db, ada, {})).toHaveLength(3)
    } finally {
      await sql`alter table task drop column added`.execute(db)
    }
    expect(Object.keys((await all.run(db, ada, {}))[0] ?? {})).not.toContain('added')
  })

  it('goes on without prepared statements when a pooler threw them away', async () => {
    const db = open({ maxConnections: 4, sharedConnections: { reads: 1, writes: 1 } })
    const [ada = ''] = await addPeople(db, 1)
    const discard = defineUserStatement((scoped) =>
      scoped.selectFrom('task').select(sql<string>`discard_statements()`.as('done')).limit(1),
    )
    await sql`create function discard_statements() returns text language plpgsql as
      $$ begin execute 'deallocate all'; return 'done'; end $$`.execute(db)
    expect(await readAll.run(db, ada, {})).toHaveLength(3)
    await discard.run(db, ada, {})
    expect(await readAll.run(db, ada, {})).toHaveLength(3)
    expect(await readAll.run(db, ada, {})).toHaveLength(3)
  })

  it('reports a database that is not there as unavailable', async () => {
    const db = connectDatabase('postgres://tend:tend@127.0.0.1:1/tend', {
      timestamps: 'iso',
      ...options,
    })
    const running = readAll.run(db, crypto.randomUUID(), {})
    expect(isDatabaseUnavailable(await running.catch((reason: unknown) => reason))).toBe(true)
    await db.destroy()
  })

  it('is part of the connections that are allowed', async () => {
    const db = open({ ...options, applicationName: 'tend-counted' })
    const people = await addPeople(db, 8)
    for (let wave = 0; wave < 3; wave += 1) {
      await Promise.all([
        ...people.map((me) => waitFor.run(db, me, { seconds: 0.01 })),
        ...people.map((me) => renameAll.run(db, me, { title: `${wave}` })),
        ...people.map((me) => forUser(db, me).selectFrom('task').selectAll().execute()),
      ])
    }
    const { rows } = await sql<{ count: number }>`
      select count(*) from pg_stat_activity where application_name = 'tend-counted'`.execute(db)
    expect(rows[0]?.count).toBe(6)
  })

  it('finishes what is under way when the database is closed', async () => {
    const db = connectDatabase(url, { timestamps: 'iso', ...options })
    const [ada = ''] = await addPeople(db, 1)
    await readAll.run(db, ada, {})
    const running = waitFor.run(db, ada, { seconds: 0.2 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await db.destroy()
    expect(await running).toHaveLength(1)
    await expect(readAll.run(db, ada, {})).rejects.toThrow()
  })
})
