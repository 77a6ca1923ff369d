import { forUser } from '@tend/database/for-user'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { purgeExpired } from './upkeep-queries.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.close())

it('deletes what was in the trash for 30 days, in all processes at once, and nothing else', async () => {
  const people = [await api.createPerson(), await api.createPerson()]
  for (const { id } of people) {
    await sql`insert into task (user_id, id, title, created_at, updated_at, deleted_at)
      select ${id}, gen_random_uuid(), 'x', now(), now(),
        case n % 3 when 0 then null
          when 1 then now() - interval '30 days 1 minute' else now() - interval '29 days 23 hours' end
      from generate_series(1, 1800) as n`.execute(forUser(api.pool, id))
  }
  const purged = await Promise.all(Array.from({ length: 4 }, () => purgeExpired(api.pool)))
  expect(purged.reduce((sum, count) => sum + count, 0)).toBe(1200)
  for (const { id } of people) {
    const { rows } = await sql<{ kept: number; trashed: number }>`
      select count(*) filter (where deleted_at is null) as kept, count(deleted_at) as trashed
      from task`.execute(forUser(api.pool, id))
    expect(rows).toEqual([{ kept: 600, trashed: 600 }])
  }
})

it('forgets tombstones and answers that are past their time', async () => {
  const { id } = await api.createPerson()
  const asPerson = forUser(api.pool, id)
  await sql`insert into deleted_task (user_id, id, deleted_at) values
    (${id}, gen_random_uuid(), now() - interval '31 days'), (${id}, gen_random_uuid(), now())`.execute(
    asPerson,
  )
  await sql`insert into idempotency_key (user_id, key, request_hash, answer, created_at) values
    (${id}, 'old', 'x', '{}', now() - interval '25 hours'), (${id}, 'new', 'x', '{}', now())`.execute(
    asPerson,
  )
  await purgeExpired(api.pool)
  expect((await sql`select id from deleted_task`.execute(asPerson)).rows).toHaveLength(1)
  expect((await sql`select key from idempotency_key`.execute(asPerson)).rows).toEqual([
    { key: 'new' },
  ])
})

it('ends sessions that have run out and those of 90 days, and tells it to who verifies their tokens', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => api.createPerson()))
  const [fresh, unused, long, longest] = people
  const age = (person: Person | undefined, change: { created_at?: Date; expires_at?: Date }) =>
    api.pool
      .updateTable('session')
      .set(change)
      .where('id', '=', person?.sessionId ?? '')
      .execute()
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  await age(unused, { expires_at: daysAgo(0.1) })
  await age(long, { created_at: daysAgo(89.9) })
  await age(longest, { created_at: daysAgo(90.1) })
  await purgeExpired(api.pool)
  const left = await api.pool.selectFrom('session').select('id').execute()
  const ids = left.map(({ id }) => id)
  expect(ids).toContain(fresh?.sessionId)
  expect(ids).toContain(long?.sessionId)
  expect(ids).not.toContain(unused?.sessionId)
  expect(ids).not.toContain(longest?.sessionId)
  await vi.waitFor(
    async () => {
      const statuses = people.map(
        async (person) => (await api.send('GET', '/api/tasks', person)).status,
      )
      expect(await Promise.all(statuses)).toEqual([200, 401, 200, 401])
    },
    { timeout: 2_000 },
  )
})
