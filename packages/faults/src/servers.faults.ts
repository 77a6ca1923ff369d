import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { unwrap } from '@tend/contracts/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findFreePort } from './find-free-port.ts'
import { runApp, stopProcess } from './run-app.ts'
import { setUpTend } from './set-up-tend.ts'
import { findLosses, writeSteadily } from './write-steadily.ts'

const CLIENTS = 64

const { tend, ada } = await setUpTend()

/** Sends a GET over an agent's connections; the status, or the code of the error when there was no answer. */
function get(port: number, agent: Agent, path: string, token?: string): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const outgoing = request({ port, agent, host: '127.0.0.1', path, headers })
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    outgoing.on('response', (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', () => resolve('cut'))
      response.resume()
    })
    outgoing.end()
  })
}

/** 64 clients with connections that stay open, each asking until nobody listens any more. */
async function askUntilRefused(port: number, path: string, token?: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const outcomes: (number | string)[] = []
  const ask = async () => {
    for (;;) {
      const outcome = await get(port, agent, path, token)
      if (outcome === 'ECONNREFUSED') return
      outcomes.push(outcome)
      await sleep(50)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, ask))
  agent.destroy()
  return outcomes
}

describe('under the load of 64 clients', () => {
  it.each([
    { name: 'api', path: '/api/tasks?limit=5' },
    { name: 'web', path: '/login' },
  ] as const)('the $name server that is asked to stop fails no request', async ({ name, path }) => {
    const port = String(await findFreePort())
    const variable = name === 'api' ? 'API_PORT' : 'WEB_PORT'
    const app = await runApp(name, { ...tend.environment, [variable]: port })
    const asking = askUntilRefused(app.port, path, name === 'api' ? ada.token : undefined)
    await sleep(2000)
    await app.stop()
    const outcomes = await asking
    expect(outcomes.length).toBeGreaterThan(CLIENTS)
    expect(outcomes.filter((outcome) => outcome !== 200)).toEqual([])
    expect(app.child.exitCode).toBe(0)
  })

  it('an API server that is killed has kept what it acknowledged, and the next one goes on', async () => {
    const first = await runApp('api', { ...tend.environment, API_PORT: '0' })
    const writes = writeSteadily(first.port, ada, CLIENTS)
    await expect.poll(() => writes.outcomes.length, { timeout: 20_000 }).toBeGreaterThan(200)
    await stopProcess(first.child, 'SIGKILL')
    const outcomes = await writes.stop()
    expect(outcomes.some(({ status }) => status === 201)).toBe(true)
    expect(await findLosses(ada, outcomes)).toEqual({ lost: [], doubled: 0 })
  })

  it('a web server that is killed takes no session along', async () => {
    const { client } = await tend.register()
    await stopProcess(tend.web.child, 'SIGKILL')
    const next = await runApp('web', tend.environment)
    onTestFinished(next.stop)
    expect((await unwrap(client.auth.session())).user.email).toContain('@example.com')
  })
})
