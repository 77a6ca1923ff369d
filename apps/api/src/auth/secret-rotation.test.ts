import { setTimeout as sleep } from 'node:timers/promises'
import { accessTokenKeyId } from '@tend/contracts/access-token'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Person, startTestApi, type TestApi } from '../test-api.ts'
import { type ApiProcess, apiEnvironment, startApiProcess } from '../test-api-process.ts'
import { makeToken, previousSecret, secret } from './test-tokens.ts'

let api: TestApi
const processes: ApiProcess[] = []
beforeAll(async () => {
  api = await startTestApi()
})
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL')
  await api.close()
})

async function start(secrets: Record<string, string>): Promise<ApiProcess> {
  const started = await startApiProcess({ ...apiEnvironment(api.url), ...secrets })
  processes.push(started)
  return started
}

/** Signs as the web app does with this secret. */
async function issue({ id, sessionId }: Person, key: string): Promise<string> {
  return makeToken({
    header: { kid: await accessTokenKeyId(key) },
    claims: { sub: id, sid: sessionId },
    key,
  })
}

it('fails no request under load, as docs/secret-rotation.md plays it', {
  timeout: 120_000,
}, async () => {
  const ada = await api.createPerson()
  let server = await start({ JWT_SECRET: previousSecret })
  let token = await issue(ada, previousSecret)
  let isOver = false
  const statuses: number[] = []
  const load = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const answer = await fetch(`http://127.0.0.1:${server.port}/api/tasks`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await answer.arrayBuffer()
      statuses.push(answer.status)
      await sleep(5)
    }
  })
  const replaceServer = async (secrets: Record<string, string>) => {
    const former = server
    server = await start(secrets)
    former.child.kill('SIGTERM')
    await sleep(300)
  }

  await replaceServer({ JWT_SECRET: secret, JWT_SECRET_PREVIOUS: previousSecret })
  const old = token
  token = await issue(ada, secret)
  await sleep(300)
  await replaceServer({ JWT_SECRET: secret })
  isOver = true
  await Promise.all(load)

  expect(statuses.length).toBeGreaterThan(50)
  expect(new Set(statuses)).toEqual(new Set([200]))
  const late = await fetch(`http://127.0.0.1:${server.port}/api/tasks`, {
    headers: { authorization: `Bearer ${old}` },
  })
  expect(late.status).toBe(401)
})
