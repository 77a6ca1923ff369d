import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import type { DatabaseSchema, UserDatabaseSchema } from './database-schema.ts'
import { forUser } from './for-user.ts'
import { insertTask, insertUser } from './seed.ts'
import { createTestDatabase } from './test-database.ts'

let url: string
let drop: () => Promise<void>

beforeAll(async () => {
  ;({ url, drop } = await createTestDatabase())
})
afterAll(() => drop())

// One connection, so that whatever a query leaves behind meets the next one.
describe.each([
  ['with prepared statements', { maxConnections: 1 }],
  ['without prepared statements', { maxConnections: 1, preparedStatements: false }],
])('a handle for one person, %s,', (_name, options) => {
  let db: Kysely<DatabaseSchema>
  let ada: string
  let ben: string
  let asAda: Kysely<UserDatabaseSchema>
  let asBen: Kysely<UserDatabaseSchema>
  let adasTask: string

  beforeAll(() => {
    db = connectDatabase(url, options)
  })
  beforeEach(async () => {
    ada = (await insertUser(db)).id
    ben = (await insertUser(db)).id
    asAda = forUser(db, ada)
    asBen = forUser(db, ben)
    adasTask = (await insertTask(db, ada, { title: 'Of Ada' })).id
    await insertTask(db, ben, { title: 'Of Ben' })
  })
  afterAll(() => db.destroy())

  const titles = async (handle: Kysely<UserDatabaseSchema>) =>
    (await handle.selectFrom('task').select('title').execute()).map(({ title }) => title)

  it('reads only their rows, even when a query forgets to ask for them', async () => {
    expect(await titles(asAda)).toEqual(['Of Ada'])
    expect(await titles(asBen)).toEqual(['Of Ben'])
  })

  it('reads nothing of another person when a query asks for it', async () => {
    const rows = await asBen.selectFrom('task').selectAll().where('user_id', '=', ada).execute()
    const byId = await asBen.selectFrom('task').selectAll().where('id', '=', adasTask).execute()
    expect([...rows, ...byId]).toEqual([])
  })

  it('reads nothing of another person through raw SQL, a join or an aggregate', async () => {
    const raw = await sql`select title from task`.execute(asBen)
    expect(raw.rows).toEqual([{ title: 'Of Ben' }])
    const joined = await asBen
      .selectFrom('user')
      .innerJoin('task', 'task.user_id', 'user.id')
      .select('title')
      .execute()
    expect(joined).toEqual([{ title: 'Of Ben' }])
    const counted = await sql`select count(*) from task`.execute(asBen)
    expect(counted.rows).toEqual([{ count: 1 }])
  })

  it('changes only their rows, even when a query forgets to ask for them', async () => {
    const { numUpdatedRows } = await asBen
      .updateTable('task')
      .set({ title: 'Changed' })
      .executeTakeFirstOrThrow()
    expect(numUpdatedRows).toBe(1n)
    expect(await titles(asAda)).toEqual(['Of Ada'])
  })

  it('deletes only their rows, even when a query forgets to ask for them', async () => {
    const { numDeletedRows } = await asBen.deleteFrom('task').executeTakeFirstOrThrow()
    expect(numDeletedRows).toBe(1n)
    expect(await titles(asAda)).toEqual(['Of Ada'])
  })

  it('cannot insert a row in the name of another person', async () => {
    const now = new Date()
    const values = {
      user_id: ada,
      id: crypto.randomUUID(),
      title: 'x',
      created_at: now,
      updated_at: now,
    }
    await expect(
      asBen
        .insertInto('task')
        .values({ ...values, description: null })
        .execute(),
    ).rejects.toMatchObject({ code: '42501' })
    expect(await titles(asAda)).toEqual(['Of Ada'])
  })

  it('cannot hand a row over to another person', async () => {
    await expect(sql`update task set user_id = ${ada}`.execute(asBen)).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('cannot take over the row of another person by an upsert', async () => {
    const now = new Date()
    await expect(
      sql`insert into task (user_id, id, title, created_at, updated_at)
        values (${ada}, ${adasTask}, 'Taken', ${now}, ${now})
        on conflict (user_id, id) do update set title = 'Taken'`.execute(asBen),
    ).rejects.toMatchObject({ code: '42501' })
    expect(await titles(asAda)).toEqual(['Of Ada'])
  })

  it('holds for every statement of a transaction', async () => {
    await asBen.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx)
      expect(await trx.selectFrom('task').select('title').execute()).toEqual([{ title: 'Of Ben' }])
      await trx.deleteFrom('task').execute()
    })
    expect(await titles(asAda)).toEqual(['Of Ada'])
    expect(await titles(asBen)).toEqual([])
  })

  it('can be made of a transaction, for the handles of two people in turn', async () => {
    await db.transaction().execute(async (trx) => {
      expect(await titles(forUser(trx, ada))).toEqual(['Of Ada'])
      expect(await titles(forUser(trx, ben))).toEqual(['Of Ben'])
      expect(await titles(forUser(trx, ada))).toEqual(['Of Ada'])
    })
  })

  it('leaves nothing behind for the next query of the connection', async () => {
    await titles(asAda)
    await expect(sql`select * from task`.execute(db)).rejects.toMatchObject({ code: '22P02' })
    const { rows } = await sql`select current_setting('tend.user_id') as value`.execute(db)
    expect(rows).toEqual([{ value: '' }])
  })

  it('leaves the connection usable after a failure', async () => {
    await expect(sql`select nonsense from task`.execute(asAda)).rejects.toMatchObject({
      code: '42703',
    })
    await expect(sql`select 1 / 0 from task`.execute(asAda)).rejects.toMatchObject({
      code: '22012',
    })
    await expect(sql`select nonsense from task`.execute(asAda)).rejects.toMatchObject({
      code: '42703',
    })
    expect(await titles(asAda)).toEqual(['Of Ada'])
    expect(await titles(asBen)).toEqual(['Of Ben'])
  })

  it('keeps people apart when their queries run at the same time', async () => {
    const shared = connectDatabase(url, { ...options, maxConnections: 4 })
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => titles(forUser(shared, index % 2 ? ada : ben))),
    )
    for (const [index, answer] of answers.entries()) {
      expect(answer).toEqual([index % 2 ? 'Of Ada' : 'Of Ben'])
    }
    await shared.destroy()
  })

  it('reads texts that look like a scope as texts', async () => {
    const { rows } = await sql`select ${"'; set tend.user_id = 'everyone'"} as text`.execute(asBen)
    expect(rows).toEqual([{ text: "'; set tend.user_id = 'everyone'" }])
    expect(await titles(asBen)).toEqual(['Of Ben'])
  })

  it('loses its tasks with its person', async () => {
    await db.deleteFrom('user').where('id', '=', ada).execute()
    expect(await titles(asAda)).toEqual([])
    expect(await titles(asBen)).toEqual(['Of Ben'])
  })
})

