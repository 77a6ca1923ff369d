import { randomBytes } from 'node:crypto'
import { createTendClient, type TendClient, unwrap } from '@tend/contracts/client'
import { findFreePort } from './find-free-port.ts'
import { type App, runApp } from './run-app.ts'

/** One web server and one API server on a database. */
export type Tend = {
  webUrl: string
  apiUrl: string
  web: App
  api: App
  environment: Record<string, string>
  register(): Promise<Person>
  /** Whether a server ended by itself. */
  hasLostProcess(): boolean
  stop(): Promise<void>
}

/** Somebody with an account. */
export type Person = { client: TendClient; token: string }

const password = 'a long sentence is best'

let people = 0

/** Starts both servers on a database, without the limit on requests. `settings` go to both. */
export async function runTend(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<Tend> {
  const ports = { web: await findFreePort(), api: await findFreePort() }
  const addresses = {
    webUrl: `http://localhost:${ports.web}`,
    apiUrl: `http://localhost:${ports.api}`,
  }
  const environment = {
    DATABASE_URL: databaseUrl,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    WEB_URL: addresses.webUrl,
    API_URL: addresses.apiUrl,
    WEB_PORT: String(ports.web),
    API_PORT: String(ports.api),
    RATE_LIMIT_PER_MINUTE: '0',
    TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
    ...settings,
  }
  const [web, api] = [await runApp('web', environment), await runApp('api', environment)]
  return {
    ...addresses,
    web,
    api,
    environment,
    async register() {
      people += 1
      const client = createTendClient(addresses)
      const account = await unwrap(
        client.auth.register({
          body: { email: `person-${people}@example.com`, password },
          // Each from an address of their own, as people are.
          extraHeaders: { 'x-forwarded-for': `192.0.2.${people}` },
        }),
      )
      if (account === undefined) throw new Error('The address has to be confirmed first.')
      return { client, token: account.accessToken }
    },
    hasLostProcess: () =>
      [web, api].some(({ child }) => child.exitCode !== null || child.signalCode !== null),
    stop: async () => {
      await Promise.all([web.stop(), api.stop()])
    },
  }
}
