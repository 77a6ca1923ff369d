import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspaceRoot } from './env.ts'

const document = readFileSync(join(workspaceRoot, 'docs', 'security.md'), 'utf8')
const rows = [...document.matchAll(/^\| ([4679]\.\d.*?) \| (.+?) \|$/gm)].map(
  ([, requirement = '', shown = '']) => ({ requirement, shown }),
)
const tested = rows.flatMap(({ requirement, shown }) => {
  const [, file, name] = /^`(.+?)`: (.+)$/.exec(shown) ?? []
  return file !== undefined && name !== undefined ? [{ requirement, file, name }] : []
})

/** How many requirements each section of the chapters has in OWASP ASVS 5.0.0. */
const sections: Record<string, number> = {
  ...{ '4.1': 5, '4.2': 5, '4.3': 2, '4.4': 4 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 8, '6.4': 6, '6.5': 8, '6.6': 4, '6.7': 2, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 3, '7.6': 2 },
  ...{ '9.1': 3, '9.2': 4 },
}

/** `6.2.6–6.2.7 …` is about 6.2.6 and 6.2.7. */
function readNumbers(requirement: string): string[] {
  const [, section = '', from = '', to = from] =
    /^(\d\.\d)\.(\d+)(?:–\d\.\d\.(\d+))? /.exec(requirement) ?? []
  const count = Number(to) - Number(from) + 1
  return Array.from({ length: count }, (_nothing, i) => `${section}.${Number(from) + i}`)
}

it('has every requirement of its chapters in its table, and no other', () => {
  const all = Object.entries(sections).flatMap(([section, count]) =>
    Array.from({ length: count }, (_nothing, i) => `${section}.${i + 1}`),
  )
  const found = new Set(rows.flatMap(({ requirement }) => readNumbers(requirement)))
  expect([...found].sort()).toEqual(all.sort())
})

it('has a test, a section of its own, or a plain word in each line of its table', () => {
  expect(tested.length).toBeGreaterThan(40)
  for (const { shown } of rows) {
    const [, section] = /^Document: (.+)$/.exec(shown) ?? []
    if (section !== undefined) expect(document).toContain(`\n## ${section}\n`)
    else expect(shown).toMatch(/^`.+`: .+|^Not done[.:]|^Does not apply: /)
  }
})

it.each(tested)('names a test that exists for $requirement', ({ file, name }) => {
  const path = join(workspaceRoot, file)
  expect(existsSync(path)).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain(name)
})
