import { type Task, taskPageSchema, taskSchema } from '@tend/contracts'
import { calendarDay } from '@tend/quick-add/calendar-day'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHome, type Home } from './run-tend.ts'
import { signIn } from './test-server.ts'

let home: Home

beforeAll(async () => {
  home = await createHome()
})
afterAll(() => home.remove())

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await home.run(args)
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' })
  return stdout
}

async function add(...args: string[]): Promise<Task> {
  return taskSchema.parse(JSON.parse(await succeed('add', ...args, '--json')))
}

async function list(...args: string[]): Promise<string[]> {
  const page = taskPageSchema.parse(JSON.parse(await succeed('list', ...args, '--json')))
  return page.items.map(({ title }) => title)
}

const end = (task: Task) => task.id.slice(-6)
const today = () => calendarDay(new Date())
const tomorrow = () => calendarDay(new Date(Date.now() + 86_400_000))

describe('tasks in the terminal', () => {
  beforeEach(async () => {
    await signIn(home)
  })

  it('are added as they are said', async () => {
    const line = await succeed('add', 'buy', 'milk', 'today', '!high', '#home')
    expect(line).toMatch(/^Added [0-9a-f]{6} {2}buy milk {2}due today, high, #home\n$/)
    expect(
      await add(
        'call Sue',
        '--due',
        'tomorrow',
        '--priority',
        'low',
        '--label',
        'a',
        '--label',
        'b',
      ),
    ).toMatchObject({
      title: 'call Sue',
      dueDate: tomorrow(),
      priority: 'low',
      labels: ['a', 'b'],
    })
    expect(await add('--plain', 'call tomorrow #x')).toMatchObject({
      title: 'call tomorrow #x',
      dueDate: null,
      labels: [],
    })
    const nothing = await home.run(['add', 'tomorrow #home'])
    expect(nothing.code).toBe(2)
    expect(nothing.stderr).toContain('Must not be empty')
  })

  it('are listed by what one asks for, as a table and as the page of the contract', async () => {
    await add('apples today #shop')
    await add('bread tomorrow #shop')
    const done = await add('cheese')
    await succeed('done', end(done))
    expect(await list()).toEqual(['bread', 'apples'])
    expect(await list('--status', 'all', '--sort', 'title')).toEqual(['apples', 'bread', 'cheese'])
    expect(await list('--status', 'completed')).toEqual(['cheese'])
    expect(await list('--due', 'today')).toEqual(['apples'])
    expect(await list('--due', 'none', '--status', 'all')).toEqual(['cheese'])
    expect(await list('--label', 'shop', '--sort', 'oldest')).toEqual(['apples', 'bread'])
    expect(await list('--q', 'BREA')).toEqual(['bread'])
    expect(await list('--limit', '1')).toEqual(['bread'])
    const table = (await succeed('list', '--status', 'all', '--sort', 'title')).split('\n')
    expect(table[0]).toMatch(
      /^ID {6}.* {2}TITLE {3}DUE {7}PRIORITY {2}LABELS$|^ID {10,}TITLE {3}DUE/,
    )
    expect(table[1]).toMatch(/^[0-9a-f]{6} {8}apples {2}today .*#shop$/)
    expect(table[3]).toMatch(/^[0-9a-f]{6} {2}done {2}cheese$/)
  })

  it('are shown, changed, completed, opened, thrown away and brought back', async () => {
    const task = await add('water the plants #home')
    const id = end(task)
    expect(await succeed('show', id)).toContain(task.id)
    const edit = ['--title', 'water all plants', '--due', 'today', '--add-label', 'green']
    await succeed('edit', id, ...edit, '--priority', 'medium', '--description', 'not too much')
    const shown = taskSchema.parse(JSON.parse(await succeed('show', task.id, '--json')))
    expect(shown).toMatchObject({
      title: 'water all plants',
      description: 'not too much',
      dueDate: today(),
      priority: 'medium',
      labels: ['home', 'green'],
    })
    await succeed('edit', id, '--due', 'none', '--remove-label', 'home', '--description', '')
    const cleared = taskSchema.parse(JSON.parse(await succeed('show', id, '--json')))
    expect(cleared).toMatchObject({ dueDate: null, labels: ['green'], description: null })
    const [done] = z.array(taskSchema).parse(JSON.parse(await succeed('done', id, '--json')))
    expect(done?.isCompleted).toBe(true)
    expect(await succeed('undo', id)).toContain('Opened')
    expect(await succeed('rm', id)).toContain(`tend restore ${id}`)
    expect(await list('--status', 'all')).toEqual([])
    expect(await list('--status', 'deleted')).toEqual(['water all plants'])
    expect(await succeed('restore', id)).toContain('Restored')
    expect(await list()).toEqual(['water all plants'])
    await succeed('rm', id)
    expect(await succeed('rm', id, '--permanent')).toContain('for good')
    expect(await list('--status', 'deleted')).toEqual([])
    const gone = await home.run(['show', id])
    expect(gone).toMatchObject({ code: 1, stdout: '' })
    expect(gone.stderr).toBe(
      `tend: No task’s id ends in ${id}: see what there is with tend list.\n`,
    )
    const alsoGone = await home.run(['done', task.id])
    expect(alsoGone).toMatchObject({ code: 1 })
    expect(alsoGone.stderr).toContain('There is no such task')
  })

  it('of other people cannot be reached', async () => {
    const task = await add('mine')
    await signIn(home)
    for (const command of [
      ['show'],
      ['done'],
      ['rm'],
      ['rm', '--permanent'],
      ['restore'],
      ['edit', '--title', 'x'],
    ]) {
      const { code, stdout } = await home.run([...command, task.id])
      expect({ command, code, stdout }).toEqual({ command, code: 1, stdout: '' })
    }
  })

  it('cannot write to the screen what a terminal obeys', async () => {
    await add('--plain', 'red \u001b[31m and \u009b2J and \u202e back')
    const table = await succeed('list')
    expect(table).toContain('red �[31m and �2J and � back')
    for (const unsafe of ['\u001b', '\u009b', '\u202e']) expect(table).not.toContain(unsafe)
  })

  it('have colours on a terminal alone, and none with NO_COLOR', async () => {
    await add('colourful !high')
    expect(await succeed('list')).not.toContain('\u001b')
    const coloured = await home.runInTerminal(['list'], [])
    expect(coloured.screen).toContain('\u001b[31mhigh')
    const plain = await home.runInTerminal(['list'], [], { NO_COLOR: '1' })
    expect(plain.screen).toContain('high')
    expect(plain.screen).not.toContain('\u001b[31m')
  })
})
