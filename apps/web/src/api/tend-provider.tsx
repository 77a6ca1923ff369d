'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { createTend, type Tend } from './create-tend.ts'

const TendContext = createContext<Tend | null>(null)

type TendProviderProps = {
  apiUrl: string
  /** Whose page this is; left out where nobody is signed in. */
  userId?: string
  children: ReactNode
}

/** Gives the page its way to Tend. The access token lives inside it, in memory, and ends with the page. */
export function TendProvider({ apiUrl, userId, children }: TendProviderProps) {
  const [tend] = useState(() => createTend({ apiUrl, ...(userId !== undefined && { userId }) }))

  useEffect(() => {
    // Ahead of the first call. If it fails, that call says so.
    tend.open().catch(() => {})
    return userId === undefined ? undefined : renewOnWakeUp(tend)
  }, [tend, userId])

  return <TendContext value={tend}>{children}</TendContext>
}

/**
 * After a sleep or a time without connection the token has mostly ended: it is renewed before the person asks for
 * anything. If that fails, the first call says so. Returns how to stop.
 */
function renewOnWakeUp(tend: Tend): () => void {
  const renew = () => {
    if (document.visibilityState === 'visible') getReady(tend).catch(() => {})
  }
  window.addEventListener('online', renew)
  document.addEventListener('visibilitychange', renew)
  return () => {
    window.removeEventListener('online', renew)
    document.removeEventListener('visibilitychange', renew)
  }
}

/** Gets the access token ahead, so that the first call does not wait for it. Throws as a call would. */
export async function getReady(tend: Tend): Promise<void> {
  const client = await tend.open()
  await client.ready()
}

/** The page's way to Tend. Throws outside a {@link TendProvider}. */
export function useTend(): Tend {
  const tend = useContext(TendContext)
  if (tend === null) throw new Error('useTend needs a TendProvider above it')
  return tend
}
