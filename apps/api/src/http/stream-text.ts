const encoder = new TextEncoder()

/**
 * A body that is made while it is sent, no faster than the client takes it. `onCancel` runs when the client is gone.
 * With `ended` it is over as soon as that is aborted, whatever it is waiting for, and nothing more is sent.
 */
export function streamText(
  chunks: AsyncGenerator<string>,
  { onCancel = () => {}, ended }: { onCancel?: () => void; ended?: AbortSignal } = {},
): ReadableStream<Uint8Array> {
  let isOver = false
  return new ReadableStream(
    {
      start(controller) {
        const close = () => {
          if (!isOver) controller.close()
          isOver = true
        }
        if (ended?.aborted) close()
        ended?.addEventListener('abort', close, { once: true })
      },
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (isOver) return
        isOver = done === true
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        isOver = true
        onCancel()
        await chunks.return(undefined)
      },
    },
    // Nothing is made before somebody reads it: an answer to HEAD has no body.
    { highWaterMark: 0 },
  )
}

/** Waits for the first chunk, so that what fails before it can still be answered otherwise. */
export async function beginChunks(chunks: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const first = await chunks.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* chunks
  })()
}
