import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTendClient, NetworkError, UnexpectedAnswerError } from './create-tend-client.ts'

let server: Server
let address: string
let seen: string[]
let contentType: string

beforeEach(async () => {
  seen = []
  contentType = 'text/csv; charset=utf-8'
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    if (request.url === '/api/auth/token') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"accessToken":"fresh","tokenType":"Bearer","expiresIn":300}')
    } else {
      response.writeHead(200, { 'content-type': contentType }).end('id,title\n')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => server.close())

it('downloads an export with the access token', async () => {
  const tend = createTendClient({ webUrl: address, apiUrl: address })
  const answer = await tend.exportTasks('csv')
  expect(await answer.text()).toBe('id,title\n')
  expect(seen.at(-1)).toBe('GET /api/tasks/export?format=csv Bearer fresh')
})

it('refuses an answer of another kind', async () => {
  contentType = 'text/html'
  const tend = createTendClient({ webUrl: address, apiUrl: address })
  await expect(tend.exportTasks('json')).rejects.toBeInstanceOf(UnexpectedAnswerError)
})

it('throws NetworkError when nothing answers', async () => {
  const tend = createTendClient({ webUrl: address, apiUrl: 'http://127.0.0.1:1' })
  await expect(tend.exportTasks('json')).rejects.toBeInstanceOf(NetworkError)
})
