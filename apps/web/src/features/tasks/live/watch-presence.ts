/** A page that nobody has looked at for so long, in milliseconds, counts as left. */
const ABSENCE = 60_000

/**
 * Tells when the person leaves the page and when they are back; at first they count as there. Returns how to stop.
 */
export function watchPresence({
  onReturn,
  onLeave,
}: {
  onReturn: () => void
  onLeave: () => void
}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isThere = true

  function look(): void {
    clearTimeout(timer)
    if (document.hidden) {
      timer = setTimeout(leave, ABSENCE)
    } else if (!isThere) {
      isThere = true
      onReturn()
    }
  }

  function leave(): void {
    isThere = false
    onLeave()
  }

  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
