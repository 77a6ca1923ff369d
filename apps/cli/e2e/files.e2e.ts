import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { taskExportSchema, taskPageSchema } from '@tend/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHome, type Home } from './run-tend.ts'
import { signIn } from './test-server.ts'

let home: Home

beforeEach(async () => {
  home = await createHome()
  await signIn(home)
})
afterEach(() => home.remove())

/** An export of so many tasks, as a person may have written it. */
function makeExport(count: number): string {
  const moment = '2026-11-21T09:30:00.000Z'
  const tasks = Array.from({ length: count }, (_, index) => ({
    id: `019aa5b0-0000-7000-8000-${(0x100000000 + index * 7919).toString(16).padStart(12, '0')}`,
    title: `Task ${index}`,
    description: null,
    isCompleted: false,
    dueDate: null,
    priority: 'none',
    labels: [],
    createdAt: moment,
    updatedAt: moment,
  }))
  return JSON.stringify({ version: 1, exportedAt: moment, tasks })
}

describe('files', () => {
  it('carry tasks from one account to another, once', async () => {
    await home.run(['add', 'one #a'])
    await home.run(['add', 'two tomorrow'])
    const file = join(home.folder, 'tasks.json')
    expect(await home.run(['export', '--output', file])).toMatchObject({ code: 0, stdout: '' })
    const written = taskExportSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    expect(written.tasks.map(({ title }) => title)).toEqual(['one', 'two'])
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    await signIn(home)
    expect((await home.run(['import', file])).stdout).toBe('Imported 2 tasks\n')
    const again = await home.run(['import', '-'], { input: await readFile(file, 'utf8') })
    expect(again.stdout).toBe('Imported 0 tasks; 2 were there already\n')
    const { stdout } = await home.run(['export'])
    expect(taskExportSchema.parse(JSON.parse(stdout)).tasks).toEqual(written.tasks)
  })

  it('are written as CSV', async () => {
    await home.run(['add', 'one, "two"'])
    const { code, stdout } = await home.run(['export', '--format', 'csv'])
    expect(code).toBe(0)
    expect(stdout).toContain('"one, ""two"""')
  })

  it('that are no export are refused with what is wrong', async () => {
    const file = join(home.folder, 'x.json')
    for (const [content, reason] of [
      ['not json', 'is not JSON'],
      ['{"version":1,"exportedAt":"2026-11-21T09:30:00.000Z","tasks":[{}]}', 'tasks.0.id'],
    ] as const) {
      await writeFile(file, content)
      const { code, stderr } = await home.run(['import', file])
      expect(code).toBe(1)
      expect(stderr).toContain(reason)
    }
    const missing = await home.run(['import', join(home.folder, 'missing.json')])
    expect(missing.code).toBe(1)
    expect(missing.stderr).toMatch(/^tend: A file could not be used: ENOENT/)
  })
})

describe('pipes', () => {
  it('get every task of many pages', async () => {
    await home.run(['import', '-'], { input: makeExport(250) })
    const limited = await home.run(['list'])
    expect(limited.stdout.trim().split('\n')).toHaveLength(51)
    expect(limited.stderr).toContain('--all')
    const { stdout } = await home.run(['list', '--all', '--json'])
    const { items, nextCursor } = taskPageSchema.parse(JSON.parse(stdout))
    expect(new Set(items.map(({ id }) => id)).size).toBe(250)
    expect(nextCursor).toBeNull()
  })

  it('may be closed by a reader that has seen enough', async () => {
    await home.run(['import', '-'], { input: makeExport(100) })
    for (const args of [
      ['list', '--all', '--json'],
      ['export'],
      ['export', '--format', 'csv'],
      ['--help'],
    ]) {
      const child = home.start(args)
      child.stdin.end()
      child.stdout.destroy()
      const closed = once(child, 'close')
      expect({ args, stderr: await text(child.stderr) }).toEqual({ args, stderr: '' })
      await closed
      expect({ args, code: child.exitCode }).toEqual({ args, code: 0 })
    }
  })

  it('refuse a part of an id that fits two tasks', async () => {
    const same = makeExport(2).replace(
      /"019aa5b0-0000-7000-8000-\w{4}(\w{8})","title":"Task 1"/,
      '"019aa5b0-0000-7000-8000-0002$1","title":"Task 1"',
    )
    const first = /-8000-\w{4}(\w{8})","title":"Task 0"/.exec(same)?.[1] ?? ''
    const twins = same.replace(/-8000-0002\w{8}/, `-8000-0002${first}`)
    expect((await home.run(['import', '-'], { input: twins })).stdout).toBe('Imported 2 tasks\n')
    const { code, stderr } = await home.run(['done', first.slice(-6)])
    expect(code).toBe(1)
    expect(stderr).toContain('The ids of 2 tasks end in')
    expect((await home.run(['list', '--status', 'completed'])).stdout).toBe('')
    const table = (await home.run(['list'])).stdout.trim().split('\n').slice(1)
    const [shown = ''] = (table[0] ?? '').split(' ')
    expect((await home.run(['done', shown])).code).toBe(0)
  })
})
