import { passTestServerUrl } from './env.ts'
import { startTestServer } from './test-database.ts'

/** For `globalSetup` in vitest.config.ts: one PostgreSQL for the run, which `createTestDatabase` then finds. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer()
  passTestServerUrl(server.url)
  return server.stop
}
