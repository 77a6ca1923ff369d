import { randomBytes } from 'node:crypto'
import type { BenchDatabase, BenchPerson } from './bench-database.ts'
import { assertSameAnswers, readAnswers } from './compare-answers.ts'
import type { ContestantName } from './contestants.ts'
import { HttpConnection } from './load/http-connection.ts'
import {
  type MeasuredOutcome,
  startLoadProcess,
  startStatementsProcess,
} from './load/start-load-process.ts'
import { makeAccessToken } from './make-access-token.ts'
import { formatCall, planCalls, type ScenarioName } from './scenarios.ts'
import { type ServerProcess, startPeer, startTend, type TokenSettings } from './start-server.ts'

/** Everybody ready to be measured. */
export type Contest = {
  servers: ReadonlyMap<ContestantName, ServerProcess>
  postmasterPid: number
  /** Puts the load of a scenario on one contestant, for so many milliseconds. */
  run(
    contestant: ContestantName,
    scenario: ScenarioName,
    load: { duration: number; seed: number; rate?: number | undefined },
  ): Promise<MeasuredOutcome>
  close(): Promise<void>
}

/** Who takes part, over how many connections each is asked, and where Tend's CPU profile goes. */
type ContestOptions = {
  contestants: readonly ContestantName[]
  connections: number
  profileDir?: string | undefined
}

/** Requests that are prepared for a load and sent in turn. */
const PREPARED = 3_000

/** As many as the pools of the servers have. */
const STATEMENT_CONNECTIONS = 10

/** Starts all servers and the processes that ask them, and makes sure that all answer alike. */
export async function openContest(
  database: BenchDatabase,
  { contestants, connections, profileDir }: ContestOptions,
): Promise<Contest> {
  const settings: TokenSettings = {
    secret: randomBytes(32).toString('base64url'),
    issuer: 'http://localhost:3000',
    audience: 'http://localhost:4000',
  }
  const tokens = await makeTokens(database.people, settings)
  const servers = await startServers(database, settings, { contestants, profileDir, tokens })
  const load = startLoadProcess()
  const statements = startStatementsProcess()
  const tokenOf = (userId: string) => tokens.get(userId) ?? ''

  return {
    servers,
    postmasterPid: database.postmasterPid,
    run(contestant, scenario, { duration, seed, rate }) {
      const calls = planCalls(scenario, database.people, { count: PREPARED, seed })
      const port = servers.get(contestant)?.port
      if (port === undefined) {
        const { url: databaseUrl } = database
        return statements.run({ databaseUrl, connections: STATEMENT_CONNECTIONS, duration, calls })
      }
      const requests = calls.map((call) => formatCall(call, tokenOf(call.userId)))
      return load.run({
        port,
        connections,
        duration,
        requests,
        ...(rate !== undefined && { rate }),
      })
    },
    async close() {
      load.stop()
      statements.stop()
      await Promise.all([...servers.values()].map((server) => server.stop()))
    },
  }
}

async function makeTokens(
  people: readonly BenchPerson[],
  settings: TokenSettings,
): Promise<ReadonlyMap<string, string>> {
  const tokens = people.map(async (person): Promise<[string, string]> => {
    return [person.id, await makeAccessToken(person, settings)]
  })
  return new Map(await Promise.all(tokens))
}

async function startServers(
  { url, people }: BenchDatabase,
  settings: TokenSettings,
  {
    contestants,
    profileDir,
    tokens,
  }: Omit<ContestOptions, 'connections'> & { tokens: ReadonlyMap<string, string> },
): Promise<Map<ContestantName, ServerProcess>> {
  const servers = new Map<ContestantName, ServerProcess>()
  const nodeOptions = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
  servers.set('tend', await startTend(url, settings, { nodeOptions }))
  const peerSettings = { ...settings, databaseUrl: url }
  if (contestants.includes('fastify')) {
    servers.set('fastify', await startPeer('fastify-server.ts', peerSettings))
  }
  if (contestants.includes('hono')) {
    servers.set('hono', await startPeer('hono-server.ts', peerSettings))
  }
  const tendPort = portOf(servers, 'tend')
  // Each with a person of its own, who takes no part in what is measured: the requests change what they ask about.
  for (const [index, name] of (['fastify', 'hono'] as const).entries()) {
    const server = servers.get(name)
    if (server === undefined) continue
    const requests = sampleRequests(people.at(-1 - index), tokens)
    const expected = await readAnswers(tendPort, requests)
    assertSameAnswers(expected, name, await readAnswers(server.port, requests))
  }
  if (contestants.includes('node')) {
    const { list, read } = sampleRequests(people[0], tokens)
    const bodies = await readBodies(tendPort, [list, read])
    servers.set('node', await startPeer('bytes-server.ts', { list: bodies[0], task: bodies[1] }))
  }
  return servers
}

/** One request of each kind. */
function sampleRequests(person: BenchPerson | undefined, tokens: ReadonlyMap<string, string>) {
  const userId = person?.id ?? ''
  const id = person?.taskIds[0] ?? ''
  const token = tokens.get(userId) ?? ''
  return {
    list: formatCall({ kind: 'list', userId }, token),
    read: formatCall({ kind: 'read', userId, id }, token),
    toggle: formatCall({ kind: 'toggle', userId, id }, token),
    create: formatCall({ kind: 'create', userId, title: 'Try the new kettle' }, token),
  }
}

async function readBodies(port: number, requests: [Buffer, Buffer]): Promise<[string, string]> {
  const connection = new HttpConnection(port)
  const first = await connection.send(requests[0])
  const second = await connection.send(requests[1])
  connection.close()
  return [first.body.toString(), second.body.toString()]
}

function portOf(servers: ReadonlyMap<ContestantName, ServerProcess>, name: ContestantName): number {
  const server = servers.get(name)
  if (server === undefined) throw new Error(`${name} was not started.`)
  return server.port
}
