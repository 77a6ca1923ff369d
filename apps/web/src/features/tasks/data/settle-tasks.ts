import type { Query, QueryClient } from '@tanstack/react-query'
import type { Task, TaskEvent } from '@tend/contracts'
import { changesToEnd } from './changes-on-their-way.ts'
import { keepPlaces, losePlaces } from './lingering-tasks.ts'
import { hasLostEnd, placeTasks, withoutTasks } from './place-tasks.ts'
import { noteSettlement } from './read-undisturbed.ts'
import { refreshCalmly } from './refresh-calmly.ts'
import {
  type FindKnownTask,
  indexKnownTasks,
  isListKey,
  isTrashKey,
  type TaskPages,
  taskKeys,
} from './task-queries.ts'
import type { TaskQuery } from './task-query.ts'
import { shiftTotals, type TaskTotals, type Whereabouts } from './task-totals.ts'

/**
 * Takes over a task as the server has it, into every list and the totals. A version that is not newer than the known one changes
 * nothing, so the same change may be told twice: by its own answer and by the live events. `before` says where the task was, for a task
 * that is not known; left out, the totals are read again.
 */
export function settleTask(queryClient: QueryClient, task: Task, before?: null | 'trash'): void {
  settleTasks(queryClient, [task], before)
}

/** Takes over several tasks, each at most once, as {@link settleTask} does one. */
export function settleTasks(
  queryClient: QueryClient,
  tasks: readonly Task[],
  before?: null | 'trash',
): void {
  const find = indexKnownTasks(queryClient)
  const fresh = tasks.filter((task) => !settleOldVersion(queryClient, find(task.id), task))
  if (fresh.length === 0) return
  const unfinished = stopReads(queryClient)
  const moves = fresh.map((task) => ({ before: find(task.id), after: task }))
  settleTotals(
    queryClient,
    moves.map((move) => ({ before: move.before ?? before, after: move.after })),
  )
  keepPlaces(queryClient, moves)
  for (const task of fresh) queryClient.setQueryData<Task | null>(taskKeys.one(task.id), task)
  const ids = new Set(fresh.map(({ id }) => id))
  changeLists(queryClient, (query, pages) =>
    query.status === 'deleted' ? withoutTasks(pages, ids) : placeTasks(query, pages, fresh),
  )
  readAgain(queryClient, unfinished)
}

/** Whether a version is not newer than the known one, so that there is nothing to take over. */
function settleOldVersion(
  queryClient: QueryClient,
  known: ReturnType<FindKnownTask>,
  task: Task,
): boolean {
  if (!known || known.updatedAt < task.updatedAt) return false
  const settled = queryClient.getQueryData<Task | null>(taskKeys.one(task.id))
  // A read of a list was quicker. Whether the totals were read before or after the change cannot be told.
  if (!settled || settled.updatedAt < task.updatedAt) refreshTotals(queryClient)
  queryClient.setQueryData(taskKeys.one(task.id), known)
  return true
}

/** Takes a task off every list. `where` it went is not known from a live event; then the totals are read again. */
export function settleDeletion(
  queryClient: QueryClient,
  id: string,
  where?: 'trash' | 'nowhere',
): void {
  settleDeletions(queryClient, [id], where)
}

/** Takes several tasks off every list, as {@link settleDeletion} does one. */
export function settleDeletions(
  queryClient: QueryClient,
  ids: readonly string[],
  where?: 'trash' | 'nowhere',
): void {
  const find = indexKnownTasks(queryClient)
  const gone = new Set(ids)
  const unfinished = stopReads(queryClient)
  settleTotals(
    queryClient,
    [...gone].flatMap((id): Move[] => {
      const known = find(id)
      if (where === 'nowhere') return [{ before: known ?? 'trash', after: null }]
      return known === null ? [] : [{ before: where && known, after: 'trash' }]
    }),
  )
  for (const id of gone) queryClient.setQueryData<Task | null>(taskKeys.one(id), null)
  losePlaces(queryClient, gone)
  changeLists(queryClient, (query, pages) =>
    query.status === 'deleted' && where !== 'nowhere' ? pages : withoutTasks(pages, gone),
  )
  readAgain(queryClient, unfinished)
  if (where !== 'nowhere') refreshTrash(queryClient)
}

/**
 * Takes over changes that were made anywhere, given in their order. The echo of an own addition waits for its answer, else it
 * would stand there twice.
 */
