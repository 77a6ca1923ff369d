'use client'

import { createTendClient, type TendClient } from '@tend/contracts/client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const TendContext = createContext<TendClient | null>(null)

type TendProviderProps = {
  apiUrl: string
  /** Whose page this is; left out where nobody is signed in. */
  userId?: string
  children: ReactNode
}

/** Gives the page its typed client. The access token lives inside it, in memory, and ends with the page. */
export function TendProvider({ apiUrl, userId, children }: TendProviderProps) {
  const [tend] = useState(() => {
    // While the server renders, the client is made but never called.
    if (typeof window === 'undefined') return createTendClient({ webUrl: apiUrl, apiUrl })
    return createTendClient({
      webUrl: window.location.origin,
      apiUrl,
      session: 'browser',
      ...(userId !== undefined && { userId }),
    })
  })

  useEffect(() => {
    return userId === undefined ? undefined : renewOnWakeUp(tend)
  }, [tend, userId])

  return <TendContext value={tend}>{children}</TendContext>
}

/**
 * After a sleep or a time without connection the token has mostly ended: it is renewed before the person asks for
 * anything. If that fails, the first call says so. Returns how to stop.
 */
function renewOnWakeUp(tend: TendClient): () => void {
  const renew = () => {
    if (document.visibilityState === 'visible') tend.ready().catch(() => {})
  }
  window.addEventListener('online', renew)
  document.addEventListener('visibilitychange', renew)
  return () => {
    window.removeEventListener('online', renew)
    document.removeEventListener('visibilitychange', renew)
  }
}

/** The typed client of the page. Throws outside a {@link TendProvider}. */
export function useTend(): TendClient {
  const tend = useContext(TendContext)
  if (tend === null) throw new Error('useTend needs a TendProvider above it')
  return tend
}
