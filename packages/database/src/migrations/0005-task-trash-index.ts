import { type Kysely, sql } from 'kysely'

/**
 * An index of the tasks in the trash of one person. Without it PostgreSQL may read the trash by `task_deleted_at_idx`, which is
 * everybody's. Only what goes to the trash is written to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index task_trash_idx on task (user_id, id) where deleted_at is not null`.execute(
    db,
  )
}
