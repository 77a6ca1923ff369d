import { z } from 'zod'

const CHANNEL = 'tend.account'

const messageSchema = z.object({ userId: z.string().nullable() })

/** Tells the other tabs who is signed in now; null when nobody is. */
export function tellOtherTabs(userId: string | null): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ userId })
  channel.close()
}

/** Listens for another tab's sign-in or sign-out. Returns how to stop. */
export function onAccountChange(listener: (userId: string | null) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (event) => {
    const message = messageSchema.safeParse(event.data)
    if (message.success) listener(message.data.userId)
  }
  return () => channel.close()
}