export async function settleTaskEvents(
  queryClient: QueryClient,
  events: readonly TaskEvent[],
): Promise<void> {
  const last = [...new Map(events.map((event) => [idOfEvent(event), event])).values()]
  const gone = last.flatMap((event) => (event.type === 'task.deleted' ? [event.id] : []))
  const changed = last.flatMap((event) => (event.type === 'task.deleted' ? [] : [event.task]))
  if (gone.length > 0) settleDeletions(queryClient, gone)
  const find = indexKnownTasks(queryClient)
  const isKnown = ({ id }: Task) => find(id) !== undefined
  const unknown = changed.filter((task) => !isKnown(task))
  settleToldTasks(queryClient, changed.filter(isKnown))
  if (unknown.length === 0) return
  await changesToEnd(queryClient, 'add')
  settleToldTasks(queryClient, unknown)
}

/** Takes over tasks of events, but for those that are gone: whether these are back, or the event is from before, a reading tells. */
function settleToldTasks(queryClient: QueryClient, tasks: readonly Task[]): void {
  const find = indexKnownTasks(queryClient)
  const there = tasks.filter(({ id }) => find(id) !== null)
  if (there.length < tasks.length) refreshTasks(queryClient)
  settleTasks(queryClient, there)
}

/** Which task an event is about. */
export function idOfEvent(event: TaskEvent): string {
  return event.type === 'task.deleted' ? event.id : event.task.id
}

/** Reads everything again, after an outcome that is not known. What is not on the page is read when it comes there. */
export function refreshTasks(queryClient: QueryClient): void {
  refreshCalmly(queryClient, 'all', () => {
    void queryClient.invalidateQueries({ queryKey: taskKeys.all })
  })
}

/** From where a task came, if that is known, and where it is now. */
type Move = { before: Whereabouts | undefined; after: Whereabouts }

function settleTotals(queryClient: QueryClient, moves: readonly Move[]): void {
  if (moves.some(({ before }) => before === undefined)) refreshTotals(queryClient)
  for (const counted of queryClient.getQueryCache().findAll({ queryKey: taskKeys.allTotals })) {
    const today = String(counted.queryKey.at(-1))
    const shift = (totals: TaskTotals, { before, after }: Move) =>
      before === undefined ? totals : shiftTotals(totals, today, before, after)
    changeCached<TaskTotals>(queryClient, counted, (totals) => moves.reduce(shift, totals))
  }
}

function refreshTotals(queryClient: QueryClient): void {
  refreshCalmly(queryClient, 'totals', () => {
    void queryClient.invalidateQueries({ queryKey: taskKeys.allTotals })
  })
}

function refreshTrash(queryClient: QueryClient): void {
  refreshCalmly(queryClient, 'trash', () => {
    void queryClient.invalidateQueries({
      queryKey: taskKeys.lists,
      predicate: ({ queryKey }) => isTrashKey(queryKey),
    })
  })
}

/** Stops the reads under way, which may be from before the change: what comes of them would take it back. */
function stopReads(queryClient: QueryClient): Query[] {
  noteSettlement(queryClient)
  // A list without any page yet reads its first one again by itself.
  const isUnderWay = ({ state }: Query) =>
    state.fetchStatus === 'fetching' && state.data !== undefined
  const reads = queryClient
    .getQueryCache()
    .findAll({ queryKey: taskKeys.lists, predicate: isUnderWay })
  const whole = reads.filter(({ state }) => state.fetchMeta?.fetchMore === undefined)
  for (const read of reads) void read.cancel({ revert: true })
  return whole
}

function readAgain(queryClient: QueryClient, reads: Query[]): void {
  for (const { queryHash, queryKey } of reads) {
    refreshCalmly(queryClient, queryHash, () => {
      void queryClient.invalidateQueries({ queryKey, exact: true })
    })
  }
}

function changeLists(
  queryClient: QueryClient,
  change: (query: TaskQuery, pages: TaskPages) => TaskPages,
): void {
  for (const list of queryClient.getQueryCache().findAll({ queryKey: taskKeys.lists })) {
    const { queryKey: key } = list
    if (!isListKey(key)) continue
    let isEndLost = false
    changeCached<TaskPages>(queryClient, list, (pages) => {
      const changed = change(key[2], pages)
      isEndLost = hasLostEnd(pages, changed)
      return changed
    })
    if (isEndLost) readAgain(queryClient, [list])
  }
}

/** Changes what was read. That is no reading: its age stays, and what is to be read again, for what else it may lack, still is. */
function changeCached<Data>(
  queryClient: QueryClient,
  cached: Query,
  change: (now: Data) => Data,
): void {
  const { isInvalidated, dataUpdatedAt: updatedAt } = cached.state
  const changeRead = (now: Data | undefined) => (now === undefined ? undefined : change(now))
  queryClient.setQueryData<Data>(cached.queryKey, changeRead, { updatedAt })
  if (isInvalidated) cached.invalidate()
}
