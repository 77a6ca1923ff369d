import { type Kysely, sql } from 'kysely'

/**
 * What task views, the trash, live events and safe retries need: due date, priority and labels, texts folded for search and
 * for order, when a task went to the trash, the transaction of its last change, tombstones, and remembered answers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createFolding(db)
  await extendTask(db)
  await createDeletedTask(db)
  await createIdempotencyKey(db)
  await announceChanges(db)
}

// The first one that the server has. Upper case knows no context, where lower case writes a sigma by its place.
const caseCollations = ['pg_unicode_fast', 'und-x-icu', 'pg_c_utf8', 'default']

// Functions of our own, so that a column and a search word are folded by the same rules, whatever the server's locale.
async function createFolding(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select collname as name from pg_catalog.pg_collation
    where collnamespace = 'pg_catalog'::regnamespace and collname = any(${caseCollations})
      and collencoding in (-1, pg_char_to_encoding(getdatabaseencoding()))
    order by array_position(${caseCollations}, collname::text)`.execute(db)
  const collation = sql.id('pg_catalog', rows[0]?.name ?? 'default')
  await sql`
    create function tend_search_text(value text) returns text
    language sql immutable strict parallel safe
    return upper(normalize(value, NFC) collate ${collation})`.execute(db)
  // Decomposed, a letter with an accent stands next to its base letter also in the order of code points.
  await sql`
    create function tend_title_key(title text) returns text
    language sql immutable strict parallel safe
    return upper(normalize(title, NFKD) collate ${collation})`.execute(db)
}

async function extendTask(db: Kysely<unknown>): Promise<void> {
  await sql`create type task_priority as enum ('none', 'low', 'medium', 'high')`.execute(db)
  await sql`
    alter table task
      add column due_date date,
      add column priority task_priority not null default 'none',
      add column labels text[] not null default '{}' constraint task_labels check (
        cardinality(labels) <= 10
        and array_position(labels, null) is null
        and char_length(array_to_string(labels, '')) <= 300
      ),
      add column deleted_at timestamptz(3),
      add column change_xid bigint not null default (pg_current_xact_id()::text::bigint),
      add column search_text text collate "C" not null
        generated always as (tend_search_text(title || E'\n' || coalesce(description, ''))) stored,
      add column title_key text collate "C" not null
        generated always as (tend_title_key(title)) stored`.execute(db)
  await sql`
    create index task_open_idx on task (user_id, coalesce(due_date, 'infinity'), id)
    where deleted_at is null and not is_completed`.execute(db)
  await sql`create index task_change_idx on task (user_id, change_xid, id)`.execute(db)
  await sql`
    create index task_deleted_at_idx on task (deleted_at) where deleted_at is not null`.execute(db)
}

async function createDeletedTask(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deleted_task (
      user_id uuid not null references "user" (id) on delete cascade,
      id uuid not null,
      change_xid bigint not null default (pg_current_xact_id()::text::bigint),
      deleted_at timestamptz(3) not null default now(),
      primary key (user_id, id)
    )`.execute(db)
  await sql`create index deleted_task_change_idx on deleted_task (user_id, change_xid, id)`.execute(
    db,
  )
  await sql`create index deleted_task_deleted_at_idx on deleted_task (deleted_at)`.execute(db)
  await isolateUsers(db, 'deleted_task')
}

async function createIdempotencyKey(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_key (
      user_id uuid not null references "user" (id) on delete cascade,
      key text not null,
      request_hash text not null,
      answer jsonb not null,
      created_at timestamptz(3) not null,
      primary key (user_id, key)
    )`.execute(db)
  await sql`create index idempotency_key_created_at_idx on idempotency_key (created_at)`.execute(db)
  await isolateUsers(db, 'idempotency_key')
}

async function announceChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function mark_task_change() returns trigger language plpgsql as $$
    begin
      new.change_xid := pg_current_xact_id()::text::bigint;
      return new;
    end $$`.execute(db)
  await sql`
    create function announce_task_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        -- The tasks of an account that goes leave nothing behind, and nobody listens.
        if not exists (select from "user" where id = old.user_id) then return null; end if;
        insert into deleted_task (user_id, id) values (old.user_id, old.id)
        on conflict (user_id, id) do update
          set change_xid = excluded.change_xid, deleted_at = excluded.deleted_at;
        perform pg_notify('tend_task_changed', old.user_id::text);
      else
        perform pg_notify('tend_task_changed', new.user_id::text);
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger mark_task_change before update on task
    for each row when (old.updated_at is distinct from new.updated_at) execute function mark_task_change()`.execute(
    db,
  )
  await sql`
    create trigger announce_new_task after insert or delete on task
    for each row execute function announce_task_change()`.execute(db)
  await sql`
    create trigger announce_task_change after update on task
    for each row when (old.updated_at is distinct from new.updated_at) execute function announce_task_change()`.execute(
    db,
  )
}

// As in 0002: `forUser` sets who it is, and without it a query fails.
async function isolateUsers(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.id(table)
  await sql`
    create policy ${sql.id(`${table}_of_user`)} on ${name} using (
      user_id = (select nullif(current_setting('tend.user_id'), 'everyone')::uuid)
      or (select current_setting('tend.user_id') = 'everyone')
    )`.execute(db)
  const citus = await sql`select from pg_extension where extname = 'citus'`.execute(db)
  if (citus.rows.length > 0) return
  await sql`alter table ${name} enable row level security`.execute(db)
  await sql`alter table ${name} force row level security`.execute(db)
}
