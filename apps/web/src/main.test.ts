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
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { complaint, code }
}

it('tells everything that is wrong with the environment at once, and no value of it', async () => {
  const { complaint, code } = await start({
    DATABASE_URL: 'mysql://root:hunter2@db',
    BETTER_AUTH_SECRET: 'tooshort',
    JWT_SECRET: 'a'.repeat(40),
    WEB_URL: 'http://tend.example/app',
    WEB_PORT: '99999',
    TRUSTED_PROXIES: 'everybody',
  })
  expect(code).toBe(1)
  for (const name of [
    'DATABASE_URL',
    'BETTER_AUTH_SECRET',
    'JWT_SECRET',
    'WEB_URL',
    'WEB_PORT',
    'TRUSTED_PROXIES',
  ]) {
    expect(complaint).toContain(`- ${name} `)
  }
  expect(complaint).not.toMatch(/hunter2|tooshort|aaaa|everybody/)
})

it('will not run for the public without https', async () => {
  const { complaint, code } = await start({ WEB_URL: 'http://tend.example' })
  expect(code).toBe(1)
  expect(complaint).toContain('WEB_URL must be https in production')
})

it('says in one sentence that its port is taken', async () => {
  const other = createServer()
  const port = await listenLocally(other)
  const { complaint, code } = await start({ WEB_PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(complaint).toBe(
    'The web app could not start. The port is taken by another program: stop it, or set WEB_PORT to a free one.\n',
  )
})
