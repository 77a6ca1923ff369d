const encoder = new TextEncoder()

/**
 * A body that is made while it is sent, no faster than the client takes it. `onCancel` runs when the client is gone.
 */
export function streamText(
  chunks: AsyncGenerator<string>,
  onCancel: () => void = () => {},
): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
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
