import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTendClient, type TendClient } from '@tend/contracts/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findTaskIds } from './find-task-ids.ts'

// 250 tasks, three pages; the first and the last end alike.
const ids = Array.from(
  { length: 250 },
  (_, index) =>
    `019aa5b0-0000-7000-8000-${(index % 249).toString(16).padStart(4, '0')}000${
      index === 249 ? '1' : '0'
    }${(index % 249).toString(16).padStart(4, '0')}`,
)

let server: Server
let tend: TendClient
let lists: number

beforeEach(async () => {
  lists = 0
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    response.setHeader('content-type', 'application/json')
    if (url.pathname === '/api/auth/token') {
      response.end('{"accessToken":"t","tokenType":"Bearer","expiresIn":300}')
      return
    }
    lists += 1
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const limit = Number(url.searchParams.get('limit'))
    const moment = '2026-11-21T09:30:00.000Z'
    const items = ids.slice(from, from + limit).map((id) => ({
      id,
      title: 'x',
      description: null,
      isCompleted: false,
      dueDate: null,
      priority: 'none',
      labels: [],
      createdAt: moment,
      updatedAt: moment,
    }))
    const nextCursor = from + limit < ids.length ? String(from + limit) : null
    response.end(JSON.stringify({ items, nextCursor }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  tend = createTendClient({ webUrl: address, apiUrl: address })
})
afterEach(() => server.close())

const find = (...references: string[]) => findTaskIds(tend, references, ['all'])

describe('the end of an id', () => {
  it('finds its task on whatever page it is', async () => {
    expect(await find('00F8')).toEqual([ids[248]])
    expect(await find('00070000' + '0007', '00f7')).toEqual([ids[7], ids[247]])
  })

  it('is refused when it fits two tasks, however far apart, and taken with one character more', async () => {
    await expect(find('0000')).rejects.toMatchObject({
      exitCode: 1,
      message:
        'The ids of 2 tasks end in 0000: give more characters, as in 000000000000, 000000010000',
    })
    expect(await find('10000')).toEqual([ids[249]])
  })

  it('is refused when it fits none', async () => {
    await expect(find('ffff')).rejects.toMatchObject({ exitCode: 1 })
  })

  it.each(['abc', 'zzzz', '', '019aa5b0-0000-7000-8000-00000000000g', 'x'.repeat(40)])(
    'is not %j',
    async (reference) => {
      await expect(find(reference)).rejects.toMatchObject({ exitCode: 2 })
      expect(lists).toBe(0)
    },
  )
})

it('a full id needs no search, with hyphens or without', async () => {
  const id = '019aa5b0-0000-7000-8000-00000000abcd'
  expect(await find(id.toUpperCase())).toEqual([id])
  expect(await find(id.replaceAll('-', ''))).toEqual([id])
  expect(lists).toBe(0)
})

it('a task that is named twice is meant once', async () => {
  const [id = ''] = ids
  expect(await find(id, id.toUpperCase())).toEqual([id])
  expect(await find('00f7', ids[247] ?? '', '00f8', '00f7')).toEqual([ids[247], ids[248]])
})
