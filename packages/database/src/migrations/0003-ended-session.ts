import { type Kysely, sql } from 'kysely'

/**
 * Remembers every session that ends, whoever ends it and however: access tokens outlive their session, and those who
 * verify them ask here. The trigger runs in the transaction that ends the session, so neither can happen without the other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ended_session (
      session_id uuid primary key,
      ended_at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index ended_session_ended_at_idx on ended_session (ended_at)`.execute(db)
  await sql`
    create function record_ended_session() returns trigger language plpgsql as $$
    begin
      insert into ended_session (session_id) values (old.id) on conflict do nothing;
      perform pg_notify('tend_session_ended', old.id::text);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger record_ended_session after delete on session
    for each row execute function record_ended_session()`.execute(db)
}
