import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createAccessTokenSource } from './access-token-source.ts'
import { NetworkError, SessionEndedError } from './errors.ts'
import { shareRenewal } from './share-renewal.ts'

/** Pages of one person, each with a source of its own, on the platform's own locks and channels. */
function openPages(count: number) {
  const userId = randomUUID()
  const web = { requests: 0, inFlight: 0, most: 0, failure: null as Error | null, takes: 30 }
  let time = 1_000_000
  async function requestToken() {
    web.requests += 1
    web.inFlight += 1
    web.most = Math.max(web.most, web.inFlight)
    const accessToken = `token-${web.requests}`
    await new Promise((resolve) => setTimeout(resolve, web.takes))
    web.inFlight -= 1
    if (web.failure !== null) throw web.failure
    return { accessToken, tokenType: 'Bearer' as const, expiresIn: 300 }
  }
  const pages = Array.from({ length: count }, () =>
    createAccessTokenSource({ requestToken, sharing: shareRenewal(userId), now: () => time }),
  )
  return {
    pages,
    web,
    userId,
    pass(seconds: number) {
      time += seconds * 1000
    },
  }
}

describe('pages of one person that share their renewals', () => {
  it('ask once when ten of them need a token at the same time', async () => {
    const { pages, web } = openPages(10)
    const tokens = await Promise.all(pages.map((page) => page.get()))
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(web.requests).toBe(1)
  })

  it('ask once when ten of them wake up after a long sleep', async () => {
    const { pages, web, pass } = openPages(10)
    await Promise.all(pages.map((page) => page.get()))
    pass(3600)
    const tokens = await Promise.all(pages.map((page) => page.get()))
    expect(new Set(tokens)).toEqual(new Set(['token-2']))
    expect(web.requests).toBe(2)
  })

  it('ask once when the API refuses the token of all of them', async () => {
    const { pages, web } = openPages(10)
    const [refused = ''] = await Promise.all(pages.map((page) => page.get()))
    const tokens = await Promise.all(pages.map((page) => page.replace(refused)))
    expect(new Set(tokens)).toEqual(new Set(['token-2']))
    expect(web.requests).toBe(2)
  })

  it('take over a token that another page has renewed, without asking', async () => {
    const { pages, web, pass } = openPages(2)
    await Promise.all(pages.map((page) => page.get()))
    pass(3600)
    expect(await pages[0]?.get()).toBe('token-2')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(await pages[1]?.get()).toBe('token-2')
    expect(web.requests).toBe(2)
  })

  it('share a failure instead of failing one after the other', async () => {
    const { pages, web } = openPages(10)
    web.failure = new NetworkError('no answer')
    const outcomes = await Promise.allSettled(pages.map((page) => page.get()))
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'NetworkError' } })
    }
    expect(web.requests).toBe(1)
    web.failure = null
    expect(await pages[3]?.get()).toBe('token-2')
  })

  it('all learn that the session has ended from the one that asked', async () => {
    const { pages, web } = openPages(5)
    web.failure = new SessionEndedError('over')
    const outcomes = await Promise.allSettled(pages.map((page) => page.get()))
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'SessionEndedError' } })
    }
    expect(web.requests).toBe(1)
  })

  it('go on when the page that was at it goes away without a word', async () => {
    const { pages, web, userId } = openPages(3)
    const gone = navigator.locks.request(
      `tend.token.${userId}`,
      () => new Promise((resolve) => setTimeout(resolve, 80)),
    )
    const tokens = await Promise.all(pages.map((page) => page.get()))
    await gone
    expect(new Set(tokens).size).toBe(1)
    expect(web.requests).toBe(1)
    expect(web.most).toBe(1)
  })

  it('hear nothing of other people, nor of what is no news', async () => {
    const { pages, web, userId } = openPages(1)
    const { pages: others } = openPages(1)
    const channel = new BroadcastChannel(`tend.token.${userId}`)
    channel.postMessage({ kind: 'renewed', token: { token: 'forged' } })
    await others[0]?.get()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(await pages[0]?.get()).toBe('token-1')
    expect(web.requests).toBe(1)
    channel.close()
  })
})
