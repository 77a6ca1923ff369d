/**
 * Changes of a JSON value that a schema may refuse: other types, too much, too little, a key more, a key less.
 * Not each breaks every schema; the caller keeps those that do.
 */
export function breakValue(value: unknown): unknown[] {
  const others = [null, true, -1, 1.5, 1e12, 'no such value', '', [], {}, [[]]]
  return [
    ...others.filter((other) => typeof other !== typeof value || other !== value),
    ...breakInside(value),
  ]
}

function breakInside(value: unknown): unknown[] {
  if (typeof value === 'string') return [value.repeat(2).padEnd(20_000, 'x'), ` ${value}\0`]
  if (Array.isArray(value)) {
    return [
      [...value, ...value, ...Array.from({ length: 101 }, (_, index) => index)],
      ...value.slice(0, 1).flatMap((item) => breakValue(item).map((broken) => [broken])),
    ]
  }
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  return [
    { ...value, userId: '7d9f3b52-4c0e-4f7e-9d6a-0f6f5f1f0b11' },
    JSON.parse(
      `{${[...entries.map(([key, member]) => `${JSON.stringify(key)}:${JSON.stringify(member)}`), '"__proto__":{}'].join(',')}}`,
    ),
    ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
    ...entries.flatMap(([key, member]) =>
      breakValue(member).map((broken) => ({ ...value, [key]: broken })),
    ),
  ]
}
