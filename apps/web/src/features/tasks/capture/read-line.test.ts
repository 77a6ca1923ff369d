import { describe, expect, it } from 'vitest'
import { readLine, type ViewDefaults } from './read-line.ts'

// A Saturday.
const today = '2026-11-21'
const nothing: ViewDefaults = { dueDate: null, label: null }

function read(line: string, defaults = nothing, ignore: string[] = []) {
  return readLine(line, { today, ignore, defaults })
}

describe('a typed line', () => {
  it('becomes a task with what its words say', () => {
    expect(read('pay rent tomorrow !high #home')).toEqual({
      task: { title: 'pay rent', dueDate: '2026-11-22', priority: 'high', labels: ['home'] },
      problem: null,
      chips: [
        { kind: 'date', value: '2026-11-22', refusal: 'tomorrow' },
        { kind: 'priority', value: 'high', refusal: '!high' },
        { kind: 'label', value: 'home', refusal: '#home' },
      ],
    })
  })

  it('is a plain title when nothing is recognised', () => {
    expect(read('  pay   rent ')).toEqual({ task: { title: 'pay rent' }, problem: null, chips: [] })
  })

  it('keeps as words what the person has refused', () => {
    expect(read('read Friday news #1a', nothing, ['Friday', '#1a'])).toEqual({
      task: { title: 'read Friday news #1a' },
      problem: null,
      chips: [],
    })
  })

  it.each([
    ['', 'Write a few words first.'],
    [' \t ', 'Write a few words first.'],
    ['tomorrow #home', 'Write what to do, too.'],
    [`${'a'.repeat(201)} tomorrow`, 'A title has at most 200 characters; this one has 201.'],
  ])('that cannot be a task says why: %j', (line, problem) => {
    expect(read(line)).toMatchObject({ task: null, problem })
  })

  it('may be longer than a title by what is recognised in it', () => {
    expect(read(`${'a'.repeat(200)} tomorrow`).task?.title).toHaveLength(200)
  })
})

describe('the view a line is written in', () => {
  const view: ViewDefaults = { dueDate: today, label: 'home' }

  it('gives it its date and its label, each of which can be taken away', () => {
    const { task, chips } = read('pay rent', view)
    expect(task).toEqual({ title: 'pay rent', dueDate: today, labels: ['home'] })
    const refusals = chips.map(({ refusal }) => refusal)
    expect(read('pay rent', view, refusals)).toMatchObject({
      task: { title: 'pay rent' },
      chips: [],
    })
  })

  it('gives way to what the line says itself', () => {
    expect(read('pay rent tomorrow #home #home', view)).toMatchObject({
      task: { dueDate: '2026-11-22', labels: ['home'] },
      chips: [{ refusal: 'tomorrow' }, { refusal: '#home' }],
    })
  })

  it('adds no eleventh label', () => {
    const labels = Array.from({ length: 10 }, (_, index) => `label-${index}`)
    const { task, chips } = read(`x ${labels.map((label) => `#${label}`).join(' ')}`, view)
    expect(task?.labels).toEqual(labels)
    expect(chips.filter(({ kind }) => kind === 'label')).toHaveLength(10)
  })
})
