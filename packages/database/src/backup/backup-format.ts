import { z } from 'zod'

/**
 * The tables of a backup, those that others refer to first. Left out is what is only good for a moment, or harmful later: a
 * session that was ended after the backup must not come alive again.
 */
export const savedTables = ['user', 'account', 'task', 'idempotency_key'] as const

/** The tables that no backup has. */
export const unsavedTables = [
  ...(['session', 'ended_session', 'verification', 'rate_limit', 'deleted_task'] as const),
  ...(['kysely_migration', 'kysely_migration_lock'] as const),
]

/** The name of a table that backups have. */
export type SavedTable = (typeof savedTables)[number]

const tableSchema = z.enum(savedTables)

/** The first line of a backup: what it is, and which migrations its database had. */
export const headerSchema = z.strictObject({
  format: z.literal('tend-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
})

/** The line before the rows of a table. */
export const tableHeadSchema = z.strictObject({ table: tableSchema, columns: z.array(z.string()) })

/** The last line: how many rows there are, so that a backup that ends early is noticed. */
export const footerSchema = z.strictObject({ rows: z.record(tableSchema, z.int()) })

/** How many rows each table has. */
export type RowCounts = Record<SavedTable, number>
