import { describe, expect, it } from 'vitest'
import { createAccessTokenSource } from './access-token-source.ts'

function setUp(lifetime = 300) {
  let time = 1_000_000
  let count = 0
  const behaviour = { fails: false, release: Promise.resolve() }
  const source = createAccessTokenSource({
    async requestToken() {
      count += 1
      const name = `token-${count}`
      await behaviour.release
      if (behaviour.fails) throw new Error('the web app is away')
      return { accessToken: name, tokenType: 'Bearer', expiresIn: lifetime }
    },
    now: () => time,
  })
  return {
    source,
    behaviour,
    requests: () => count,
    pass(seconds: number) {
      time += seconds * 1000
    },
  }
}

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('an access token source', () => {
  it('asks once for a hundred calls at the same time', async () => {
    const { source, requests } = setUp()
    const tokens = await Promise.all(Array.from({ length: 100 }, () => source.get()))
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(requests()).toBe(1)
  })

  it('asks once when a hundred calls are refused at the same time', async () => {
    const { source, requests } = setUp()
    const refused = await source.get()
    const tokens = await Promise.all(Array.from({ length: 100 }, () => source.replace(refused)))
    expect(new Set(tokens)).toEqual(new Set(['token-2']))
    expect(requests()).toBe(2)
  })

  it('does not ask again for a refusal that came late, after the token was replaced', async () => {
    const { source, requests } = setUp()
    const refused = await source.get()
    await source.replace(refused)
    expect(await source.replace(refused)).toBe('token-2')
    expect(requests()).toBe(2)
  })

  it('renews thirty seconds before the end of a token of five minutes, and nobody waits', async () => {
    const { source, pass, requests } = setUp(300)
    await source.get()
    pass(269)
    expect(await source.get()).toBe('token-1')
    expect(requests()).toBe(1)
    pass(2)
    expect(await source.get()).toBe('token-1')
    await settle()
    expect(await source.get()).toBe('token-2')
    expect(requests()).toBe(2)
  })

  it('renews in the last fifth of a short token', async () => {
    const { source, pass } = setUp(20)
    await source.get()
    pass(15)
    expect(await source.get()).toBe('token-1')
    pass(1.5)
    expect(await source.get()).toBe('token-1')
    await settle()
    expect(await source.get()).toBe('token-2')
  })

  it('does not use a token that could end on its way', async () => {
    const { source, pass } = setUp(300)
    await source.get()
    pass(299)
    expect(await source.get()).toBe('token-2')
  })

  it('goes on with a living token while an early renewal fails', async () => {
    const { source, behaviour, pass } = setUp(300)
    await source.get()
    behaviour.fails = true
    pass(280)
    expect(await source.get()).toBe('token-1')
    await settle()
    expect(await source.get()).toBe('token-1')
  })

  it('throws when the token has ended and the renewal fails, and recovers afterwards', async () => {
    const { source, behaviour, pass } = setUp(300)
    await source.get()
    behaviour.fails = true
    pass(301)
    await expect(source.get()).rejects.toThrow('away')
    behaviour.fails = false
    expect(await source.get()).toBe('token-3')
  })

  it('counts the life of a token from before its request', async () => {
    const { source, behaviour, pass, requests } = setUp(10)
    let release = () => {}
    behaviour.release = new Promise((resolve) => {
      release = resolve
    })
    const first = source.get()
    pass(9)
    release()
    expect(await first).toBe('token-1')
    await source.get()
    expect(requests()).toBe(2)
  })

  it('does not keep a token whose request was under way when the person signed out', async () => {
    const { source, behaviour } = setUp()
    let release = () => {}
    behaviour.release = new Promise((resolve) => {
      release = resolve
    })
    const early = source.get()
    source.clear()
    release()
    await early
    expect(await source.get()).toBe('token-2')
  })

  it('takes the token that came with signing in', async () => {
    const { source, requests } = setUp()
    source.accept({ accessToken: 'from-login', tokenType: 'Bearer', expiresIn: 300 })
    expect(await source.get()).toBe('from-login')
    expect(requests()).toBe(0)
  })
})
