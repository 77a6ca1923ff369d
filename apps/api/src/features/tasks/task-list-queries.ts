import type { ListTasksQuery, Task, TaskCounts, TaskSummary } from '@tend/contracts'
import { forUser } from '@tend/database/for-user'
import { defineUserStatement, type Param, type UserStatement } from '@tend/database/user-statement'
import { type RawBuilder, sql } from 'kysely'
import { type TaskDatabase, taskColumns } from './task-database.ts'
import { type TaskPlace, type TaskSort, taskSorts } from './task-sort.ts'

/** Which tasks of a person are listed. `today` is the person's own date. */
export type TaskConditions = Pick<ListTasksQuery, 'status' | 'q' | 'label' | 'due'> & {
  today: string
}

/** Reads up to `limit` tasks, beginning behind the place `after`. */
export function listTasks(
  db: TaskDatabase,
  userId: string,
  conditions: TaskConditions,
  { sort, limit, after }: { sort: TaskSort; limit: number; after?: TaskPlace | undefined },
): Promise<Task[]> {
  if (isPlain(conditions) && sort === 'newest') return listNewest(db, userId, { limit, after })
  const { direction, key } = taskSorts[sort]
  const matching = forUser(db, userId)
    .selectFrom('task')
    .select(taskColumns)
    .where('user_id', '=', userId)
    .where(({ and }) => and([...describeConditions(conditions), ...isBehind(sort, after)]))
    .limit(limit)
  const ordered = key === null ? matching : matching.orderBy(key.column, direction)
  return ordered.orderBy('id', direction).execute()
}

function isPlain({ status, q, label, due }: TaskConditions): boolean {
  return status === 'all' && (q ?? label ?? due) === undefined
}

type PageParams = { userId: string; after: string }

const newestPages = new Map<number, { first: Statement<PageParams>; next: Statement<PageParams> }>()

type Statement<Params> = UserStatement<Params, Task>

/**
 * The list that is asked for most, which an index gives page by page. The limit stands in the statement: a plan for any limit
 * would be one for long pages.
 */
function listNewest(
  db: TaskDatabase,
  userId: string,
  { limit, after }: { limit: number; after?: TaskPlace | undefined },
): Promise<Task[]> {
  const pages = newestPages.get(limit) ?? defineNewestPages(limit)
  newestPages.set(limit, pages)
  return after === undefined
    ? pages.first.run(db, userId, { userId, after: '' })
    : pages.next.run(db, userId, { userId, after: after.id })
}

function defineNewestPages(limit: number) {
  const define = (isNext: boolean) =>
    defineUserStatement((db, param: Param<PageParams>) =>
      db
        .selectFrom('task')
        .select(taskColumns)
        .where('user_id', '=', param('userId'))
        .where('deleted_at', 'is', null)
        .$if(isNext, (page) => page.where('id', '<', param('after')))
        .orderBy('id', 'desc')
        .limit(sql.lit(limit)),
    )
  return { first: define(false), next: define(true) }
}

/** Counts the tasks of a person. */
export function countTasks(db: TaskDatabase, userId: string, today: string): Promise<TaskCounts> {
  return forUser(db, userId)
    .selectFrom('task')
    .select([
      countWhere(sql`${isKept} and not is_completed`).as('open'),
      countWhere(sql`${isKept} and is_completed`).as('completed'),
      countWhere(sql`${isKept} and not is_completed and due_date < ${today}::date`).as('overdue'),
      countWhere(sql`deleted_at is not null`).as('deleted'),
    ])
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
}

/** Counts the open tasks of a person that are due up to today, and those due later. */
export function countDueTasks(
  db: TaskDatabase,
  userId: string,
  today: string,
): Promise<Pick<TaskSummary, 'today' | 'upcoming'>> {
  return forUser(db, userId)
    .selectFrom('task')
    .select([
      countWhere(sql`due_date <= ${today}::date`).as('today'),
      countWhere(sql`due_date > ${today}::date`).as('upcoming'),
    ])
    .where('user_id', '=', userId)
    .where(isOpen)
    .executeTakeFirstOrThrow()
}

/** Counts the open tasks of a person by label, in no order. */
export function countLabels(db: TaskDatabase, userId: string): Promise<TaskSummary['labels']> {
  return forUser(db, userId)
    .selectFrom('task')
    .select([sql<string>`unnest(labels)`.as('label'), sql<number>`count(*)`.as('open')])
    .where('user_id', '=', userId)
    .where(isOpen)
    .groupBy('label')
    .execute()
}

// `isOpen` is the very condition of the index task_open_idx.
const isKept = sql<boolean>`deleted_at is null`
const isOpen = sql<boolean>`deleted_at is null and not is_completed`

const statusConditions: Record<ListTasksQuery['status'], RawBuilder<boolean>> = {
  all: isKept,
  open: isOpen,
  completed: sql`deleted_at is null and is_completed`,
  deleted: sql`deleted_at is not null`,
}

function describeConditions(conditions: TaskConditions): RawBuilder<boolean>[] {
  const { status, q, label, due, today } = conditions
  return [
    statusConditions[status],
    // Not LIKE: it would need its wildcards escaped, and is slower. In a subselect the words are folded once, not for each row.
    ...(q === undefined
      ? []
      : [sql<boolean>`strpos(search_text, (select tend_search_text(${q}))) > 0`]),
    ...(label === undefined ? [] : [sql<boolean>`${label} = any(labels)`]),
    ...(due === undefined ? [] : [dueConditions[due](today)]),
  ]
}

type Due = NonNullable<ListTasksQuery['due']>

// On the expression that the index holds; a task without a date is due in infinity.
const dueDate = sql`coalesce(due_date, 'infinity')`

const dueConditions: Record<Due, (today: string) => RawBuilder<boolean>> = {
  overdue: (today) => sql`not is_completed and ${dueDate} < ${today}::date`,
  today: (today) => sql`${dueDate} = ${today}::date`,
  week: (today) => sql`${dueDate} between ${today}::date and ${today}::date + 6`,
  none: () => sql`${dueDate} = 'infinity'`,
}

function isBehind(sort: TaskSort, after: TaskPlace | undefined): RawBuilder<boolean>[] {
  if (after === undefined) return []
  const { direction, key } = taskSorts[sort]
  const operator = direction === 'asc' ? sql.raw('>') : sql.raw('<')
  if (key === null) return [sql<boolean>`id ${operator} ${after.id}::uuid`]
  return [
    sql<boolean>`(${key.column}, id) ${operator} (${key.asSql(after.key)}, ${after.id}::uuid)`,
  ]
}

function countWhere(condition: RawBuilder<unknown>) {
  return sql<number>`count(*) filter (where ${condition})`
}
