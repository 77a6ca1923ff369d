import { expect, it } from 'vitest'
import { readKey } from './read-key.ts'

it('is the letter that is written, wherever its key stands', () => {
  expect(readKey({ key: 'z', code: 'KeyY' })).toBe('z')
  expect(readKey({ key: '?', code: 'Minus' })).toBe('?')
  expect(readKey({ key: 'Enter', code: 'Enter' })).toBe('Enter')
})

it('is the letter of the place where the keyboard writes another alphabet', () => {
  expect(readKey({ key: 'о', code: 'KeyJ' })).toBe('j')
  expect(readKey({ key: 'Л', code: 'KeyK' })).toBe('k')
  expect(readKey({ key: 'ל', code: 'KeyK' })).toBe('k')
})

it('is what is written where no letter stands', () => {
  expect(readKey({ key: '№', code: 'Digit3' })).toBe('№')
  expect(readKey({ key: 'ü', code: 'BracketLeft' })).toBe('ü')
  // With AltGr.
  expect(readKey({ key: 'ć', code: 'KeyC' })).toBe('ć')
})
