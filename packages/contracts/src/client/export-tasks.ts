import type { z } from 'zod'
import type { exportTasksQuerySchema } from '../task.ts'
import { tasksContract } from '../tasks-contract.ts'
import { type AuthorizedApi, fetchAuthorized } from './fetch-authorized.ts'

/** How tasks are written to a file. */
export type TaskExportFormat = z.output<typeof exportTasksQuerySchema>['format']

const mediaTypes = { json: 'application/json', csv: 'text/csv' } satisfies Record<
  TaskExportFormat,
  string
>

/** Asks for all tasks outside the trash; the body is not read yet. Throws what `fetchAuthorized` throws. */
export function exportTasks(
  api: AuthorizedApi,
  format: TaskExportFormat,
  signal?: AbortSignal,
): Promise<Response> {
  const path = `${tasksContract.export.path}?format=${format}`
  return fetchAuthorized(api, path, { mediaType: mediaTypes[format], signal })
}
