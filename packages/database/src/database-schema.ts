import type { ColumnType, Generated, GeneratedAlways, Insertable, Selectable } from 'kysely'

/** A UUID the database makes when the insert names none; it never changes afterwards. */
type GeneratedId = ColumnType<string, string | undefined, never>

/** Set at insert, never changed. */
type Fixed<T> = ColumnType<T, T, never>

/**
 * A `timestamptz`: read as `Timestamp` (a `Date`, or an RFC 3339 string, see `connectDatabase`), written as either.
 */
type Moment<Timestamp> = ColumnType<Timestamp, Date | string, Date | string>

type DefaultedMoment<Timestamp> = ColumnType<Timestamp, Date | string | undefined, Date | string>

type OptionalMoment<Timestamp> = ColumnType<
  Timestamp | null,
  Date | string | null | undefined,
  Date | string | null
>

type UserTable<Timestamp> = {
  id: GeneratedId
  name: string
  email: string
  email_verified: boolean
  image: string | null
  created_at: DefaultedMoment<Timestamp>
  updated_at: DefaultedMoment<Timestamp>
}

type SessionTable<Timestamp> = {
  id: GeneratedId
  expires_at: Moment<Timestamp>
  token: string
  created_at: DefaultedMoment<Timestamp>
  updated_at: Moment<Timestamp>
  ip_address: string | null
  user_agent: string | null
  user_id: Fixed<string>
}

type AccountTable<Timestamp> = {
  id: GeneratedId
  account_id: string
  provider_id: string
  user_id: Fixed<string>
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: OptionalMoment<Timestamp>
  refresh_token_expires_at: OptionalMoment<Timestamp>
  scope: string | null
  password: string | null
  created_at: DefaultedMoment<Timestamp>
  updated_at: Moment<Timestamp>
}

type VerificationTable<Timestamp> = {
  id: GeneratedId
  identifier: string
  value: string
  expires_at: Moment<Timestamp>
  created_at: DefaultedMoment<Timestamp>
  updated_at: DefaultedMoment<Timestamp>
}

type RateLimitTable = {
  id: GeneratedId
  key: string
  count: number
  /** Milliseconds since 1970. */
  last_request: number
}

type EndedSessionTable<Timestamp> = {
  session_id: Fixed<string>
  ended_at: DefaultedMoment<Timestamp>
}

type TaskTable<Timestamp> = {
  user_id: Fixed<string>
  id: Fixed<string>
  title: string
  description: string | null
  is_completed: Generated<boolean>
  /** A calendar day, `2026-11-21`. */
  due_date: ColumnType<string | null, string | null | undefined, string | null>
  priority: Generated<'none' | 'low' | 'medium' | 'high'>
  labels: Generated<string[]>
  created_at: ColumnType<Timestamp, Date | string, never>
  updated_at: Moment<Timestamp>
  /** When it went to the trash; null outside. */
  deleted_at: OptionalMoment<Timestamp>
  /** The transaction of the last change, set by a trigger. */
  change_xid: ColumnType<number, never, never>
  /** Title and description folded for search. */
  search_text: GeneratedAlways<string>
  /** The title folded for sorting. */
  title_key: GeneratedAlways<string>
}

/** A task that was deleted for good, remembered for those who follow the changes. */
type DeletedTaskTable<Timestamp> = {
  user_id: Fixed<string>
  id: Fixed<string>
  change_xid: ColumnType<number, never, never>
  deleted_at: ColumnType<Timestamp, never, never>
}

/** The answer to a request that may be sent again with the same key. */
type IdempotencyKeyTable<Timestamp> = {
  user_id: Fixed<string>
  key: string
  request_hash: string
  /** JSON, written as text. */
  answer: ColumnType<unknown, string, string>
  created_at: Moment<Timestamp>
}

/**
 * The tables every part of the server may name. Those that belong to one person are not among them:
 * see `UserDatabaseSchema`.
 */
export type DatabaseSchema<Timestamp extends Date | string = Date> = {
  user: UserTable<Timestamp>
  session: SessionTable<Timestamp>
  account: AccountTable<Timestamp>
  verification: VerificationTable<Timestamp>
  rate_limit: RateLimitTable
  /** Sessions that ended lately, written by a trigger. */
  ended_session: EndedSessionTable<Timestamp>
}

/** The tables whose rows each belong to one person and are only reached through `forUser`. */
export type UserOwnedTables<Timestamp extends Date | string = Date> = {
  task: TaskTable<Timestamp>
  deleted_task: DeletedTaskTable<Timestamp>
  idempotency_key: IdempotencyKeyTable<Timestamp>
}

/** What a query sees when it runs for one person: `DatabaseSchema` and that person's own rows. */
export type UserDatabaseSchema<Timestamp extends Date | string = Date> = DatabaseSchema<Timestamp> &
  UserOwnedTables<Timestamp>

/** A row of `task` as a select gives it. */
export type TaskRow<Timestamp extends Date | string = Date> = Selectable<TaskTable<Timestamp>>

/** A row of `task` as an insert takes it. */
export type NewTask = Insertable<TaskTable<Date>>
