/** The middle value; of an even number the mean of the two in the middle. Throws for none. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort()
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined)
    throw new RangeError('There is no median of no values.')
  return (lower + upper) / 2
}

/** The smallest value that at least this share of all values does not exceed (nearest rank). Throws for none. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('There is no percentile of no values.')
  return value
}
