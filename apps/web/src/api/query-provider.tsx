'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { leaveForLogin } from './leave-for-login.ts'
import { createQueryClient } from './query-client.ts'

/** Gives the page its cache of what the server has said. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => createQueryClient(leaveForLogin))
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}
