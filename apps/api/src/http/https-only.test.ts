import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { parseTrustedProxies } from '@tend/runtime/client-address'
import { afterEach, expect, it } from 'vitest'
import { expectProblem, startTestApi, type TestApi } from '../test-api.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(apiUrl: string, trusted: string): Promise<{ api: TestApi; url: string }> {
  const trustedProxies = parseTrustedProxies(trusted) ?? []
  const api = await startTestApi({ apiUrl, trustedProxies })
  const server = createServer(getRequestListener(api.app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => api.close(),
  )
  const { port } = server.address() as AddressInfo
  return { api, url: `http://127.0.0.1:${port}/health/live` }
}

const ask = (url: string, proto: string) =>
  fetch(url, { headers: { 'x-forwarded-proto': proto, connection: 'close' } })

it('refuses what reached a trusted proxy over http', async () => {
  const { url } = await start('https://api.tend.example', '127.0.0.1')
  await expectProblem(await ask(url, 'http'), 'HTTPS_REQUIRED')
  await expectProblem(await ask(url, 'https, http'), 'HTTPS_REQUIRED')
  expect((await ask(url, 'https')).status).toBe(200)
  expect((await fetch(url, { headers: { connection: 'close' } })).status).toBe(200)
})

it('believes nobody else, and asks for https only where there is some', async () => {
  const untrusted = await start('https://api.tend.example', '')
  expect((await ask(untrusted.url, 'http')).status).toBe(200)
  const local = await start('http://localhost:4000', '127.0.0.1')
  expect((await ask(local.url, 'http')).status).toBe(200)
})
