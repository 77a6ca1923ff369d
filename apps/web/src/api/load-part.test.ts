import { NetworkError } from '@tend/contracts/client'
import { expect, it } from 'vitest'
import { loadPart } from './load-part.ts'

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
