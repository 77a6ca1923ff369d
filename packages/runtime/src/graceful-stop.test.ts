import { Agent, createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, it } from 'vitest'
import { stopGracefully } from './graceful-stop.ts'
import { createLogger } from './logger.ts'

const log = createLogger({ name: 'test', level: 'silent' })
let server: Server
let port: number

beforeEach(async () => {
  server = createServer(async (request, response) => {
    if (request.url === '/never') return
    if (request.url === '/busy') keepBusy(3)
    await sleep(request.url === '/slow' ? 300 : 0)
    response.writeHead(200, { 'content-type': 'text/plain' }).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  port = address.port
})

/** Takes the processor for so many milliseconds, as a machine does that has too much to do. */
function keepBusy(time: number): void {
  const end = performance.now() + time
  while (performance.now() < end);
}

function request(
  path: string,
  agent?: Agent,
): Promise<{ body: string; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ body, connection: response.headers.connection }))
    }).on('error', reject)
  })
}

it('answers what is under way and what still arrives, closing each connection', async () => {
  const agent = new Agent({ keepAlive: true })
  expect((await request('/', agent)).connection).toBe('keep-alive')
  const slow = request('/slow', agent)
  await sleep(50)
  const stopped = stopGracefully({ server, log, lingerTime: 200 })
  expect(await request('/')).toEqual({ body: 'done', connection: 'close' })
  expect((await slow).body).toBe('done')
  await stopped
  await expect(request('/')).rejects.toThrow('ECONNREFUSED')
})

it.each([
  { path: '/', lingerTime: 600 },
  // Requests wait longer to be read than the server lingers.
  { path: '/busy', lingerTime: 200 },
])(
  'loses none of the requests of keep-alive clients that never pause: $path',
  async ({ path, lingerTime }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 })
    let answered = 0
    // Only a refused connection ends a client: it is a request that was never taken, and may be sent elsewhere.
    const clients = Array.from({ length: 32 }, async () => {
      for (;;) {
        expect((await request(path, agent)).body).toBe('done')
        answered += 1
      }
    })
    const ends = Promise.allSettled(clients)
    await sleep(100)
    await stopGracefully({ server, log, lingerTime })
    for (const end of await ends) expect(String(Object(end).reason)).toContain('ECONNREFUSED')
    expect(answered).toBeGreaterThan(32)
  },
)

it('tells a connection to close by when its answer goes out, not by when the request came', async () => {
  const stopped = stopGracefully({ server, log, lingerTime: 400 })
  const sendSlow = () => request('/slow', new Agent({ keepAlive: true }))
  await sleep(250)
  let isAnswered = false
  // As long as somebody connects, the server goes on listening.
  const connecting = (async () => {
    while (!isAnswered) await Promise.all([request('/', new Agent()), sleep(10)])
  })()
  expect((await sendSlow()).connection).toBe('keep-alive')
  const late = sendSlow()
  isAnswered = true
  expect((await late).connection).toBe('close')
  await Promise.all([stopped, connecting])
})

it('cuts a request that never ends, and tells when it starts and when it is done', async () => {
  const steps: string[] = []
  const hanging = request('/never').catch(() => steps.push('cut'))
  await sleep(50)
  await stopGracefully({
    server,
    log,
    lingerTime: 20,
    drainTime: 100,
    onDraining: () => void steps.push('draining'),
    onDrained: async () => void steps.push('drained'),
  })
  await hanging
  expect(steps[0]).toBe('draining')
  expect(new Set(steps)).toEqual(new Set(['draining', 'cut', 'drained']))
})
