import type { Logger } from '@tend/runtime/logger'
import type { TaskDatabase } from './task-database.ts'
import { purgeExpired } from './upkeep-queries.ts'

const HOUR = 60 * 60 * 1000

/** Purges what is past its time once an hour, the first time within a minute. Gives the function that ends it. */
export function purgeEveryHour(db: TaskDatabase, log: Logger): () => void {
  let timer: NodeJS.Timeout
  const plan = (time: number) => {
    timer = setTimeout(run, time)
    timer.unref()
  }
  const run = () => {
    plan(HOUR)
    purgeExpired(db).then(
      (count) => count > 0 && log.info({ count }, 'purged what was past its time'),
      (error: unknown) => log.warn({ err: error }, 'purging failed, it is tried again in an hour'),
    )
  }
  // Not all processes at the same moment.
  plan(Math.random() * 60_000)
  return () => clearTimeout(timer)
}
