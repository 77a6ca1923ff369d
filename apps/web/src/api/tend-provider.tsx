'use client'

import { createTendClient, type TendClient } from '@tend/contracts/client'
import { createContext, type ReactNode, useContext, useState } from 'react'

const TendContext = createContext<TendClient | null>(null)

/** Gives the page its typed client. The access token lives inside it, in memory, and ends with the page. */
export function TendProvider({ apiUrl, children }: { apiUrl: string; children: ReactNode }) {
  const [tend] = useState(() => {
    // While the server renders, the client is made but never called.
    const webUrl = typeof window === 'undefined' ? apiUrl : window.location.origin
    return createTendClient({ webUrl, apiUrl, session: 'browser' })
  })
  return <TendContext value={tend}>{children}</TendContext>
}

/** The typed client of the page. Throws outside a {@link TendProvider}. */
export function useTend(): TendClient {
  const tend = useContext(TendContext)
  if (tend === null) throw new Error('useTend needs a TendProvider above it')
  return tend
}
