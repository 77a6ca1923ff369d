import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspaceRoot } from './env.ts'

const document = readFileSync(join(workspaceRoot, 'docs', 'security.md'), 'utf8')
const rows = [...document.matchAll(/^\| ([\d.]+.*?) \| `(.+?)`: ?(.*?) ?\|$/gm)]

it('has a test in each line of its table', () => {
  const lines = document.split('\n').filter((line) => /^\| \d/.test(line))
  expect(rows).toHaveLength(lines.length)
  expect(lines.length).toBeGreaterThan(20)
})

it.each(rows.map(([, requirement = '', file = '', name = '']) => ({ requirement, file, name })))(
  'names a test that exists for $requirement',
  ({ file, name }) => {
    const path = join(workspaceRoot, file)
    expect(existsSync(path)).toBe(true)
    expect(name).not.toBe('')
    expect(readFileSync(path, 'utf8')).toContain(name)
  },
)
