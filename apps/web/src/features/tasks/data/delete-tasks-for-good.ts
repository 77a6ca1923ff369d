import { MutationObserver, type QueryClient } from '@tanstack/react-query'
import { type Task, taskETag } from '@tend/contracts'
import { SessionEndedError } from '@tend/contracts/client'
import type { CallTasks } from '../../../api/create-tend.ts'
import { isProblem } from '../../../api/is-problem.ts'
import { toast } from '../../../components/ui/toast.ts'
import { changesToEnd, taskChangeKey } from './changes-on-their-way.ts'
import { countTasks } from './count-tasks.ts'
import { sayFailure } from './say-failure.ts'
import { refreshTasks, settleDeletions } from './settle-tasks.ts'
import type { TaskChange } from './task-changes.ts'

/** As many tasks as the API gives at once. */
const PAGE_SIZE = 100

/** So many deletions at once leave the browser connections for what else the person does. */
const AT_ONCE = 4

/** After the first of them, deletions are spaced out: a person has a number of requests a minute, and other things to do. */
const UNSPACED = 200

/** Milliseconds between one few and the next. */
const SPACE = 800

/** How it ended: which tasks are gone, how many could not be deleted, and why. */
type Emptying = { gone: Task[]; left: number; failure: Error | null }

/** Reads all that is in the trash now. */
export async function readTrash(call: CallTasks, queryClient: QueryClient): Promise<Task[]> {
  // What is being restored is not in the trash any more.
  await changesToEnd(queryClient, 'restore')
  const trash: Task[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = { status: 'deleted' as const, limit: PAGE_SIZE }
    const answer = await call(({ tasks }) =>
      tasks.list({ query: cursor ? { ...page, cursor } : page }),
    )
    trash.push(...answer.items)
    cursor = answer.nextCursor
  }
  return trash
}

/** Deletes tasks of the trash for good, and says how that went. A task that was restored meanwhile is left alone. */
export async function deleteTasksForGood(
  call: CallTasks,
  queryClient: QueryClient,
  trash: Task[],
): Promise<void> {
  const observer = new MutationObserver<Emptying, Error, TaskChange>(queryClient, {
    mutationKey: taskChangeKey,
    mutationFn: () => deleteInTurn(call, trash),
    onSuccess: ({ gone }) => {
      const ids = gone.map(({ id }) => id)
      settleDeletions(queryClient, ids, 'nowhere')
    },
    onSettled: () => refreshTasks(queryClient),
  })
  try {
    const { gone, left, failure } = await observer.mutate({
      kind: 'delete',
      tasks: trash,
      isPermanent: true,
    })
    if (failure !== null) {
      sayFailure(MESSAGE, `${countTasks(left)} could not be deleted for good.`, failure)
    } else if (gone.length === 0) {
      toast('Nothing was deleted: it has left the trash somewhere else.', { id: MESSAGE })
    } else toast(`${countTasks(gone.length)} deleted for good`, { id: MESSAGE })
  } catch (error) {
    sayFailure(MESSAGE, `${countTasks(trash.length)} could not be deleted for good.`, error)
  }
}

const MESSAGE = 'delete-for-good'

/** The API has no route for all at once. Stops at the first failure: the rest would most likely fail, too. */
async function deleteInTurn(call: CallTasks, trash: Task[]): Promise<Emptying> {
  const gone: Task[] = []
  for (let start = 0; start < trash.length; start += AT_ONCE) {
    if (start >= UNSPACED) await new Promise((resolve) => setTimeout(resolve, SPACE))
    if (start > 0 && start % PAGE_SIZE === 0) sayProgress(start, trash.length)
    const few = trash.slice(start, start + AT_ONCE)
    const outcomes = await Promise.allSettled(few.map((task) => deleteForGood(call, task)))
    gone.push(...few.filter((_, index) => isGone(outcomes[index])))
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    )
    const [failure] = failures
    if (failure === undefined) continue
    if (!(failure instanceof Error) || failure instanceof SessionEndedError) throw failure
    return { gone, left: failures.length + Math.max(0, trash.length - start - AT_ONCE), failure }
  }
  return { gone, left: 0, failure: null }
}

function isGone(outcome: PromiseSettledResult<boolean> | undefined): boolean {
  return outcome?.status === 'fulfilled' && outcome.value
}

/** Answers whether the task is gone; false when it was restored elsewhere meanwhile. */
async function deleteForGood(call: CallTasks, task: Task): Promise<boolean> {
  try {
    await call(({ tasks }) =>
      tasks.delete({
        params: { id: task.id },
        query: { permanent: 'true' },
        headers: { 'if-match': taskETag(task) },
      }),
    )
  } catch (error) {
    if (isProblem(error, 'TASK_CHANGED')) return false
    if (!isProblem(error, 'TASK_NOT_FOUND')) throw error
  }
  return true
}

function sayProgress(done: number, all: number): void {
  toast(`Deleting for good: ${done} of ${all}`, { id: MESSAGE, duration: 60_000 })
}
