import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Task, taskEventSchema, taskSchema } from '@tend/contracts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHome, type Home } from './run-tend.ts'
import { signIn } from './test-server.ts'

let home: Home

beforeEach(async () => {
  home = await createHome()
  await signIn(home)
})
afterEach(() => home.remove())

async function add(title: string): Promise<Task> {
  return taskSchema.parse(JSON.parse((await home.run(['add', title, '--json'])).stdout))
}

/** Starts watching, and waits until it is under way. */
async function watch(...args: string[]) {
  const child = home.start(['watch', ...args])
  child.stdin.end()
  const [notes, lines] = [child.stderr, child.stdout].map((input) =>
    createInterface({ input })[Symbol.asyncIterator](),
  )
  expect((await notes?.next())?.value).toMatch(/^Watching /)
  return {
    child,
    next: async (): Promise<string> => (await lines?.next())?.value ?? '',
    async interrupt() {
      const closed = once(child, 'close')
      child.kill('SIGINT')
      await closed
      return child.exitCode
    },
  }
}

it('tells of each change as an event of the contract, in under two seconds', async () => {
  const watching = await watch('--json')
  const task = await add('water the plants')
  const addedAt = performance.now()
  const read = async () => taskEventSchema.parse(JSON.parse(await watching.next()))
  expect(await read()).toMatchObject({ type: 'task.created', task: { id: task.id } })
  expect(performance.now() - addedAt).toBeLessThan(2000)
  await home.run(['done', task.id])
  expect(await read()).toMatchObject({ type: 'task.updated', task: { isCompleted: true } })
  await home.run(['rm', task.id])
  expect(await read()).toEqual({ type: 'task.deleted', id: task.id })
  expect(await watching.interrupt()).toBe(130)
})

it('tells people in one line each', async () => {
  const watching = await watch()
  const task = await add('water the plants tomorrow')
  expect(await watching.next()).toMatch(
    new RegExp(`\\+ ${task.id.slice(-6)} {2}water the plants {2}due tomorrow$`),
  )
  expect(await watching.interrupt()).toBe(130)
})

it('ends with 3 when the session ends', async () => {
  const watching = await watch()
  const closed = once(watching.child, 'close')
  await home.run(['logout'])
  await closed
  expect(watching.child.exitCode).toBe(3)
})
