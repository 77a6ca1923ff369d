import { type Kysely, sql } from 'kysely'

/**
 * Takes NOTIFY out of the transactions that write tasks: PostgreSQL lets only one of those commit at a time, its write to the disk
 * included. The API announces what it has written, many changes at once. A trigger remains for tombstones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger announce_task_change on task`.execute(db)
  await sql`drop trigger announce_new_task on task`.execute(db)
  await sql`drop function announce_task_change()`.execute(db)
  await sql`
    create function remember_deleted_task() returns trigger language plpgsql as $$
    begin
      -- The tasks of an account that goes leave nothing behind.
      if not exists (select from "user" where id = old.user_id) then return null; end if;
      insert into deleted_task (user_id, id) values (old.user_id, old.id)
      on conflict (user_id, id) do update
        set change_xid = excluded.change_xid, deleted_at = excluded.deleted_at;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger remember_deleted_task after delete on task
    for each row execute function remember_deleted_task()`.execute(db)
}
