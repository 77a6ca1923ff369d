import { createTaskSchema } from '@tend/contracts'
import { z } from 'zod'
import { draftPrefixOf, findDraftPlace } from '../../../api/browser-drafts.ts'
import { createDraftBox, type DraftBox } from './draft-box.ts'

const quickAddDraftSchema = z.object({
  text: z.string(),
  /** Texts that look like a date, a priority or a label and are none: the person took their chips away. */
  ignore: z.array(z.string()),
  /** Several lines pasted at once, before it is known whether they are one task or several. */
  lines: z.array(z.string()),
})

/** A new task on its way to the server, or waiting to be sent again. */
export const unsentTaskSchema = z.object({
  body: createTaskSchema,
  /** The words as they were typed, when they have not been read for dates, priorities and labels yet. */
  unread: z
    .object({
      text: z.string(),
      today: z.string(),
      ignore: z.array(z.string()),
      dueDate: z.string().nullable(),
      label: z.string().nullable(),
    })
    .nullable(),
  /** Milliseconds of the clock here. */
  writtenAt: z.number(),
  /** The Idempotency-Key, and when it was sent for the first time; null before that. */
  sent: z.object({ key: z.string(), at: z.number() }).nullable(),
  /** Why it is not saved; null as long as nobody knows that it is not. */
  failure: z
    .object({
      reason: z.string(),
      /** Whether sending the same again later may help. */
      mayPass: z.boolean(),
      /** A task of the same words that was there when the key was too old to tell. */
      isThere: z.boolean(),
    })
    .nullable(),
})

/** The fields that are typed or chosen, as text: an empty date or description is none. */
const editDraftSchema = z.object({
  taskId: z.string(),
  title: z.string(),
  field: z.enum(['title', 'description', 'dueDate', 'priority']),
  /** What the field said when the person began. */
  base: z.string(),
  typed: z.string(),
  /** Why it is not saved; null as long as nobody tried. */
  failure: z.string().nullable(),
})

export type QuickAddDraft = z.infer<typeof quickAddDraftSchema>

export type UnsentTask = z.infer<typeof unsentTaskSchema>

/** A change of a task's field that the server does not have yet. */
export type EditDraft = z.infer<typeof editDraftSchema>

/** What a person has typed and the server does not have yet. */
export type TaskDrafts = {
  quickAdd: DraftBox<QuickAddDraft>
  unsent: DraftBox<UnsentTask>
  edits: DraftBox<EditDraft>
}

let opened: { userId: string; drafts: TaskDrafts } | null = null

/**
 * Opens what a person typed before the page went away: reloaded, closed, or left for signing in again. It is kept under
 * the person's id, so that nobody finds another one's words in a list of theirs.
 */
export function openTaskDrafts(userId: string): TaskDrafts {
  if (opened?.userId !== userId) {
    const place = findDraftPlace()
    const prefix = draftPrefixOf(userId)
    opened = {
      userId,
      drafts: {
        quickAdd: createDraftBox(`${prefix}quick-add.`, quickAddDraftSchema, place),
        unsent: createDraftBox(`${prefix}unsent.`, unsentTaskSchema, place),
        edits: createDraftBox(`${prefix}edit.`, editDraftSchema, place),
      },
    }
  }
  return opened.drafts
}
