import { AsyncLocalStorage } from 'node:async_hooks'
import type { DBAdapter } from 'better-auth'
import { isAPIError } from 'better-auth/api'

const failures = new AsyncLocalStorage<unknown[]>()

/**
 * Runs `work` and gathers the errors of the database meanwhile, also those that nobody sees: Better Auth takes a query
 * that failed for "nobody is signed in", and a session it could not end for one that has ended.
 */
export function gatherDatabaseErrors<T>(
  work: (errors: readonly unknown[]) => Promise<T>,
): Promise<T> {
  const errors: unknown[] = []
  return failures.run(errors, () => work(errors))
}

/** The same adapter, whose errors `gatherDatabaseErrors` gets to know. */
export function watchAdapter(adapter: DBAdapter): DBAdapter {
  const watched = watchMethods(adapter)
  return {
    ...watched,
    transaction: (work) =>
      adapter.transaction((transaction) => work(watchMethods(transaction))).catch(note),
  }
}

function watchMethods<Adapter extends object>(adapter: Adapter): Adapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...values: unknown[]) => {
        try {
          return await Reflect.apply(member, target, values)
        } catch (error) {
          return note(error)
        }
      }
    },
  })
}

function note(error: unknown): never {
  // A refusal thrown inside a transaction ends it, and is no error of the database.
  if (!isAPIError(error)) failures.getStore()?.push(error)
  throw error
}
