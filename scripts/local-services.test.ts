import { connectDatabase } from '@tend/database/connect-database'
import { migrationStatus } from '@tend/database/migrate'
import { startTestServer } from '@tend/database/test-database'
import { expect, it, onTestFinished } from 'vitest'
import { startLocalServices } from './local-services.ts'

it('brings PostgreSQL itself up to date where DATABASE_URL goes through a pooler', {
  timeout: 60_000,
}, async () => {
  const server = await startTestServer()
  onTestFinished(server.stop)
  const services = await startLocalServices(
    { DATABASE_URL: 'postgres://tend:none@127.0.0.1:1/tend', DATABASE_DIRECT_URL: server.url },
    () => {},
  )
  onTestFinished(services.stop)
  const db = connectDatabase(server.url)
  onTestFinished(() => db.destroy())
  const { migrations } = await migrationStatus(db)
  expect(migrations.filter(({ appliedAt }) => appliedAt === null)).toEqual([])
})
