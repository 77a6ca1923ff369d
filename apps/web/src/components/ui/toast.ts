/** A short message that goes by itself. */
export type Toast = {
  /** Another toast with the same id takes this one's place. */
  id: string
  text: string
  /** Milliseconds until it goes, not counted while it is pointed at, has the focus, or the page is hidden. */
  duration: number
  action: { label: string; onClick: () => void } | null
  /** Tells a toast from the one whose place it took. */
  serial: number
}

type ToastOptions = Partial<Pick<Toast, 'id' | 'duration' | 'action'>>

/** More than this many would cover what the person is doing. */
const MOST_SHOWN = 3

let shown: readonly Toast[] = []
let serial = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]): void {
  shown = next.slice(-MOST_SHOWN)
  for (const listener of listeners) listener()
}

/** Shows a short message above everything else. */
export function toast(text: string, options: ToastOptions = {}): void {
  serial += 1
  const defaults = { id: `toast-${serial}`, duration: 5000, action: null }
  const added = { ...defaults, ...options, text, serial }
  show([...shown.filter(({ id }) => id !== added.id), added])
}

/** Says that something did not work; it stays longer, for there is more to read. */
toast.error = (text: string, options: ToastOptions = {}): void => {
  toast(text, { duration: 10_000, ...options })
}

/** Takes a message away before its time. */
toast.dismiss = (id: string): void => {
  if (shown.some((toast) => toast.id === id)) show(shown.filter((toast) => toast.id !== id))
}

/** The toasts there are, the oldest first, for the one place that shows them. */
export const toasts = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: (): readonly Toast[] => shown,
  readOnServer: (): readonly Toast[] => none,
}

const none: readonly Toast[] = []
