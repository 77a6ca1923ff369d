import { expect, it } from 'vitest'
import { createLanes } from './create-lanes.ts'

it('begins a step when what came before it is taken over, and not merely answered', async () => {
  const inOrder = createLanes()
  const log: string[] = []
  const takeOver = (name: string) => (answer: Promise<unknown>) =>
    answer.then(() => Promise.resolve()).then(() => log.push(`took over ${name}`))
  const first = inOrder(['a'], async () => log.push('sent one'))
  const second = inOrder(['a'], async () => log.push('sent two'))
  await Promise.all([takeOver('one')(first), takeOver('two')(second)])
  expect(log).toEqual(['sent one', 'took over one', 'sent two', 'took over two'])
})

it('goes on after a step that failed, and lets other lanes pass', async () => {
  const inOrder = createLanes()
  const log: string[] = []
  const failing = inOrder(['a'], async () => {
    log.push('a fails')
    throw new Error('away')
  })
  const steps = [
    inOrder(['a', 'b'], async () => log.push('a and b')),
    inOrder(['c'], async () => log.push('c')),
    inOrder(['b'], async () => log.push('b')),
  ]
  await expect(failing).rejects.toThrow('away')
  await Promise.all(steps)
  expect(log).toEqual(['a fails', 'c', 'a and b', 'b'])
})
