import { expect, it } from 'vitest'
import { isText } from '../../../api/guards.ts'
import { createDraftBox } from './draft-box.ts'

/** The browser's storage, which a test can fill to the brim. */
function createPlace({ isFull = false } = {}) {
  const items = new Map<string, string>()
  return {
    items,
    get length() {
      return items.size
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
  }
}

it('keeps drafts for the next page, each under a key of its own', () => {
  const place = createPlace()
  const box = createDraftBox('notes.ada.', isText, place)
  box.keep('one', 'Half a thought')
  box.keep('two', 'Another')
  box.drop('two')
  expect([...place.items]).toEqual([['notes.ada.one', '"Half a thought"']])
  expect([...createDraftBox('notes.ada.', isText, place).all()]).toEqual([
    ['one', 'Half a thought'],
  ])
})

it('shows nobody the drafts of another person', () => {
  const place = createPlace()
  createDraftBox('notes.ada.', isText, place).keep('one', 'Half a thought')
  expect(createDraftBox('notes.grace.', isText, place).all().size).toBe(0)
})

it('sees at once what another tab wrote and took away, when asked to look again', () => {
  const place = createPlace()
  const [here, there] = [1, 2].map(() => createDraftBox('notes.', isText, place))
  there?.keep('one', 'Half a thought')
  expect(here?.all().size).toBe(0)
  here?.refresh()
  expect(here?.all().get('one')).toBe('Half a thought')
  there?.drop('one')
  here?.refresh()
  expect(here?.all().size).toBe(0)
})

it.each([
  ['is full', createPlace({ isFull: true })],
  ['is refused', null],
])('keeps drafts as long as the page when storage %s', (_state, place) => {
  const box = createDraftBox('notes.', isText, place)
  box.keep('one', 'Half a thought')
  box.refresh()
  expect(box.all().get('one')).toBe('Half a thought')
  box.drop('one')
  box.refresh()
  expect(box.all().size).toBe(0)
})

it('leaves what it cannot read where it is', () => {
  const place = createPlace()
  place.items.set('notes.broken', '{')
  place.items.set('notes.foreign', '{"written":"by a later version"}')
  expect(createDraftBox('notes.', isText, place).all().size).toBe(0)
  expect(place.items.size).toBe(2)
})

it('gives a new snapshot after each change and the same one in between, and tells who listens', () => {
  const box = createDraftBox('notes.', isText, createPlace())
  const before = box.all()
  expect(box.all()).toBe(before)
  const seen: number[] = []
  const stop = box.subscribe(() => seen.push(box.all().size))
  box.keep('one', 'a')
  box.drop('one')
  box.drop('one')
  stop()
  box.keep('two', 'b')
  expect(seen).toEqual([1, 0])
  expect(before.size).toBe(0)
})
