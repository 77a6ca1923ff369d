import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { refreshCalmly } from './refresh-calmly.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('reads at once, and once more after a crowd of changes', () => {
  const queryClient = new QueryClient()
  let readings = 0
  const change = () => refreshCalmly(queryClient, 'totals', () => (readings += 1))
  change()
  expect(readings).toBe(1)
  for (let count = 0; count < 100; count += 1) change()
  expect(readings).toBe(1)
  vi.runAllTimers()
  expect(readings).toBe(2)
  change()
  expect(readings).toBe(3)
})

it('keeps what is read apart', () => {
  const [one, other] = [new QueryClient(), new QueryClient()]
  const readings: string[] = []
  refreshCalmly(one, 'totals', () => readings.push('totals of one'))
  refreshCalmly(one, 'trash', () => readings.push('trash of one'))
  refreshCalmly(other, 'totals', () => readings.push('totals of the other'))
  expect(readings).toEqual(['totals of one', 'trash of one', 'totals of the other'])
})
