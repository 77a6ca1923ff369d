import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import { migrationStatus } from './migrate.ts'
import { insertUser } from './seed.ts'
import { createTestDatabase } from './test-database.ts'

it('makes databases that are migrated, empty and apart, several at once', async () => {
  const databases = await Promise.all([1, 2, 3].map(createTestDatabase))
  expect(new Set(databases.map(({ url }) => url)).size).toBe(3)
  for (const { url, drop } of databases) {
    const db = connectDatabase(url)
    const { migrations, isRowSecurityActive } = await migrationStatus(db)
    expect(migrations.every(({ appliedAt }) => appliedAt)).toBe(true)
    expect(isRowSecurityActive).toBe(true)
    expect(await db.selectFrom('user').selectAll().execute()).toEqual([])
    await insertUser(db)
    await db.destroy()
    await drop()
  }
})

it('drops a database while somebody is connected to it', async () => {
  const { url, drop } = await createTestDatabase()
  const db = connectDatabase(url)
  await sql`select 1`.execute(db)
  await drop()
  await expect(sql`select 1`.execute(db)).rejects.toThrow()
  await db.destroy()
})
