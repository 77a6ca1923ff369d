import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { Task, TaskPage } from '@tend/contracts'
import { UnexpectedAnswerError } from '@tend/contracts/client'
import type { CallTasks } from '../../../api/create-tend.ts'
import { isProblem } from '../../../api/is-problem.ts'
import { changesToEnd, listChanges } from './changes-on-their-way.ts'
import { updateLingering } from './lingering-tasks.ts'
import { readUndisturbed } from './read-undisturbed.ts'
import { type TaskQuery, toListQuery } from './task-query.ts'
import type { TaskTotals } from './task-totals.ts'

/** The pages of a list, as they are cached. */
export type TaskPages = InfiniteData<TaskPage, string | null>

/** As many tasks as the API gives at once. */
const PAGE_SIZE = 100

/** The keys of what is cached. All of it lies under the first. */
export const taskKeys = {
  all: ['tasks'],
  lists: ['tasks', 'list'],
  list: (query: TaskQuery) => ['tasks', 'list', query] as const,
  allTotals: ['tasks', 'totals'],
  totals: (today: string) => ['tasks', 'totals', today] as const,
  one: (id: string) => ['tasks', 'one', id] as const,
} as const

/** An endless list, page by page. */
export function taskListOptions(call: CallTasks, query: TaskQuery) {
  return infiniteQueryOptions<
    TaskPage,
    Error,
    TaskPages,
    ReturnType<typeof taskKeys.list>,
    string | null
  >({
    queryKey: taskKeys.list(query),
    queryFn: async ({ client, pageParam: cursor, signal }) => {
      const read = await readUndisturbed(client, () => {
        const page = { ...toListQuery(query), limit: PAGE_SIZE }
        const answer = call(({ tasks }) =>
          tasks.list({
            query: cursor === null ? page : { ...page, cursor },
            fetchOptions: { signal },
          }),
        )
        return afterAdditions(client, answer)
      })
      if (query.status !== 'deleted') updateLingering(client, read.items)
      return read
    },
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** A list may know a task whose own addition is not answered yet: it waits for that answer, else the task would stand there twice. */
async function afterAdditions(
  queryClient: QueryClient,
  answer: Promise<TaskPage>,
): Promise<TaskPage> {
  const page = await answer
  const arriving = listChanges(queryClient).flatMap((change) =>
    change.kind === 'add' ? [change.task.title] : [],
  )
  if (arriving.length === 0) return page
  const find = indexKnownTasks(queryClient)
  if (page.items.some(({ id, title }) => arriving.includes(title) && find(id) === undefined)) {
    await changesToEnd(queryClient, 'add')
  }
  return page
}

/** How many tasks there are; `today` is the person's own date. */
export function taskTotalsOptions(call: CallTasks, today: string) {
  return queryOptions({
    queryKey: taskKeys.totals(today),
    queryFn: ({ client, signal }): Promise<TaskTotals> =>
      readUndisturbed(
        client,
        async () => {
          const request = { query: { today }, fetchOptions: { signal } }
          const [counts, summary] = await Promise.all([
            call(({ tasks }) => tasks.counts(request)),
            call(({ tasks }) => tasks.summary(request)),
          ])
          return { ...counts, ...summary }
        },
        // A count does not tell whether it has a change on its way in it or not.
        { waitForChanges: true },
      ),
  })
}

/** One task; null when it is not there, or in the trash. */
export function taskOptions(call: CallTasks, id: string) {
  return queryOptions({
    queryKey: taskKeys.one(id),
    queryFn: async ({ client, signal }) => {
      const read = await readUndisturbed(client, () =>
        readTask(call, id, signal).catch((error: unknown) => {
          if (isProblem(error, 'TASK_NOT_FOUND')) return null
          throw error
        }),
      )
      if (read !== null) updateLingering(client, [read])
      return read
    },
  })
}

/** Reads one task as the server has it now. Throws as a call does, with TASK_NOT_FOUND when it is gone. */
export async function readTask(call: CallTasks, id: string, signal?: AbortSignal): Promise<Task> {
  const body = await call(({ tasks }) =>
    tasks.get({ params: { id }, ...(signal !== undefined && { fetchOptions: { signal } }) }),
  )
  if (body === undefined) throw new UnexpectedAnswerError('A task without a body')
  return body
}

/** All tasks of the pages, each once: a task that moved between two reads may stand on both. */
export function tasksOf(pages: InfiniteData<TaskPage> | undefined): Task[] {
  const tasks = pages?.pages.flatMap((page) => page.items) ?? []
  return [...new Map(tasks.map((task) => [task.id, task])).values()]
}

/** What is known of a task without asking the server: its newest version; null when it was deleted here. */
export type FindKnownTask = (id: string) => Task | null | undefined

/** Finds what is known of one task. For many, {@link indexKnownTasks} looks through the lists once. */
export function findKnownTask(queryClient: QueryClient, id: string): ReturnType<FindKnownTask> {
  return indexKnownTasks(queryClient)(id)
}

/** Looks through the lists as they are now. */
export function indexKnownTasks(queryClient: QueryClient): FindKnownTask {
  const known = new Map<string, Task>()
  const note = (task: Task) => {
    const other = known.get(task.id)
    if (other === undefined || task.updatedAt > other.updatedAt) known.set(task.id, task)
  }
  const lists = queryClient.getQueriesData<TaskPages>({
    queryKey: taskKeys.lists,
    predicate: ({ queryKey }) => !isTrashKey(queryKey),
  })
  for (const [, data] of lists) {
    for (const { items } of data?.pages ?? []) for (const task of items) note(task)
  }
  return (id) => {
    const own = queryClient.getQueryData<Task | null>(taskKeys.one(id))
    const listed = known.get(id)
    if (listed === undefined) return own
    return own && own.updatedAt >= listed.updatedAt ? own : listed
  }
}

type ListKey = ReturnType<typeof taskKeys.list>

/** Whether the key of a cached query is that of a list. */
export function isListKey(key: readonly unknown[]): key is ListKey {
  return key[0] === 'tasks' && key[1] === 'list'
}

/** Whether the key of a cached query is that of the trash. */
export function isTrashKey(key: readonly unknown[]): boolean {
  return isListKey(key) && key[2].status === 'deleted'
}
