import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { writeScript } from './write-script.ts'

it('writes a call that stands alone, with functions among its arguments', () => {
  const shown: string[] = []
  const describe = (count: number) => `${count} left`
  const show = (to: string, words: typeof describe, { count }: { count: number }) => {
    // The browser's, in a page.
    globalThis.dispatchEvent(Object.assign(new Event(to), { words: words(count) }))
  }
  runInNewContext(writeScript(show, 'said', describe, { count: 4 }), {
    Event: class {},
    dispatchEvent: ({ words }: { words: string }) => shown.push(words),
  })
  expect(shown).toEqual(['4 left'])
})

it('cannot be ended by what a string says', () => {
  const source = writeScript((_text: string) => {}, '</script><script>alert(1)</script><!--')
  expect(source).not.toMatch(/<\/script|<!--/)
})
