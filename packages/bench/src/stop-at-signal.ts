const stops = new Set<() => Promise<void>>()

/** Has `stop` called before this process ends by Ctrl-C or SIGTERM. Returns how to give that up. */
export function stopAtSignal(stop: () => Promise<void>): () => void {
  if (stops.size === 0) listen('on')
  stops.add(stop)
  return () => {
    stops.delete(stop)
    if (stops.size === 0) listen('off')
  }
}

function listen(how: 'on' | 'off'): void {
  process[how]('SIGINT', stopAll)
  process[how]('SIGTERM', stopAll)
}

async function stopAll(signal: NodeJS.Signals): Promise<void> {
  await Promise.allSettled([...stops].map((stop) => stop()))
  process.exit(signal === 'SIGINT' ? 130 : 143)
}
