import type { TaskEvent } from '@tend/contracts'
import { type FollowedEvent, ProblemError } from '@tend/contracts/client'
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
  const describeConnection = createConnectionNotes(server.apiUrl)
  try {
    for await (const event of tend.followTaskEvents({ signal: stop.signal })) {
      if (event.type === 'stream.open' || event.type === 'stream.lost') {
        const said = describeConnection(event)
        if (said !== null) note(said)
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

type ConnectionEvent = Extract<FollowedEvent, { type: `stream.${string}` }>

/** Returns what to say as the connection comes and goes; null where there is nothing to say, as when a server ends it in order. */
export function createConnectionNotes(apiUrl: string): (event: ConnectionEvent) => string | null {
  let state: 'new' | 'connected' | 'lost' = 'new'
  return (event) => {
    const before = state
    if (event.type === 'stream.lost') {
      if (before === 'connected') state = 'lost'
      return `Connection lost; trying again in ${Math.ceil(event.retryIn / 1000)} s.`
    }
    state = 'connected'
    if (before === 'new') return `Watching ${apiUrl}; Ctrl-C stops.`
    if (!event.isResumed) return 'Connected again; changes may have been missed meanwhile.'
    return before === 'lost' ? 'Connected again; no change was missed.' : null
  }
}

function describeEvent(event: TaskEvent): string {
  const time = paint('dim', new Date().toLocaleTimeString())
  if (event.type === 'task.deleted') return `${time} ${paint('red', '-')} ${shortId(event.id)}`
  const mark = event.type === 'task.created' ? paint('green', '+') : paint('yellow', '~')
  const state = event.task.isCompleted ? '  done' : ''
  return `${time} ${mark} ${formatTaskLine(event.task, readToday())}${state}`
}
