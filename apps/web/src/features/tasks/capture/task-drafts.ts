import { taskSchema } from '@tend/contracts'
import { z } from 'zod'

const unsentTaskSchema = z.object({
  key: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  /** Why it is not saved; null when nobody knows, because the page went away while it was being sent. */
  reason: z.string().nullable(),
  /** When it was sent, in milliseconds. */
  sentAt: z.number(),
})

const draftsSchema = z.object({
  quickAdd: z.string(),
  unsent: z.array(unsentTaskSchema),
  edit: z.object({ task: taskSchema, title: z.string(), description: z.string() }).nullable(),
})

/** A new task that could not be saved, kept until it is sent again or given up. */
export type UnsentTask = z.infer<typeof unsentTaskSchema>

/** What a person has typed and the server does not have yet. */
export type TaskDrafts = z.infer<typeof draftsSchema>

const noDrafts: TaskDrafts = { quickAdd: '', unsent: [], edit: null }

/**
 * Reads what the person typed before the page went away: reloaded, or left for signing in again. It is kept for this
 * tab alone, and under the person's id, so that nobody finds another one's words.
 */
export function readDrafts(userId: string): TaskDrafts {
  try {
    const kept = sessionStorage.getItem(keyOf(userId))
    return kept === null ? noDrafts : draftsSchema.parse(JSON.parse(kept))
  } catch {
    return noDrafts
  }
}

/** Keeps some of what is typed, beside what is kept already. */
export function keepDrafts(userId: string, drafts: Partial<TaskDrafts>): void {
  try {
    const all = { ...readDrafts(userId), ...drafts }
    sessionStorage.setItem(keyOf(userId), JSON.stringify(all))
  } catch {
    // Storage may be full or refused; the words are still in their field.
  }
}

function keyOf(userId: string): string {
  return `tend.drafts.${userId}`
}
