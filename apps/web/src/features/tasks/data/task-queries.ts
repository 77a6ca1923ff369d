import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { Task, TaskPage } from '@tend/contracts'
import { type TendClient, UnexpectedAnswerError, unwrap } from '@tend/contracts/client'
import { changesToEnd, listChanges } from './changes-on-their-way.ts'
import { updateLingering } from './lingering-tasks.ts'
import { readUndisturbed } from './read-undisturbed.ts'
import { type TaskQuery, toListQuery } from './task-query.ts'
import type { TaskTotals } from './task-totals.ts'

export type TasksClient = TendClient['tasks']

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
export function taskListOptions(tasks: TasksClient, query: TaskQuery) {
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
        const answer = unwrap(
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
export function taskTotalsOptions(tasks: TasksClient, today: string) {
  return queryOptions({
    queryKey: taskKeys.totals(today),
    queryFn: ({ client, signal }): Promise<TaskTotals> =>
      readUndisturbed(
        client,
        async () => {
          const call = { query: { today }, fetchOptions: { signal } }
          const answers = [unwrap(tasks.counts(call)), unwrap(tasks.summary(call))] as const
          const [counts, summary] = await Promise.all(answers)
          return { ...counts, ...summary }
        },
        // A count does not tell whether it has a change on its way in it or not.
        { waitForChanges: true },
      ),
  })
}

/** One task; null when it is not there, or in the trash. */
export function taskOptions(tasks: TasksClient, id: string) {
  return queryOptions({
    queryKey: taskKeys.one(id),
    queryFn: async ({ client, signal }) => {
      const read = await readUndisturbed(client, async () => {
        const answer = await tasks.get({ params: { id }, fetchOptions: { signal } })
        return answer.status === 404 ? null : readBody(await unwrap(Promise.resolve(answer)))
      })
      if (read !== null) updateLingering(client, [read])
      return read
    },
  })
}

/** Reads one task as the server has it now. Throws as `unwrap` does, with TASK_NOT_FOUND when it is gone. */
export async function readTask(tasks: TasksClient, id: string): Promise<Task> {
  return readBody(await unwrap(tasks.get({ params: { id } })))
}

function readBody(body: Task | undefined): Task {
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
