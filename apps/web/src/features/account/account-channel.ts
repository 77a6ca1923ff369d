import { hasFields, isNullOr, isText } from '../../api/guards.ts'

const isMessage = hasFields({ userId: isNullOr(isText) })

let opened: BroadcastChannel | null = null

/** One for the whole page: a channel does not hear what it says itself. */
function openChannel(): BroadcastChannel {
  opened ??= new BroadcastChannel('tend.account')
  return opened
}

/** Tells the other tabs who is signed in now; null when nobody is. */
export function tellOtherTabs(userId: string | null): void {
  openChannel().postMessage({ userId })
}

/** Listens for another tab's sign-in or sign-out. Returns how to stop. */
export function onAccountChange(listener: (userId: string | null) => void): () => void {
  const channel = openChannel()
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    if (isMessage(data)) listener(data.userId)
  }
  channel.addEventListener('message', onMessage)
  return () => channel.removeEventListener('message', onMessage)
}
