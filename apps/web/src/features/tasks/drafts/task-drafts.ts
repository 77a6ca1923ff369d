import { type CreateTask, priorities } from '@tend/contracts'
import { draftPrefixOf, findDraftPlace } from '../../../api/browser-drafts.ts'
import {
  type Guard,
  hasFields,
  isFlag,
  isListOf,
  isMissingOr,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
} from '../../../api/guards.ts'
import { createDraftBox, type DraftBox } from './draft-box.ts'

/** What stands in the field of quick add. */
export type QuickAddDraft = {
  text: string
  /** Texts that look like a date, a priority or a label and are none: the person took their chips away. */
  ignore: string[]
  /** Several lines pasted at once, before it is known whether they are one task or several. */
  lines: string[]
}

/** A new task on its way to the server, or waiting to be sent again. */
export type UnsentTask = {
  body: CreateTask
  /** The words as they were typed, when they have not been read for dates, priorities and labels yet. */
  unread: {
    text: string
    today: string
    ignore: string[]
    dueDate: string | null
    label: string | null
  } | null
  /** Milliseconds of the clock here. */
  writtenAt: number
  /** The Idempotency-Key, and when it was sent for the first time; null before that. */
  sent: { key: string; at: number } | null
  /** Why it is not saved; null as long as nobody knows that it is not. */
  failure: {
    reason: string
    /** Whether sending the same again later may help. */
    mayPass: boolean
    /** A task of the same words that was there when the key was too old to tell. */
    isThere: boolean
  } | null
}

const draftFields = ['title', 'description', 'dueDate', 'priority'] as const

/** A change of a task's field that the server does not have yet. The fields are those that are typed or chosen, as text: an empty date or description is none. */
export type EditDraft = {
  taskId: string
  title: string
  field: (typeof draftFields)[number]
  /** What the field said when the person began. */
  base: string
  typed: string
  /** Why it is not saved; null as long as nobody tried. */
  failure: string | null
}

const isQuickAddDraft: Guard<QuickAddDraft> = hasFields({
  text: isText,
  ignore: isListOf(isText),
  lines: isListOf(isText),
})

const isBody: Guard<CreateTask> = hasFields({
  title: isText,
  description: isMissingOr(isNullOr(isText)),
  dueDate: isMissingOr(isNullOr(isText)),
  priority: isMissingOr(isOneOf(priorities)),
  labels: isMissingOr(isListOf(isText)),
})

/** Whether what was stored is an unsent task. Whether it can be saved is the server's to say. */
export const isUnsentTask: Guard<UnsentTask> = hasFields({
  body: isBody,
  unread: isNullOr(
    hasFields({
      text: isText,
      today: isText,
      ignore: isListOf(isText),
      dueDate: isNullOr(isText),
      label: isNullOr(isText),
    }),
  ),
  writtenAt: isNumber,
  sent: isNullOr(hasFields({ key: isText, at: isNumber })),
  failure: isNullOr(hasFields({ reason: isText, mayPass: isFlag, isThere: isFlag })),
})

const isEditDraft: Guard<EditDraft> = hasFields({
  taskId: isText,
  title: isText,
  field: isOneOf(draftFields),
  base: isText,
  typed: isText,
  failure: isNullOr(isText),
})

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
        quickAdd: createDraftBox(`${prefix}quick-add.`, isQuickAddDraft, place),
        unsent: createDraftBox(`${prefix}unsent.`, isUnsentTask, place),
        edits: createDraftBox(`${prefix}edit.`, isEditDraft, place),
      },
    }
  }
  return opened.drafts
}
