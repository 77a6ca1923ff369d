import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { writeScript } from './write-script.ts'

it('writes a call that stands alone, with data and functions as its arguments', () => {
  const describe = (count: number) => `${count} left`
  const join = ({ mark }: { mark: string }, words: typeof describe) => `${words(4)} ${mark}`
  expect(runInNewContext(writeScript(join, { mark: '<b> & "c"' }, describe))).toBe(
    '4 left <b> & "c"',
  )
})

it('cannot be ended by what a string says', () => {
  const source = writeScript((_text: string) => {}, '</script><script>alert(1)</script><!--')
  expect(source).not.toMatch(/<\/script|<!--/)
})
