import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as queries from './task-queries.ts'

// Row level security would stop a query without the filter as well; this is the first of the two fences.

const source = readFileSync(new URL('./task-queries.ts', import.meta.url), 'utf8')
const functions = source
  .split(/^(?=(?:export )?(?:async )?function |(?:export )?const )/m)
  .map((text) => ({ name: /^export (?:async )?function (\w+)/.exec(text)?.[1], text }))
const exported = functions.filter(({ name }) => name !== undefined)

describe('the task queries', () => {
  it('are all seen by this scan', () => {
    expect(exported.map(({ name }) => name).sort()).toEqual(Object.keys(queries).sort())
    expect(exported.length).toBeGreaterThanOrEqual(6)
  })

  it.each(exported)('$name takes the user and filters by it', ({ text }) => {
    expect(text).toMatch(/^export function \w+\(\n? *db: TaskDatabase,\s+userId: string,/)
    const statements = text.match(/\.(selectFrom|insertInto|updateTable|deleteFrom)\('task'\)/g)
    const scoped = text.match(/forUser\(db, userId\)/g)
    const filters = text.match(/\.where\('user_id', '=', userId\)|\buser_id: userId,/g)
    expect(statements).not.toBeNull()
    expect(scoped).toHaveLength(statements?.length ?? 0)
    expect(filters).toHaveLength(statements?.length ?? 0)
  })

  it('name the table nowhere else', () => {
    const rest = functions.filter(({ name }) => name === undefined)
    for (const { text } of rest) expect(text).not.toMatch(/\b(from|into|update) task\b|'task'/)
    expect(source).not.toMatch(/\bdb\s*\.\s*\w+\(/)
  })
})