it('is refused for anything that is no user id', () => {
  const db = connectDatabase(url)
  for (const wrong of [
    '',
    'everyone',
    "x' or true --",
    '00000000-0000-0000-0000-00000000000',
    'null',
  ]) {
    expect(() => forUser(db, wrong)).toThrow(TypeError)
  }
})

it('is the only way to tasks, which tsc checks', async () => {
  const db = connectDatabase(url)
  // @ts-expect-error Tasks belong to one person each.
  const unscoped = db.selectFrom('task').selectAll()
  await expect(unscoped.execute()).rejects.toMatchObject({
    code: expect.stringMatching(/22P02|42704/),
  })
  await db.destroy()
})

it('lets somebody who looks after the whole database dump it', async () => {
  const db = connectDatabase(url, { maxConnections: 1 })
  const { id } = await insertUser(db)
  await insertTask(db, id)
  await sql`select set_config('tend.user_id', 'everyone', false)`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*) from task`.execute(db)
  expect(rows[0]?.count).toBeGreaterThan(0)
  await db.destroy()
})

it('works between two copies of this module, of which a bundler makes several', async () => {
  const db = connectDatabase(url, { maxConnections: 1 })
  const { id } = await insertUser(db)
  await insertTask(db, id, { title: 'Found' })
  vi.resetModules()
  const another = await import('./for-user.ts')
  expect(another.forUser).not.toBe(forUser)
  const rows = await another.forUser(db, id).selectFrom('task').select('title').execute()
  expect(rows).toEqual([{ title: 'Found' }])
  await db.destroy()
})
