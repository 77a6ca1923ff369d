import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { listenLocally } from './http/test-raw-request.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

const environment = {
  NODE_ENV: 'test' as const,
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  BETTER_AUTH_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789',
  JWT_SECRET: '9876543210zyxwvutsrqponmlkjihgfedcba',
  WEB_PORT: '0',
}

async function start(changes: Record<string, string>) {
  const child = spawn(process.execPath, [main], { env: { ...environment, ...changes } })
  const [log, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { log, complaint, code }
}

it('tells everything that keeps it from running in production at once, and no value of it', async () => {
  const repeated = 'hunter2-and-more-'.repeat(3)
  const { complaint, code } = await start({
    DATABASE_URL: 'mysql://root:hunter2@db',
    BETTER_AUTH_SECRET: repeated,
    BETTER_AUTH_SECRET_PREVIOUS: 'hunter2',
    JWT_SECRET: repeated,
    WEB_URL: 'http://tend.example',
    API_URL: 'http://hunter2@api.tend.example/app',
    WEB_PORT: '99999',
    TRUSTED_PROXIES: 'everybody',
    REQUIRE_EMAIL_VERIFICATION: 'true',
  })
  expect(code).toBe(1)
  for (const problem of [
    'DATABASE_URL must look like postgres',
    'BETTER_AUTH_SECRET must be random',
    'BETTER_AUTH_SECRET_PREVIOUS must have at least 32 bytes',
    'JWT_SECRET must be random',
    'JWT_SECRET, BETTER_AUTH_SECRET, BETTER_AUTH_SECRET_PREVIOUS must differ',
    'WEB_URL must be https in production',
    'API_URL must be https in production',
    'API_URL must be an address without path, query or credentials',
    'WEB_PORT must be a port number',
    'TRUSTED_PROXIES must be',
    'SMTP_URL is missing, which REQUIRE_EMAIL_VERIFICATION needs in production',
  ]) {
    expect(complaint).toContain(`- ${problem}`)
  }
  expect(complaint).not.toMatch(/hunter2|everybody/)
})

it('says which secrets are missing', async () => {
  const { complaint, code } = await start({ BETTER_AUTH_SECRET: '', JWT_SECRET: '' })
  expect(code).toBe(1)
  expect(complaint).toContain('- BETTER_AUTH_SECRET is missing')
  expect(complaint).toContain('- JWT_SECRET is missing')
})

it('says in one sentence that its port is taken', async () => {
  const other = createServer()
  const port = await listenLocally(other)
  const { complaint, code } = await start({ WEB_PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(complaint).toBe(
    'The web app could not start. The port is taken by another program: stop it, or set WEB_PORT (or METRICS_PORT) to a free one.\n',
  )
})

it('warns of a proxy that nobody has named', async () => {
  const other = createServer()
  const WEB_PORT = String(await listenLocally(other))
  const API_URL = 'https://api.tend.example'
  const addresses = { WEB_PORT, WEB_URL: 'https://tend.example', API_URL }
  expect((await start(addresses)).log).toContain('"event":"proxies.unset"')
  const named = await start({ ...addresses, TRUSTED_PROXIES: '10.0.0.0/8' })
  expect(named.log).not.toContain('proxies.unset')
  other.close()
})
