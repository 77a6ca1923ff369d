import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { TOKEN_LIFETIME } from './make-access-token.ts'
import type { PeerSettings } from './peers/peer-settings.ts'

/** A server process that listens on the loopback address. */
export type ServerProcess = { pid: number; port: number; stop(): Promise<void> }

/** Who issues tokens for whom, and the key they are signed with. */
export type TokenSettings = Pick<PeerSettings, 'secret' | 'issuer' | 'audience'>

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url))
const START_TIME = 20_000

/** Starts Tend's API in production mode, with all it does for a user; its limit on requests is counted and never reached. */
export function startTend(
  databaseUrl: string,
  { secret, issuer, audience }: TokenSettings,
  {
    nodeOptions = [],
    environment = {},
  }: { nodeOptions?: string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<ServerProcess> {
  return startServer((port) => ({
    args: [...nodeOptions, path.join(workspaceRoot, 'apps/api/src/main.ts')],
    environment: {
      DATABASE_URL: databaseUrl,
      JWT_SECRET: secret,
      WEB_URL: issuer,
      API_URL: audience,
      API_PORT: String(port),
      ACCESS_TOKEN_TTL: String(TOKEN_LIFETIME),
      RATE_LIMIT_PER_MINUTE: '1000000000',
      LOG_LEVEL: 'info',
      ...environment,
    },
  }))
}

/** Starts Tend's web app as built, in production mode, behind a proxy on this machine that says whose request it is. */
export function startTendWeb(databaseUrl: string): Promise<ServerProcess> {
  const [secret, authSecret] = [randomBytes(32), randomBytes(32)].map((bytes) =>
    bytes.toString('base64url'),
  )
  return startServer((port) => ({
    folder: 'apps/web',
    args: ['src/main.ts'],
    environment: {
      DATABASE_URL: databaseUrl,
      JWT_SECRET: secret,
      BETTER_AUTH_SECRET: authSecret,
      WEB_URL: `http://localhost:${port}`,
      API_URL: 'http://localhost:4000',
      WEB_PORT: String(port),
      TRUSTED_PROXIES: '127.0.0.1/32',
      LOG_LEVEL: 'info',
    },
  }))
}

/** Starts one of the servers in `peers`. */
export function startPeer(
  file: 'fastify-server.ts' | 'hono-server.ts' | 'bytes-server.ts',
  settings: Record<string, string>,
): Promise<ServerProcess> {
  const main = fileURLToPath(new URL(`./peers/${file}`, import.meta.url))
  return startServer((port) => ({ args: [main, JSON.stringify({ ...settings, port })] }))
}

async function startServer(
  describe: (port: number) => { args: string[]; folder?: string; environment?: NodeJS.ProcessEnv },
): Promise<ServerProcess> {
  const port = await findFreePort()
  const { args, folder = '', environment } = describe(port)
  const child = spawn(process.execPath, args, {
    cwd: path.join(workspaceRoot, folder),
    env: { NODE_ENV: 'production', ...environment },
    // The log is written, and nobody reads it.
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const killLeftOver = () => child.kill('SIGKILL')
  process.once('exit', killLeftOver)
  child.once('exit', () => process.off('exit', killLeftOver))
  const stop = async () => {
    child.kill()
    await ended
  }
  const server = { pid: child.pid ?? 0, port, stop }
  const giveUpAt = Date.now() + START_TIME
  while (Date.now() < giveUpAt && child.exitCode === null) {
    // Any answer will do: the peers have no health check.
    const status = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (answer) => answer.status,
      () => 503,
    )
    if (status !== 503) return server
    await sleep(50)
  }
  child.kill('SIGKILL')
  throw new Error(`${args.find((argument) => argument.endsWith('.ts'))} did not start.`)
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
