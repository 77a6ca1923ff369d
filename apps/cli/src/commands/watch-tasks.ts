import type { TaskEvent } from '@tend/contracts'
import { ProblemError } from '@tend/contracts/client'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { readToday } from '../due-day.ts'
import { formatTaskLine } from '../format-tasks.ts'
import { note, paint, print } from '../output.ts'
import { shortId } from '../short-id.ts'

/** What a server without the stream says: it takes `events` for the id of a task, or knows no such address. */
const WITHOUT_STREAM = new Set<number>([404, 405, 422])

/** Prints changes as they happen, a line each, until Ctrl-C. With `json` each line is a TaskEvent. */
export async function watchTasks({
  profile,
  json,
}: {
  profile?: string | undefined
  json?: true | undefined
}): Promise<void> {
  const { tend, profile: server } = await connect(profile)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  let isConnected = false
  try {
    for await (const event of tend.followTaskEvents({ signal: stop.signal })) {
      if (event.type === 'stream.open') {
        if (!isConnected) note(`Watching ${server.apiUrl}; Ctrl-C stops.`)
        else if (!event.isResumed) note('Connected again; changes may have been missed meanwhile.')
        isConnected = true
      } else if (event.type === 'stream.lost') {
        isConnected = false
        note(`Connection lost; trying again in ${Math.ceil(event.retryIn / 1000)} s.`)
      } else print(json ? JSON.stringify(event) : describeEvent(event))
    }
  } catch (error) {
    if (!(error instanceof ProblemError) || !WITHOUT_STREAM.has(error.problem.status)) throw error
    throw new CliError(
      'failure',
      `${server.apiUrl} tells of no live changes: update Tend there, or use tend list`,
      { cause: error },
    )
  }
  process.exitCode = 130
}

function describeEvent(event: TaskEvent): string {
  const time = paint('dim', new Date().toLocaleTimeString())
  if (event.type === 'task.deleted') return `${time} ${paint('red', '-')} ${shortId(event.id)}`
  const mark = event.type === 'task.created' ? paint('green', '+') : paint('yellow', '~')
  const state = event.task.isCompleted ? '  done' : ''
  return `${time} ${mark} ${formatTaskLine(event.task, readToday())}${state}`
}
