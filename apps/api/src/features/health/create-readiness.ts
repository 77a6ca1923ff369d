import type { DatabaseSchema } from '@tend/database/database-schema'
import { type Kysely, sql } from 'kysely'

/** Whether this process should be sent requests. */
export type Readiness = {
  isReady(): Promise<boolean>
  /** From now on it is not: the process is about to stop. */
  close(): void
}

/** How long the database may take to answer, in milliseconds. */
const TIME_LIMIT = 2_000

/** Makes the readiness of a process that needs its database. However many ask at once, the database is asked once. */
export function createReadiness(db: Kysely<DatabaseSchema<string>>): Readiness {
  let isClosed = false
  let underWay: Promise<boolean> | undefined
  const ask = async () => {
    try {
      await sql`select 1`.execute(db)
      return true
    } catch {
      return false
    } finally {
      underWay = undefined
    }
  }
  return {
    async isReady() {
      if (isClosed) return false
      underWay ??= ask()
      return Promise.race([underWay, afterTimeLimit()])
    },
    close() {
      isClosed = true
    },
  }
}

function afterTimeLimit(): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, TIME_LIMIT, false).unref())
}
