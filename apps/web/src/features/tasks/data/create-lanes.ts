/**
 * Sends what concerns the same things in the order in which it was asked for, one after the other; the rest side by side. Each step runs
 * whether or not those before it failed.
 */
export function createLanes() {
  const tails = new Map<string, Promise<unknown>>()

  return async function inOrder<Answer>(
    ids: readonly string[],
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const earlier = ids.flatMap((id) => tails.get(id) ?? [])
    const step =
      earlier.length === 0 ? send() : Promise.allSettled(earlier).then(takenOver).then(send)
    for (const id of ids) tails.set(id, step)
    try {
      return await step
    } finally {
      for (const id of ids) if (tails.get(id) === step) tails.delete(id)
    }
  }
}

/** What an answer changes is known a few microtasks after it; the next step has to build on it. */
function takenOver(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
