import { expect, it } from 'vitest'
import { splitLines } from './split-lines.ts'

it.each(['', 'milk', 'milk\n', '\n\n milk \r\n', '- milk'])('%j is one task', (text) => {
  expect(splitLines(text)).toEqual({ kind: 'one' })
})

it('takes each line that says something, without the mark of its list', () => {
  const text = [
    ...['milk', '', '- bread', '* butter', '• jam', '1. eggs', '12) flour', '- [ ] salt'],
    ...['- [x] pepper', '[] sugar', '   2 lemons', '-5 degrees', '3.5 kg of apples', '—'],
  ].join('\r\n')
  expect(splitLines(text)).toEqual({
    kind: 'several',
    lines: [
      ...['milk', 'bread', 'butter', 'jam', 'eggs', 'flour', 'salt', 'pepper', 'sugar'],
      ...['2 lemons', '-5 degrees', '3.5 kg of apples', '—'],
    ],
  })
})

it('does not take more lines than can be sent', () => {
  expect(splitLines('milk\n'.repeat(200))).toMatchObject({ kind: 'several' })
  expect(splitLines('milk\n'.repeat(201))).toEqual({ kind: 'many' })
})
