import { z } from 'zod'
import { list } from './list.ts'
import { MOST_LABELS, priorities, taskSorts, taskStatuses, taskTextRules } from './task-rules.ts'
import { text } from './text.ts'

const titleSchema = text(taskTextRules.title)
const descriptionSchema = text(taskTextRules.description)

// PostgreSQL knows no year 0.
const hasYear = (value: string) => value >= '0001'
const noYear = 'Must be in the year 1 or later'

/** A calendar day without a time zone, as in `2026-11-21`: the day that the person means, wherever they are. */
export const dateSchema = z.iso.date().refine(hasYear, noYear)

/** How much a task matters, from the least to the most. */
export const prioritySchema = z.enum(priorities)

/** One label, trimmed. Labels that differ in case are different labels. */
export const labelSchema = text(taskTextRules.label)

const labelsSchema = list(labelSchema, {
  max: MOST_LABELS,
  message: `Must have at most ${MOST_LABELS} labels`,
})
  .refine((labels) => new Set(labels).size === labels.length, 'Must not name a label twice')
  .meta({ uniqueItems: true })

/** A moment: RFC 3339 in UTC with milliseconds, as in `2026-11-21T09:30:00.000Z`. */
export const timestampSchema = z.iso.datetime({ precision: 3 }).refine(hasYear, noYear)

/** A task as every part of Tend sees it. */
export const taskSchema = z
  .object({
    id: z.uuidv7(),
    title: titleSchema,
    description: descriptionSchema.nullable(),
    isCompleted: z.boolean(),
    dueDate: dateSchema.nullable(),
    priority: prioritySchema,
    labels: labelsSchema,
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: 'Task' })

/** What creating a task takes. The title is trimmed. */
export const createTaskSchema = z
  .strictObject({
    title: titleSchema,
    description: descriptionSchema.nullable().optional(),
    dueDate: dateSchema.nullable().optional(),
    priority: prioritySchema.optional(),
    labels: labelsSchema.optional(),
  })
  .meta({ id: 'CreateTask' })

/** What changing a task takes: at least one field; fields left out stay as they are. */
export const updateTaskSchema = z
  .strictObject({
    title: titleSchema.optional(),
    description: descriptionSchema.nullable().optional(),
    isCompleted: z.boolean().optional(),
    dueDate: dateSchema.nullable().optional(),
    priority: prioritySchema.optional(),
    labels: labelsSchema.optional(),
  })
  .refine((update) => Object.values(update).some((value) => value !== undefined), {
    message: 'Name at least one field to change',
  })
  .meta({ id: 'UpdateTask', minProperties: 1 })

const limitSchema = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/, 'Must be a whole number')
      .transform(Number),
  ])
  .pipe(z.int().min(1).max(100))

const todaySchema = dateSchema
  .optional()
  .meta({ description: "The person's own date; without it, the date in UTC." })

/**
 * The query of a task list. `cursor` is the `nextCursor` of the page before, and opaque; it belongs to its query and is refused
 * with another. `overdue` means open and due before today; `week` means due from today to six days on.
 */
export const listTasksQuerySchema = z.strictObject({
  limit: limitSchema.default(50).meta({ type: 'integer', minimum: 1, maximum: 100 }),
  cursor: z.string().min(1).max(2048).optional(),
  status: z.enum(taskStatuses).default('all'),
  q: text(taskTextRules.search).optional(),
  label: labelSchema.optional(),
  due: z.enum(['overdue', 'today', 'week', 'none']).optional(),
  today: todaySchema,
  sort: z.enum(taskSorts).default('newest'),
})

/** One page of tasks in the order that was asked for; `nextCursor` is null on the last page. */
export const taskPageSchema = z
  .object({ items: z.array(taskSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'TaskPage' })

/** `permanent=true` deletes for good, also what is in the trash already. */
export const deleteTaskQuerySchema = z.strictObject({
  permanent: z.enum(['true', 'false']).optional(),
})

/** How many tasks there are. `deleted` are those in the trash, which count nowhere else. */
export const taskCountsSchema = z
  .object({ open: z.int(), completed: z.int(), overdue: z.int(), deleted: z.int() })
  .meta({ id: 'TaskCounts' })

/** The query of the counts: what is overdue or due today depends on the person's own date. */
export const taskCountsQuerySchema = z.strictObject({ today: todaySchema })

/** What a sidebar shows beside the counts: open tasks by view and by label, labels in alphabetical order. */
export const taskSummarySchema = z
  .object({
    today: z.int().meta({ description: 'Open tasks due today or before.' }),
    upcoming: z.int().meta({ description: 'Open tasks due after today.' }),
    labels: z.array(z.object({ label: labelSchema, open: z.int() })),
  })
  .meta({ id: 'TaskSummary' })

/** Several tasks at once. */
export const bulkTasksSchema = z
  .strictObject({
    ids: list(z.guid(), { max: 100 }).min(1),
    action: z.enum(['complete', 'reopen', 'delete', 'restore']),
  })
  .meta({ id: 'BulkTasks' })

/** Which of the named tasks were reached; a task that is already as asked counts as updated. */
export const bulkTasksResultSchema = z
  .object({ updated: z.array(z.guid()), notFound: z.array(z.guid()) })
  .meta({ id: 'BulkTasksResult' })

/** The query of an export. */
export const exportTasksQuerySchema = z.strictObject({
  format: z.enum(['json', 'csv']).default('json'),
})

/** The JSON export: all tasks outside the trash, oldest first. */
export const taskExportSchema = z
  .object({ version: z.literal(1), exportedAt: timestampSchema, tasks: z.array(taskSchema) })
  .meta({ id: 'TaskExport' })

/** What an import takes: a JSON export, strictly. */
export const importTasksSchema = z
  .strictObject({
    ...taskExportSchema.shape,
    tasks: list(z.strictObject(taskSchema.shape)),
  })
  .meta({ id: 'ImportTasks' })

/** What an import did: tasks are recognised by id, and those that exist, in the trash too, are left as they are. */
export const importTasksResultSchema = z
  .object({ added: z.int(), existing: z.int() })
  .meta({ id: 'ImportTasksResult' })

/** One change, as the event stream sends it. */
export const taskEventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('task.created'), task: taskSchema }),
    z.object({ type: z.literal('task.updated'), task: taskSchema }),
    z.object({ type: z.literal('task.deleted'), id: z.uuidv7() }),
  ])
  .meta({ id: 'TaskEvent' })

/** A task's id in a path: any UUID is well formed, whether or not a task has it. */
export const taskParamsSchema = z.strictObject({ id: z.guid() })

export type Task = z.infer<typeof taskSchema>
export type CreateTask = z.infer<typeof createTaskSchema>
export type UpdateTask = z.infer<typeof updateTaskSchema>
export type ListTasksQuery = z.infer<typeof listTasksQuerySchema>
export type TaskPage = z.infer<typeof taskPageSchema>
export type Priority = z.infer<typeof prioritySchema>
export type TaskCounts = z.infer<typeof taskCountsSchema>
export type TaskSummary = z.infer<typeof taskSummarySchema>
export type BulkTasks = z.infer<typeof bulkTasksSchema>
export type BulkTasksResult = z.infer<typeof bulkTasksResultSchema>
export type TaskExport = z.infer<typeof taskExportSchema>
export type ImportTasksResult = z.infer<typeof importTasksResultSchema>
export type TaskEvent = z.infer<typeof taskEventSchema>
