import { type InfiniteData, infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import type { Task, TaskPage } from '@tend/contracts'
import { type TendClient, UnexpectedAnswerError, unwrap } from '@tend/contracts/client'

export type TasksClient = TendClient['tasks']

const taskListKey = ['tasks'] as const

/** The endless list: page by page, newest first. */
export function taskListOptions(tasks: TasksClient) {
  return infiniteQueryOptions<
    TaskPage,
    Error,
    InfiniteData<TaskPage>,
    typeof taskListKey,
    string | null
  >({
    queryKey: taskListKey,
    queryFn: ({ pageParam: cursor, signal }) =>
      unwrap(tasks.list({ query: cursor === null ? {} : { cursor }, fetchOptions: { signal } })),
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Reads one task as the server has it now. Throws as `unwrap` does, with TASK_NOT_FOUND when it is gone. */
export async function readTask(tasks: TasksClient, id: string): Promise<Task> {
  const task = await unwrap(tasks.get({ params: { id } }))
  if (task === undefined) throw new UnexpectedAnswerError('A task without a body')
  return task
}

/** All tasks of the pages, each once: a task that moved between two reads may stand on both. */
export function tasksOf(pages: InfiniteData<TaskPage> | undefined): Task[] {
  const tasks = pages?.pages.flatMap((page) => page.items) ?? []
  return [...new Map(tasks.map((task) => [task.id, task])).values()]
}

/** What is known of a task, without asking the server. */
export function findKnownTask(queryClient: QueryClient, id: string): Task | undefined {
  const pages = queryClient.getQueryData<InfiniteData<TaskPage>>(taskListKey)
  return tasksOf(pages).find((task) => task.id === id)
}

/** Keeps a read that is under way from writing over a change that overtakes it. */
export async function holdTaskReads(queryClient: QueryClient): Promise<void> {
  // The first read has to finish: without it there is no list, and nothing would start it again.
  if (queryClient.getQueryData(taskListKey) === undefined) return
  await queryClient.cancelQueries({ queryKey: taskListKey })
}

/** Reads the list again, after an outcome that is not known. */
export function refreshTasks(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: taskListKey })
}

/** Puts a task that the server has just made on top of the list. */
export function insertTask(queryClient: QueryClient, task: Task): void {
  changePages(queryClient, (items, index) => (index === 0 ? [task, ...items] : items))
}

/** Takes over a task as the server answered it. */
export function replaceTask(queryClient: QueryClient, task: Task): void {
  changePages(queryClient, (items) => items.map((item) => (item.id === task.id ? task : item)))
}

/** Takes a task off the list. */
export function removeTask(queryClient: QueryClient, id: string): void {
  changePages(queryClient, (items) => items.filter((item) => item.id !== id))
}

function changePages(queryClient: QueryClient, change: (items: Task[], index: number) => Task[]) {
  queryClient.setQueryData<InfiniteData<TaskPage, string | null>>(
    taskListKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page, index) => ({ ...page, items: change(page.items, index) })),
      },
  )
}
