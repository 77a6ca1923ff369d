import { describe, expect, it } from 'vitest'
import { median, percentile } from './statistics.ts'

describe('the median', () => {
  it('is the middle value, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([10, 9, 100])).toBe(10)
  })

  it('is the mean of two in the middle', () => {
    expect(median([4, 1, 2, 100])).toBe(3)
    expect(median([7])).toBe(7)
  })

  it('of nothing does not exist', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('a percentile', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index)

  it('is a value that occurred, by nearest rank', () => {
    expect(percentile(values, 0.5)).toBe(100)
    expect(percentile(values, 0.95)).toBe(190)
    expect(percentile(values, 0.99)).toBe(198)
    expect(percentile(values, 1)).toBe(200)
    expect(percentile([3], 0.99)).toBe(3)
  })

  it('does not change what it is given', () => {
    const given = [3, 1, 2]
    percentile(given, 0.5)
    expect(given).toEqual([3, 1, 2])
  })
})
