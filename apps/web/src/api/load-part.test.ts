import { NetworkError } from '@tend/contracts/client'
import { afterEach, expect, it, vi } from 'vitest'
import { loadPart } from './load-part.ts'

afterEach(() => void vi.useRealTimers())

it('fetches a part once, and again only after it could not be fetched', async () => {
  const answers = [Promise.reject(new TypeError('gone')), Promise.resolve('the part')]
  let fetched = 0
  const load = loadPart(async () => answers[fetched++])
  const [first, second] = [load(), load()]
  await expect(first).rejects.toThrow(NetworkError)
  await expect(second).rejects.toThrow(NetworkError)
  expect(fetched).toBe(1)
  await expect(load()).resolves.toBe('the part')
  await expect(load()).resolves.toBe('the part')
  expect(fetched).toBe(2)
})

it('waits for a part no longer than for an answer, and takes it when it comes after all', async () => {
  vi.useFakeTimers()
  const late = Promise.withResolvers<string>()
  const load = loadPart(() => late.promise)
  const first = expect(load()).rejects.toThrow(NetworkError)
  await vi.advanceTimersByTimeAsync(30_000)
  await first
  const second = load()
  late.resolve('the part')
  await expect(second).resolves.toBe('the part')
  expect(vi.getTimerCount()).toBe(0)
})
