import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import { connectDatabase } from '@tend/database/connect-database'
import { dropSchema } from '@tend/database/migrate'
import { createTestDatabase } from '@tend/database/test-database'
import { findFreePort } from './find-free-port.ts'
import { type App, runApp, workspaceRoot } from './run-app.ts'
import { chooseNginxPorts, runNginx } from './run-nginx.ts'

/** Tend as it runs on several machines: two servers of each kind behind nginx with TLS, on one PostgreSQL. */
export type Replicas = {
  webUrl: string
  apiUrl: string
  /** Pages and API without TLS. */
  httpPort: number
  databaseUrl: string
  web: Replica[]
  api: Replica[]
  stop(): Promise<void>
}

/** One server, which can be replaced by a new process on the same port, with other settings if need be. */
type Replica = {
  readonly port: number
  readonly app: App
  /** What each migration before a start said; web servers do none. */
  readonly migrations: string[]
  restart(changes?: Record<string, string>): Promise<void>
}

/**
 * Starts all of it on an empty database, every server at once, and trusts nginx's certificate in this process. `settings` go to all four
 * servers.
 */
export async function runReplicas(settings: Record<string, string> = {}): Promise<Replicas> {
  const database = await createTestDatabase()
  await emptyDatabase(database.url)
  const ports = await chooseNginxPorts()
  const [webUrl, apiUrl] = [`https://localhost:${ports.web}`, `https://localhost:${ports.api}`]
  const environment = {
    DATABASE_URL: database.url,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    WEB_URL: webUrl,
    API_URL: apiUrl,
    TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
    ...settings,
  }
  const runTwo = (name: 'web' | 'api') =>
    Promise.all([runReplica(name, environment), runReplica(name, environment)])
  const [web, api] = await Promise.all([runTwo('web'), runTwo('api')])
  const nginx = await runNginx(ports, { web: web.map(portOf), api: api.map(portOf) })
  setDefaultCACertificates([...getCACertificates(), nginx.certificate])
  return {
    webUrl,
    apiUrl,
    httpPort: ports.http,
    databaseUrl: database.url,
    web,
    api,
    async stop() {
      await nginx.stop()
      await Promise.all([...web, ...api].map(({ app }) => app.stop()))
      await database.drop()
    },
  }
}

const portOf = ({ port }: Replica) => port

async function emptyDatabase(url: string): Promise<void> {
  const db = connectDatabase(url, { maxConnections: 1 })
  await dropSchema(db)
  await db.destroy()
}

async function runReplica(
  name: 'web' | 'api',
  environment: Record<string, string>,
): Promise<Replica> {
  const port = await findFreePort()
  const ownPort = { [name === 'web' ? 'WEB_PORT' : 'API_PORT']: String(port) }
  const migrations: string[] = []
  const start = async (changes: Record<string, string> = {}) => {
    // As the pods of deploy/kubernetes do.
    if (name === 'api') migrations.push(await migrate(environment))
    return runApp(name, { ...environment, ...ownPort, ...changes })
  }
  let app = await start()
  return {
    port,
    migrations,
    get app() {
      return app
    },
    async restart(changes) {
      await app.stop()
      app = await start(changes)
    },
  }
}

async function migrate({ DATABASE_URL = '' }: Record<string, string>): Promise<string> {
  const command = path.join(workspaceRoot, 'packages/database/src/cli.ts')
  const env = { PATH: '/usr/bin:/bin', NODE_ENV: 'production' as const, DATABASE_URL }
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'migrate'], { env })
  return stdout.trim()
}
