import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Environment, workspaceRoot } from './env.ts'

/** The two servers of Tend, running. */
export type Servers = {
  webUrl: string
  apiUrl: string
  /** Resolves with a sentence when one of them ends without being asked to. */
  failure: Promise<string>
  /** Stops both, waiting for requests under way. */
  stop(): Promise<void>
}

const START_TIME = 60_000

/** The listening ports, by the name of their variable. */
function readPorts(environment: Environment): { WEB_PORT: number; API_PORT: number } {
  return {
    WEB_PORT: Number(environment.WEB_PORT || 3000),
    API_PORT: Number(environment.API_PORT || 4000),
  }
}

/** Throws one sentence when a port is in use already. */
export async function assertPortsAreFree(environment: Environment): Promise<void> {
  for (const [name, port] of Object.entries(readPorts(environment))) {
    if (!(await isListening(port))) continue
    throw new Error(
      `Port ${port} is taken by another program. Stop it, or choose another port: ${name}=${port + 1000} npm start`,
    )
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Starts API and web app in production mode and waits until both answer. Throws one sentence when one does not. */
export async function startServers(given: Environment): Promise<Servers> {
  const environment: Environment = { ...given, NODE_ENV: 'production' }
  const { WEB_PORT, API_PORT } = readPorts(environment)
  const children = [startApp('api', environment), startApp('web', environment)]
  const failure = Promise.race(children.map(({ ended }) => ended))
  const stop = async () => {
    for (const { child } of children) child.kill('SIGTERM')
    await Promise.all(children.map(({ ended }) => ended))
  }
  const ready = Promise.all([
    waitUntilReady(`http://localhost:${API_PORT}/health/ready`),
    waitUntilReady(`http://localhost:${WEB_PORT}/api/health`),
  ])
  const problem = await Promise.race([failure, ready.then(() => null, String)])
  if (problem !== null) {
    await stop()
    throw new Error(problem)
  }
  return {
    webUrl: environment.WEB_URL || `http://localhost:${WEB_PORT}`,
    apiUrl: environment.API_URL || `http://localhost:${API_PORT}`,
    failure,
    stop,
  }
}

type App = { child: ChildProcess; ended: Promise<string> }

function startApp(name: 'api' | 'web', environment: Environment): App {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(workspaceRoot, 'apps', name),
    env: environment,
    // Over the channel the app notices when this process is gone, and stops by itself.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) =>
      resolve(`The ${name} server could not be started: ${error.message}`),
    )
    child.on('exit', (code, signal) =>
      resolve(`The ${name} server ended (${signal ?? `code ${code}`}).`),
    )
  })
  return { child, ended }
}

async function waitUntilReady(url: string): Promise<void> {
  const giveUpAt = Date.now() + START_TIME
  while (Date.now() < giveUpAt) {
    const isReady = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error(
    `${url} did not get ready within ${START_TIME / 1000} seconds. The log above says why.`,
  )
}
