import { afterEach, describe, expect, it } from 'vitest'
import { SharedConnections } from './shared-connections.ts'

const query = { name: 'tend_share_test', text: 'select 1', userId: '', values: [] }

const opened: SharedConnections[] = []
afterEach(async () => {
  for (const connections of opened.splice(0)) await connections.close()
})

/** Shared connections of which none can be opened. */
function shareBroken(code: string): SharedConnections {
  const connections = new SharedConnections({
    size: 2,
    open: () => Promise.reject(Object.assign(new Error('No connection'), { code })),
    longestSilence: 1_000,
    onConnectionLost: undefined,
  })
  opened.push(connections)
  return connections
}

describe('a shared connection that cannot be opened', () => {
  it.each(['42P05', '26000'])(
    'because a pooler mixes up prepared statements (%s) leaves every statement to a connection of its own',
    async (code) => {
      const connections = shareBroken(code)
      expect(await Promise.all([1, 2, 3].map(() => connections.run(query)))).toEqual([
        undefined,
        undefined,
        undefined,
      ])
      expect(await connections.run(query)).toBeUndefined()
    },
  )

  it('because the server is away fails the statement', async () => {
    await expect(shareBroken('ECONNREFUSED').run(query)).rejects.toThrow('No connection')
  })
})
