import { unwrap } from '@tend/contracts/client'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { findTaskIds } from '../find-task-ids.ts'
import { formatTaskLine } from '../format-tasks.ts'
import { print, printJson } from '../output.ts'
import { shortId } from '../short-id.ts'

type Options = { profile?: string | undefined; json?: true | undefined }

/** Completes tasks, or opens them again. */
export async function setCompleted(
  references: string[],
  isCompleted: boolean,
  { profile, json }: Options,
): Promise<void> {
  const { tend } = await connect(profile)
  const changed = []
  for (const id of await findTaskIds(tend, references, ['all'])) {
    const task = await unwrap(tend.tasks.update({ params: { id }, body: { isCompleted } }))
    changed.push(task)
    if (!json) print(`${isCompleted ? 'Done' : 'Opened'} ${formatTaskLine(task, readToday())}`)
  }
  if (json) printJson(changed)
}

/** Moves tasks to the trash, or deletes them for good, also from the trash. */
export async function removeTasks(
  references: string[],
  { profile, permanent }: { profile?: string | undefined; permanent?: true | undefined },
): Promise<void> {
  const { tend } = await connect(profile)
  for (const id of await findTaskIds(tend, references, permanent ? ['all', 'deleted'] : ['all'])) {
    const query = permanent ? { permanent: 'true' as const } : {}
    await unwrap(tend.tasks.delete({ params: { id }, query }))
    const short = shortId(id)
    if (permanent) print(`Deleted ${short} for good`)
    else print(`Moved ${short} to the trash for 30 days; tend restore ${short} brings it back`)
  }
}

/** Brings tasks back from the trash. */
export async function restoreTasks(
  references: string[],
  { profile, json }: Options,
): Promise<void> {
  const { tend } = await connect(profile)
  const restored = []
  for (const id of await findTaskIds(tend, references, ['deleted'])) {
    const task = await unwrap(tend.tasks.restore({ params: { id } }))
    restored.push(task)
    if (!json) print(`Restored ${formatTaskLine(task, readToday())}`)
  }
  if (json) printJson(restored)
}
