import { priorities, type Task } from '@tend/contracts'
import type { FollowedEvent } from '@tend/contracts/client'
import {
  type Guard,
  hasFields,
  isEither,
  isFlag,
  isListOf,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
} from '../../../api/guards.ts'

const isTask: Guard<Task> = hasFields({
  id: isText,
  title: isText,
  description: isNullOr(isText),
  isCompleted: isFlag,
  dueDate: isNullOr(isText),
  priority: isOneOf(priorities),
  labels: isListOf(isText),
  createdAt: isText,
  updatedAt: isText,
})

/** Whether what another tab says is an event; a tab may be of another version. */
export const isFollowedEvent: Guard<FollowedEvent> = isEither([
  hasFields({ type: isOneOf(['task.created']), task: isTask }),
  hasFields({ type: isOneOf(['task.updated']), task: isTask }),
  hasFields({ type: isOneOf(['task.deleted']), id: isText }),
  hasFields({ type: isOneOf(['stream.open']), isResumed: isFlag }),
  hasFields({ type: isOneOf(['stream.lost']), retryIn: isNumber }),
])
