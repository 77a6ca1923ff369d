import type { BulkTasks, CreateTask, Task } from '@tend/contracts'
import { announce } from '../../../components/ui/live-region.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { countTasks } from './count-tasks.ts'
import type { createTaskSender } from './create-task-sender.ts'
import { quoteTitle } from './quote-title.ts'
import { sayFailure } from './say-failure.ts'
import { differingFields, isEmpty, type TaskFields, valuesOf } from './task-fields.ts'
import { createUndoStack, type Undoable } from './undo-stack.ts'

/** How long a message with Undo stays, in milliseconds. */
const UNDO_TIME = 8000

/** What a person can do with tasks. Each shows at once, and but for adding and deleting for good can be undone. */
export type TaskActions = ReturnType<typeof createTaskActions>

/** Makes the actions of one page, which share one undo stack. */
export function createTaskActions(sender: ReturnType<typeof createTaskSender>) {
  const undoStack = createUndoStack()

  /** Follows a change that shows its failure by itself. One that is an undoing leaves no step behind. */
  function follow(answer: Promise<unknown>, id: string, failure: string, step: Undoable | null) {
    if (step !== null) undoStack.push(step)
    answer.catch((error: unknown) => {
      if (step !== null) undoStack.forget(step)
      else toast.dismiss(UNDO_MESSAGE)
      sayFailure(id, failure, error)
    })
  }

  function offerUndo(id: string, sentence: string, step: Undoable): void {
    const onClick = () => {
      undoStack.undo(step)
      announce(step.outcome)
    }
    toast(sentence, { id, duration: UNDO_TIME, action: { label: 'Undo', onClick } })
  }

  function complete(task: Task, isCompleted: boolean, step: Undoable | null): void {
    const failure = `${quoteTitle(task.title)} could not be ${isCompleted ? 'completed' : 'reopened'}.`
    if (!isCompleted) toast.dismiss(task.id)
    follow(sender.complete(task, isCompleted), task.id, failure, step)
  }

  function restore(task: Task, step: Undoable | null): void {
    toast.dismiss(task.id)
    follow(sender.restore(task), task.id, `${quoteTitle(task.title)} could not be restored.`, step)
  }

  function moveToTrash(task: Task, step: Undoable | null): void {
    const deletion = sender.delete(task).then(() => announce('Task deleted'))
    follow(deletion, task.id, `${quoteTitle(task.title)} could not be deleted.`, step)
  }

  /** Does one thing to several tasks. `onReached` is told which of them it has come through for. */
  function bulk(
    action: BulkTasks['action'],
    tasks: Task[],
    step: Undoable | null,
    onReached: (reached: Task[]) => void = () => {},
  ): void {
    const failed = `${countTasks(tasks.length)} could not be ${participles[action]}.`
    const answer = sender.bulk(action, tasks).then(({ reached, failure }) => {
      const ids = new Set(reached)
      onReached(tasks.filter(({ id }) => ids.has(id)))
      if (failure !== null) sayFailure(BULK_MESSAGE, `${failure.left} of ${failed}`, failure.error)
    })
    follow(answer, BULK_MESSAGE, failed, step)
  }

  /** Changes several tasks, each on its own. What fails is said once for all of them. */
  async function changeEach(changes: Change[], step: Undoable | null): Promise<void> {
    if (step !== null) undoStack.push(step)
    const answers = changes.map(({ seen, fields }) => sender.change(seen, fields))
    const failures = (await Promise.allSettled(answers)).flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason] : [],
    )
    if (failures.length === 0) return
    if (step !== null && failures.length === changes.length) undoStack.forget(step)
    const failure = `${failures.length} of ${countTasks(changes.length)} could not be changed.`
    sayFailure(BULK_MESSAGE, failure, failures[0])
  }

  return {
    /** Adds a task under a key of `createAdditionKey`. A failure is the caller's to keep: sent again under the same key, the task is added once. */
    async addTask(key: string, task: CreateTask): Promise<Task> {
      const added = await sender.add(key, task)
      announce('Task added')
      return added
    },

    /**
     * Changes fields of a task, given as the person saw it. Failures are the caller's to show; an EditConflictError says that the same fields were
     * changed elsewhere.
     */
    async changeTask(task: Task, wanted: TaskFields): Promise<Task> {
      const fields = differingFields(task, wanted)
      if (isEmpty(fields)) return task
      const outcome = `${quoteTitle(task.title)} is as it was`
      const step: Undoable = {
        outcome,
        undo: () => {
          const back = sender.change({ ...task, ...fields }, valuesOf(task, fields))
          follow(back, task.id, `${quoteTitle(task.title)} could not be changed back.`, null)
        },
      }
      undoStack.push(step)
      const changed = await sender.change(task, fields).catch((error: unknown) => {
        undoStack.forget(step)
        throw error
      })
      announce('Task saved')
      return changed
    },

    /** Completes or reopens a task, and offers to undo it. Failing, it says so and the tick goes back. */
    completeTask(task: Task, isCompleted: boolean): void {
      const outcome = isCompleted ? 'Task reopened' : 'Task completed'
      const step = { outcome, undo: () => complete(task, !isCompleted, null) }
      complete(task, isCompleted, step)
      if (isCompleted) offerUndo(task.id, 'Task completed', step)
      else announce('Task reopened')
    },

    /** Moves a task to the trash, and offers to undo it. Failing, it says so and the task is back in its place. */
    deleteTask(task: Task): void {
      const step = { outcome: 'Task restored', undo: () => restore(task, null) }
      moveToTrash(task, step)
      offerUndo(task.id, 'Moved to the trash', step)
    },

    /** Brings a task back from the trash. */
    restoreTask(task: Task): void {
      const step = { outcome: 'Moved to the trash', undo: () => moveToTrash(task, null) }
      restore(task, step)
      offerUndo(task.id, 'Task restored', step)
    },

    /** Does one thing to several tasks, leaving out those that are already as asked, and offers to undo it. */
    changeTasks(action: BulkTasks['action'], tasks: Task[]): void {
      const changing = tasks.filter((task) => !isAsAsked(action, task))
      if (changing.length === 0) return
      const reverse = opposites[action]
      let reached = changing
      const step: Undoable = {
        get outcome() {
          return `${countTasks(reached.length)} ${participles[reverse]}`
        },
        undo: () => {
          toast.dismiss(BULK_MESSAGE)
          bulk(reverse, reached, null)
        },
      }
      bulk(action, changing, step, (those) => {
        reached = those
      })
      offerUndo(BULK_MESSAGE, `${countTasks(changing.length)} ${participles[action]}`, step)
    },

    /** Gives several tasks new values, and offers to undo it for all of them. `become` says in words what they are then. */
    changeFieldsOf(tasks: Task[], want: (task: Task) => TaskFields, become: string): void {
      const changes = tasks
        .map((seen) => ({ seen, fields: differingFields(seen, want(seen)) }))
        .filter(({ fields }) => !isEmpty(fields))
      if (changes.length === 0) return
      const undo = () => {
        toast.dismiss(BULK_MESSAGE)
        const backwards = changes.map(({ seen, fields }) => ({
          seen: { ...seen, ...fields },
          fields: valuesOf(seen, fields),
        }))
        void changeEach(backwards, null)
      }
      const step = { outcome: `${countTasks(changes.length)} as before`, undo }
      void changeEach(changes, step)
      offerUndo(BULK_MESSAGE, `${countTasks(changes.length)} ${become}`, step)
    },

    /** Takes back what was done last on this page, and says what that was. */
    undoLast(): void {
      const outcome = undoStack.undoLast()
      toast(outcome ?? 'There is nothing to undo', { id: UNDO_MESSAGE, duration: 3000 })
    },
  }
}

/** New values for a task as the person saw it. */
type Change = { seen: Task; fields: TaskFields }

const BULK_MESSAGE = 'bulk'

/** What was undone last. */
const UNDO_MESSAGE = 'undo'

const opposites = {
  complete: 'reopen',
  reopen: 'complete',
  delete: 'restore',
  restore: 'delete',
} as const

const participles = {
  complete: 'completed',
  reopen: 'reopened',
  delete: 'moved to the trash',
  restore: 'restored',
} as const

function isAsAsked(action: BulkTasks['action'], { isCompleted }: Task): boolean {
  return (action === 'complete' && isCompleted) || (action === 'reopen' && !isCompleted)
}
