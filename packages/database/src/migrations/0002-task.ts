import { type Kysely, sql } from 'kysely'

/** Makes the table of tasks, each of one person, and lets PostgreSQL itself keep people apart. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table task (
      user_id uuid not null references "user" (id) on delete cascade,
      id uuid not null,
      title text not null constraint task_title_length check (char_length(title) between 1 and 200),
      description text constraint task_description_length check (char_length(description) <= 10000),
      is_completed boolean not null default false,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      primary key (user_id, id)
    )`.execute(db)
  await isolateUsers(db)
}

// The setting comes from `forUser`. Without it a query on task fails rather than come back empty. As subselects
// both sides are computed once a query, not once a row. 'everyone' is for work on the whole table, as by pg_dump
// with PGOPTIONS='-c tend.user_id=everyone' and --enable-row-security.
async function isolateUsers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create policy task_of_user on task using (
      user_id = (select nullif(current_setting('tend.user_id'), 'everyone')::uuid)
      or (select current_setting('tend.user_id') = 'everyone')
    )`.execute(db)
  // Citus does not carry the setting to its worker nodes, where every query would fail.
  const citus = await sql`select from pg_extension where extname = 'citus'`.execute(db)
  if (citus.rows.length > 0) return
  await sql`alter table task enable row level security`.execute(db)
  // Without force the owner, the one role of a usual DATABASE_URL, would not be bound by the policy.
  await sql`alter table task force row level security`.execute(db)
}
