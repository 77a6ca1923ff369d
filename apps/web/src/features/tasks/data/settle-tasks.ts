import type { Query, QueryClient } from '@tanstack/react-query'
import type { Task, TaskEvent } from '@tend/contracts'
import { changesToEnd } from './changes-on-their-way.ts'
import { noteSettlement } from './read-undisturbed.ts'
import { refreshCalmly } from './refresh-calmly.ts'
import type { LingeringTasks } from './show-tasks.ts'
import { findKnownTask, isListKey, isTrashKey, type TaskPages, taskKeys } from './task-queries.ts'
import { belongsTo, compareTasks, type TaskQuery } from './task-query.ts'
import { shiftTotals, type TaskTotals, type Whereabouts } from './task-totals.ts'

/**
 * Takes over a task as the server has it, into every list and the totals. A version that is not newer than the known one changes
 * nothing, so the same change may be told twice: by its own answer and by the live events. `before` says where the task was, for a task
 * that is not known; left out, the totals are read again.
 */
export function settleTask(queryClient: QueryClient, task: Task, before?: null | 'trash'): void {
  const known = findKnownTask(queryClient, task.id)
  const settled = queryClient.getQueryData<Task | null>(taskKeys.one(task.id))
  if (known && known.updatedAt >= task.updatedAt) {
    // A read of a list was quicker. Whether the totals were read before or after the change cannot be told.
    if (!settled || settled.updatedAt < task.updatedAt) refreshTotals(queryClient)
    queryClient.setQueryData(taskKeys.one(task.id), known)
    return
  }
  const unfinished = stopReads(queryClient)
  settleTotals(queryClient, known ?? before, task)
  keepPlace(queryClient, known, task)
  queryClient.setQueryData<Task | null>(taskKeys.one(task.id), task)
  changeLists(queryClient, (query, pages) =>
    query.status === 'deleted' ? withoutTask(pages, task.id) : placeTask(query, pages, task),
  )
  readAgain(queryClient, unfinished)
}

/** Takes a task off every list. `where` it went is not known from a live event; then the totals are read again. */
export function settleDeletion(
  queryClient: QueryClient,
  id: string,
  where?: 'trash' | 'nowhere',
): void {
  const known = findKnownTask(queryClient, id)
  const unfinished = stopReads(queryClient)
  if (where === 'nowhere') settleTotals(queryClient, known ?? 'trash', null)
  else if (known !== null) settleTotals(queryClient, where && known, 'trash')
  queryClient.setQueryData<Task | null>(taskKeys.one(id), null)
  setLingering(queryClient, (lingering) => withoutKey(lingering, id))
  changeLists(queryClient, (query, pages) =>
    query.status === 'deleted' && where !== 'nowhere' ? pages : withoutTask(pages, id),
  )
  readAgain(queryClient, unfinished)
  if (where !== 'nowhere') refreshTrash(queryClient)
}

/** Takes over a change that was made anywhere. The echo of an own addition waits for its answer, else it would stand there twice. */
export async function settleTaskEvent(queryClient: QueryClient, event: TaskEvent): Promise<void> {
  if (event.type === 'task.deleted') return settleDeletion(queryClient, event.id)
  if (findKnownTask(queryClient, event.task.id) === undefined) {
    await changesToEnd(queryClient, 'add')
  }
  settleTask(queryClient, event.task)
}

/** Reads everything again, after an outcome that is not known. What is not on the page is read when it comes there. */
export function refreshTasks(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: taskKeys.all })
}

/** Lets go of the places that tasks have kept: what was completed in a list of open tasks leaves it. */
export function clearLingering(queryClient: QueryClient): void {
  setLingering(queryClient, () => new Map())
}

function settleTotals(
  queryClient: QueryClient,
  before: Whereabouts | undefined,
  after: Whereabouts,
): void {
  if (before === undefined) {
    refreshTotals(queryClient)
    return
  }
  for (const [key] of queryClient.getQueriesData<TaskTotals>({ queryKey: taskKeys.allTotals })) {
    const today = String(key.at(-1))
    queryClient.setQueryData<TaskTotals>(
      key,
      (totals) => totals && shiftTotals(totals, today, before, after),
    )
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

/** A task whose status changes keeps its place in the lists it stands in; one that changes back needs none. */
function keepPlace(queryClient: QueryClient, before: Task | null | undefined, after: Task): void {
  setLingering(queryClient, (lingering) => {
    const kept = lingering.get(after.id)
    if (kept === undefined) {
      if (!before || before.isCompleted === after.isCompleted) return lingering
      return new Map(lingering).set(after.id, { task: after, place: before })
    }
    const place = { ...after, isCompleted: kept.place.isCompleted, updatedAt: kept.place.updatedAt }
    return new Map(lingering).set(after.id, { task: after, place })
  })
}

function setLingering(
  queryClient: QueryClient,
  change: (lingering: LingeringTasks) => LingeringTasks,
): void {
  queryClient.setQueryData<LingeringTasks>(taskKeys.lingering, (now) => change(now ?? new Map()))
}

function withoutKey(lingering: LingeringTasks, id: string): LingeringTasks {
  return new Map([...lingering].filter(([key]) => key !== id))
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
  const keys = new Set(reads.map(({ queryHash }) => queryHash))
  if (keys.size === 0) return
  void queryClient.invalidateQueries({ predicate: ({ queryHash }) => keys.has(queryHash) })
}

function changeLists(
  queryClient: QueryClient,
  change: (query: TaskQuery, pages: TaskPages) => TaskPages,
): void {
  for (const [key] of queryClient.getQueriesData<TaskPages>({ queryKey: taskKeys.lists })) {
    if (!isListKey(key)) continue
    const query = key[2]
    queryClient.setQueryData<TaskPages>(key, (pages) => pages && change(query, pages))
  }
}

/** The pages with a task where it belongs, if it does. What belongs behind the last loaded page comes with its own. */
function placeTask(query: TaskQuery, pages: TaskPages, task: Task): TaskPages {
  const others = withoutTask(pages, task.id)
  if (!belongsTo(query, task)) return others
  const isBehind = (item: Task) => compareTasks(query.sort, task, item) < 0
  const last = others.pages.length - 1
  const found = others.pages.findIndex(({ items }) => items.some(isBehind))
  const page = found === -1 && others.pages[last]?.nextCursor === null ? last : found
  return changePages(others, (items, index) => {
    if (index !== page) return items
    const at = items.findIndex(isBehind)
    return items.toSpliced(at === -1 ? items.length : at, 0, task)
  })
}

function withoutTask(pages: TaskPages, id: string): TaskPages {
  return changePages(pages, (items) =>
    items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items,
  )
}

function changePages(
  { pages, pageParams }: TaskPages,
  change: (items: Task[], index: number) => Task[],
): TaskPages {
  return {
    pageParams,
    pages: pages.map((page, index) => {
      const items = change(page.items, index)
      return items === page.items ? page : { ...page, items }
    }),
  }
}
