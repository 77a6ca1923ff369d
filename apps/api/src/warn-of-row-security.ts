import type { DatabaseSchema } from '@tend/database/database-schema'
import { migrationStatus } from '@tend/database/migrate'
import type { Logger } from '@tend/runtime/logger'
import type { Kysely } from 'kysely'

/**
 * Warns when PostgreSQL would show this role everybody's tasks: then the conditions of the queries alone keep people apart.
 * Says nothing while the database is away or not migrated yet; readiness tells that.
 */
export async function warnOfRowSecurity(
  db: Kysely<DatabaseSchema<string>>,
  log: Logger,
): Promise<void> {
  const status = await migrationStatus(db).catch(() => null)
  if (status === null || status.isRowSecurityActive) return
  if (status.migrations.some(({ appliedAt }) => appliedAt === null)) return
  log.warn(
    { event: 'database.row_security_off' },
    'row level security does not bind the role of DATABASE_URL: connect as one that is no superuser and has no BYPASSRLS',
  )
}
