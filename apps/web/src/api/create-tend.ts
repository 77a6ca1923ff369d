import type { Answer, SuccessBody, TendClient } from '@tend/contracts/client'
import { loadPart } from './load-part.ts'

/** Calls Tend, and gives the body of its success. Throws a `TendError`, or the abort of the request's own signal. */
export type Call<Client = TendClient> = <A extends Answer>(
  request: (client: Client) => Promise<A>,
) => Promise<SuccessBody<A>>

/** Calls the task routes alone. */
export type CallTasks = Call<Pick<TendClient, 'tasks'>>

/** Tend as a page reaches it. */
export type Tend = {
  call: Call
  /** The typed client itself, for what is no single call. */
  open: () => Promise<TendClient>
}

type TendOptions = {
  apiUrl: string
  /** Whose page this is; left out where nobody is signed in. */
  userId?: string
}

// With the schemas of all routes it is a fifth of the task page's code, and no page needs it to be painted and to take input.
const loadClient = loadPart(() => import('@tend/contracts/client'))

/** Makes the one way by which a browser's page reaches Tend. Nothing is fetched before it is opened or called. */
export function createTend({ apiUrl, userId }: TendOptions): Tend {
  let client: TendClient | null = null

  async function open(): Promise<TendClient> {
    const { createTendClient } = await loadClient()
    client ??= createTendClient({
      webUrl: window.location.origin,
      apiUrl,
      session: 'browser',
      ...(userId !== undefined && { userId }),
    })
    return client
  }

  return {
    open,
    async call(request) {
      const { unwrap } = await loadClient()
      return unwrap(request(await open()))
    },
  }
}
