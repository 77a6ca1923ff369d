import {
  dateSchema,
  type ListTasksQuery,
  prioritySchema,
  type Task,
  timestampSchema,
} from '@tend/contracts'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/** The name of an order in which a list can be read. */
export type TaskSort = ListTasksQuery['sort']

/** Where a page ends: the last task's id, and what it is sorted by ahead of that; empty when it is the id alone. */
export type TaskPlace = { id: string; key: string }

type SortOrder = {
  direction: 'asc' | 'desc'
  /** What is compared ahead of the id; null is nothing. */
  key: {
    column: RawBuilder<unknown>
    of: (task: Task) => string
    /** Whatever a forged cursor holds, PostgreSQL must be able to read it. */
    schema: z.ZodType<string>
    asSql: (key: string) => RawBuilder<unknown>
  } | null
}

/** The orders. All end in the id, so that no two tasks have the same place. */
export const taskSorts: Record<TaskSort, SortOrder> = {
  newest: { direction: 'desc', key: null },
  oldest: { direction: 'asc', key: null },
  due: {
    direction: 'asc',
    key: {
      // Tasks without a date come last.
      column: sql`coalesce(due_date, 'infinity')`,
      of: (task) => task.dueDate ?? 'infinity',
      schema: z.union([dateSchema, z.literal('infinity')]),
      asSql: (key) => sql`${key}::date`,
    },
  },
  priority: {
    direction: 'desc',
    key: {
      column: sql`priority`,
      of: (task) => task.priority,
      schema: prioritySchema,
      asSql: (key) => sql`${key}::task_priority`,
    },
  },
  title: {
    direction: 'asc',
    key: {
      column: sql`title_key`,
      of: (task) => task.title,
      schema: z.string().regex(/^[^\0]{1,400}$/s),
      // In a subselect it is folded once, not for each row.
      asSql: (key) => sql`(select tend_title_key(${key}))`,
    },
  },
  updated: {
    direction: 'desc',
    key: {
      column: sql`updated_at`,
      of: (task) => task.updatedAt,
      schema: timestampSchema,
      asSql: (key) => sql`${key}::timestamptz`,
    },
  },
}

/** The place of a task in an order. */
export function findPlace(sort: TaskSort, task: Task): TaskPlace {
  return { id: task.id, key: taskSorts[sort].key?.of(task) ?? '' }
}

/** Whether a place can be one of this order. */
export function isPlace(sort: TaskSort, { key }: TaskPlace): boolean {
  const { key: sortKey } = taskSorts[sort]
  return sortKey === null ? key === '' : sortKey.schema.safeParse(key).success
}
