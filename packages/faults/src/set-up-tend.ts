import { createTestDatabase } from '@tend/database/test-database'
import { afterAll } from 'vitest'
import { type Person, runTend, type Tend } from './run-tend.ts'

/** A database for the tests of a file; dropped after them. */
export async function setUpDatabase(): Promise<{ url: string }> {
  const { url, drop } = await createTestDatabase()
  afterAll(drop)
  return { url }
}

/** Tend with one person on a database, by default one of its own, for the tests of a file; stopped after them. */
export async function setUpTend({
  databaseUrl,
  settings = {},
}: {
  databaseUrl?: string
  settings?: Record<string, string>
} = {}): Promise<{ tend: Tend; ada: Person }> {
  const tend = await runTend(databaseUrl ?? (await setUpDatabase()).url, settings)
  afterAll(tend.stop)
  return { tend, ada: await tend.register() }
}
