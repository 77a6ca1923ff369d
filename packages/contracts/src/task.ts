import { z } from 'zod'
import { text } from './text.ts'

const titleSchema = text({ min: 1, max: 200, trim: true })
const descriptionSchema = text({ max: 10_000 })

/** A moment: RFC 3339 in UTC with milliseconds, as in `2026-11-21T09:30:00.000Z`. */
export const timestampSchema = z.iso.datetime({ precision: 3 })

/** A task as every part of Tend sees it. */
export const taskSchema = z
  .object({
    id: z.uuidv7(),
    title: titleSchema,
    description: descriptionSchema.nullable(),
    isCompleted: z.boolean(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: 'Task' })

/** What creating a task takes. The title is trimmed. */
export const createTaskSchema = z
  .strictObject({
    title: titleSchema,
    description: descriptionSchema.nullable().optional(),
  })
  .meta({ id: 'CreateTask' })

/** What changing a task takes: at least one field; fields left out stay as they are. */
export const updateTaskSchema = z
  .strictObject({
    title: titleSchema.optional(),
    description: descriptionSchema.nullable().optional(),
    isCompleted: z.boolean().optional(),
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

/** The query of a task list. `cursor` is the `nextCursor` of the page before, and opaque. */
export const listTasksQuerySchema = z.strictObject({
  limit: limitSchema.default(50).meta({ type: 'integer', minimum: 1, maximum: 100 }),
  cursor: z.string().min(1).max(512).optional(),
})

/** One page of tasks, newest first; `nextCursor` is null on the last page. */
export const taskPageSchema = z
  .object({ items: z.array(taskSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'TaskPage' })

/** A task's id in a path: any UUID is well formed, whether or not a task has it. */
export const taskParamsSchema = z.strictObject({ id: z.guid() })

export type Task = z.infer<typeof taskSchema>
export type CreateTask = z.infer<typeof createTaskSchema>
export type UpdateTask = z.infer<typeof updateTaskSchema>
export type ListTasksQuery = z.infer<typeof listTasksQuerySchema>
export type TaskPage = z.infer<typeof taskPageSchema>

/**
 * The strong entity tag of a task (RFC 9110, section 8.8.3). Every change moves `updatedAt` forward by at
 * least a millisecond, so a task taken from a list is enough to make a conditional request.
 */
export function taskETag(task: Pick<Task, 'updatedAt'>): string {
  return `"${Date.parse(task.updatedAt).toString(36)}"`
}
