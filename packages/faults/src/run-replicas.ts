import { randomBytes } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createTestDatabase } from '@tend/database/test-database'
import { findFreePort } from './find-free-port.ts'
import { type App, runApp } from './run-app.ts'
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

/** One server, which can be replaced by a new process on the same port. */
type Replica = { readonly port: number; readonly app: App; restart(): Promise<void> }

/** Starts all of it and trusts nginx's certificate in this process. `settings` go to all four servers. */
export async function runReplicas(settings: Record<string, string> = {}): Promise<Replicas> {
  const database = await createTestDatabase()
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
  const web = [await runReplica('web', environment), await runReplica('web', environment)]
  const api = [await runReplica('api', environment), await runReplica('api', environment)]
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

async function runReplica(
  name: 'web' | 'api',
  environment: Record<string, string>,
): Promise<Replica> {
  const port = await findFreePort()
  const start = () =>
    runApp(name, { ...environment, [name === 'web' ? 'WEB_PORT' : 'API_PORT']: String(port) })
  let app = await start()
  return {
    port,
    get app() {
      return app
    },
    async restart() {
      await app.stop()
      app = await start()
    },
  }
}
