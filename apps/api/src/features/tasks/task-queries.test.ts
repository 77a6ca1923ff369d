import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// Row level security would stop a query without the filter as well; this is the first of the two fences.

const upkeep = 'upkeep-queries.ts'
const files = readdirSync(import.meta.dirname).filter(
  (name) => /^(?!.*test).*\.ts$/.test(name) && name !== upkeep,
)
const functions = files.flatMap((file) => {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8')
  return source
    .split(/^(?=(?:export )?(?:async )?function |(?:export )?const )/m)
    .map((text) => ({ file, name: /(?:function|const) (\w+)/.exec(text)?.[1] ?? '', text }))
})
const queries = functions.filter(({ text }) => text.includes('forUser('))
// Written once and run often, by functions that are given the user.
const prepared = functions.filter(({ text }) => text.includes('defineUserStatement('))

describe('the task queries', () => {
  it('are all seen by this scan, and stand in files of their own', () => {
    expect(queries.length).toBeGreaterThanOrEqual(10)
    expect(prepared.length).toBeGreaterThanOrEqual(4)
    expect([...queries, ...prepared].filter(({ file }) => !file.endsWith('-queries.ts'))).toEqual(
      [],
    )
  })

  it.each(queries)('$name takes the user and filters by it', ({ text }) => {
    expect(text).toMatch(
      /^export (async )?function \w+\(\n? *(db|trx): TaskDatabase,\s+userId: string,?/,
    )
    const statements = text.match(
      /\.(selectFrom|insertInto|updateTable|deleteFrom)\('\w+( as \w+)?'\)/g,
    )
    const filters = text.match(
      /\.where\('([a-z_]+\.)?user_id', '=', userId\)|\buser_id: userId,|select \$\{userId\}::uuid,/g,
    )
    expect(statements).not.toBeNull()
    expect(filters).toHaveLength(statements?.length ?? 0)
  })

  it.each(prepared)('$name filters by the user it is run for', ({ text }) => {
    const statements = text.match(/\.(selectFrom|insertInto|updateTable|deleteFrom)\('\w+'\)/g)
    const filters = text.match(
      /\.where\('user_id', '=', param\('userId'\)\)|\buser_id: param\('userId'\),/g,
    )
    expect(statements).toHaveLength(1)
    expect(filters).toHaveLength(1)
  })

  it('name the tables nowhere else', () => {
    const rest = functions.filter((one) => !queries.includes(one) && !prepared.includes(one))
    for (const { text } of rest) {
      expect(text).not.toMatch(/\b(from|into|update) (task|deleted_task|idempotency_key)\b/)
      expect(text).not.toMatch(/\.(selectFrom|insertInto|updateTable|deleteFrom)\(/)
      expect(text).not.toContain('forEveryone')
    }
  })
})
