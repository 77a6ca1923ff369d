import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { unwrap } from '@tend/contracts/client'
import type { Person } from './run-tend.ts'

/** How one write ended: the status of its answer, or none when there was no answer; `at` is when, by `performance.now()`. */
export type Outcome = { title: string; status: number | null; at: number }

/** Writes that go on until they are stopped. */
export type SteadyWrites = {
  outcomes: Outcome[]
  /** Ends them and waits for those under way. */
  stop(): Promise<Outcome[]>
}

/** Adds tasks over `writers` connections at a time, each with a title of its own. */
export function writeSteadily(port: number, { token }: Person, writers = 16): SteadyWrites {
  const agent = new Agent({ keepAlive: true, maxSockets: writers })
  const outcomes: Outcome[] = []
  let isOver = false
  const write = async (writer: number) => {
    for (let count = 0; !isOver; count += 1) {
      const title = `${writer}: ${count}`
      const status = await addTask({ port, agent, token, title })
      outcomes.push({ title, status, at: performance.now() })
      // As a client that was told to come back later, and not as an attack.
      await sleep(status === 201 ? 2 : 50)
    }
  }
  const writing = Promise.all(Array.from({ length: writers }, (_nothing, writer) => write(writer)))
  return {
    outcomes,
    async stop() {
      isOver = true
      await writing
      agent.destroy()
      return outcomes
    },
  }
}

type Addition = { port: number; agent: Agent; token: string; title: string }

function addTask({ port, agent, token, title }: Addition): Promise<number | null> {
  return new Promise((resolve) => {
    const outgoing = request({
      port,
      agent,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/tasks',
      timeout: 30_000,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    outgoing.on('timeout', () => outgoing.destroy())
    outgoing.on('error', () => resolve(null))
    outgoing.on('response', (response) => {
      response.on('error', () => resolve(null))
      response.on('end', () => resolve(response.statusCode ?? null))
      response.resume()
    })
    outgoing.end(JSON.stringify({ title }))
  })
}

/** The titles of all of a person's tasks. */
async function readTitles({ client }: Person): Promise<string[]> {
  const titles: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { title: string }[]; nextCursor: string | null } = await unwrap(
      client.tasks.list({ query: { limit: 100, ...(cursor !== null && { cursor }) } }),
    )
    titles.push(...page.items.map(({ title }) => title))
    cursor = page.nextCursor
  } while (cursor !== null)
  return titles
}

/** What was acknowledged and is not there, and what is there twice. Both have to be empty, whatever happened. */
export async function findLosses(person: Person, outcomes: Outcome[]) {
  const titles = await readTitles(person)
  const kept = new Set(titles)
  const acknowledged = outcomes.filter(({ status }) => status === 201)
  return {
    lost: acknowledged.map(({ title }) => title).filter((title) => !kept.has(title)),
    doubled: titles.length - kept.size,
  }
}
