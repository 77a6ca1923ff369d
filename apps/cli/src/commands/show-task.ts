import { unwrap } from '@tend/contracts/client'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { findTaskIds } from '../find-task-ids.ts'
import { formatTaskDetails } from '../format-tasks.ts'
import { print, printJson } from '../output.ts'

/** Prints one task with everything there is to it. */
export async function showTask(
  reference: string,
  { profile, json }: { profile?: string | undefined; json?: true | undefined },
): Promise<void> {
  const { tend } = await connect(profile)
  const [id = ''] = await findTaskIds(tend, [reference], ['all'])
  const task = await unwrap(tend.tasks.get({ params: { id } }))
  // Without a condition in the request there is no 304, an answer without a body.
  if (task === undefined) return
  if (json) printJson(task)
  else for (const line of formatTaskDetails(task, readToday())) print(line)
}
