import { z } from 'zod'

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1)
const answerSchema = z.object({
  id: z.number(),
  result: z.object({ result: z.object({ value: z.number() }).optional() }).loose(),
})

/** Bytes that a process started with `--inspect` holds after its garbage is collected, on its heap and in buffers beside it. */
export async function measureHeap(inspectPort: number): Promise<number> {
  const list = await fetch(`http://127.0.0.1:${inspectPort}/json/list`)
  const [target] = targetsSchema.parse(await list.json())
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  let id = 0
  const call = (method: string, params: Record<string, unknown> = {}) => {
    id += 1
    const own = id
    return new Promise<z.infer<typeof answerSchema>>((resolve) => {
      const hear = ({ data }: MessageEvent) => {
        const answer = answerSchema.safeParse(JSON.parse(String(data)))
        if (answer.data?.id !== own) return
        socket.removeEventListener('message', hear)
        resolve(answer.data)
      }
      socket.addEventListener('message', hear)
      socket.send(JSON.stringify({ id: own, method, params }))
    })
  }
  await call('HeapProfiler.enable')
  await call('HeapProfiler.collectGarbage')
  await call('HeapProfiler.collectGarbage')
  const { result } = await call('Runtime.evaluate', {
    expression: '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())',
  })
  socket.close()
  return result.result?.value ?? Number.NaN
}
