import type { Pool } from 'pg'

/** The connections of a pool: all that are open, those of them that nobody uses, and requests that wait for one. */
export type PoolUsage = { open: number; idle: number; waiting: number }

const pools = new WeakMap<object, Pool>()

/** Lets the use of a database's pool be read later. */
export function rememberPool(db: object, pool: Pool): void {
  pools.set(db, pool)
}

/** Reads how far the pool of a database of `connectDatabase` is used. */
export function readPoolUsage(db: object): PoolUsage {
  const pool = pools.get(db)
  if (pool === undefined) throw new TypeError('The database was not opened by connectDatabase.')
  return { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
}
