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
    await sleep(request.url === '/slow' ? 300 : 0)
    response.writeHead(200, { 'content-type': 'text/plain' }).end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  port = address.port
})

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

it('loses none of the requests of keep-alive clients that never pause', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  let answered = 0
  // Only a refused connection ends a client: it is a request that was never taken, and may be sent elsewhere.
  const clients = Array.from({ length: 32 }, async () => {
    for (;;) {
      expect((await request('/', agent)).body).toBe('done')
      answered += 1
    }
  })
  const ends = Promise.allSettled(clients)
  await sleep(100)
  await stopGracefully({ server, log, lingerTime: 600 })
  for (const end of await ends) expect(String(Object(end).reason)).toContain('ECONNREFUSED')
  expect(answered).toBeGreaterThan(100)
})

it('tells a connection to close by when its answer goes out, not by when the request came', async () => {
  const stopped = stopGracefully({ server, log, lingerTime: 400 })
  const sendSlow = async (at: number) => {
    await sleep(at)
    return (await request('/slow', new Agent({ keepAlive: true }))).connection
  }
  // As long as somebody connects, the server goes on listening, from 400 to 800 ms after the signal.
  const connecting = (async () => {
    for (let count = 0; count < 40; count += 1) {
      await Promise.all([request('/', new Agent()).catch(() => {}), sleep(20)])
    }
  })()
  const answers = [sendSlow(250), sendSlow(620)]
  expect(await Promise.all(answers)).toEqual(['keep-alive', 'close'])
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
