import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EnvironmentError } from '@tend/runtime/environment'
import { stopGracefullyOnSignal } from '@tend/runtime/graceful-stop'
import { loadRootEnvFile } from '@tend/runtime/root-env-file'
import { startTelemetry } from '@tend/runtime/telemetry'
import { hasUnnamedProxy } from './auth/shared-addresses.ts'
import { getEnvironment, setMode } from './env.ts'
import {
  type CompressedAssets,
  readCompressedAssets,
  sendCompressedAsset,
} from './http/compressed-assets.ts'
import { createWebServer } from './http/create-web-server.ts'
import { createSecurityHeaders } from './http/security-headers.ts'
import { getLog } from './log.ts'
import { logConsole } from './log-console.ts'
import { getMailer, reportMail } from './mail.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const noAssets: CompressedAssets = new Map()

/** How long a stop waits for mail, in milliseconds. */
const MAIL_TIME = 2_000

/**
 * Connections that the system keeps while they wait to be taken; Linux allows up to net.core.somaxconn, 4,096. With Node's own 511, some
 * of a thousand that come at once are dropped, and their clients try again only after one, three or seven seconds.
 */
const LONGEST_BACKLOG = 4_096

async function main(isDevelopment: boolean): Promise<void> {
  loadRootEnvFile()
  setMode(isDevelopment ? 'development' : 'production')
  const environment = getEnvironment()
  const log = getLog()
  if (!isDevelopment) logConsole(log)
  reportMail()
  if (hasUnnamedProxy(environment)) {
    log.warn(
      { event: 'proxies.unset' },
      'TRUSTED_PROXIES is not set: everybody seems to come from the address of the proxy before this server, so limits per address are wide; name the proxy',
    )
  }
  const { METRICS_PORT, OTEL_EXPORTER_OTLP_ENDPOINT } = environment
  const telemetry = await startTelemetry({
    service: 'tend-web',
    // The API has the port itself: on one machine both servers read the same settings.
    metricsPort: METRICS_PORT && METRICS_PORT + 1,
    traceEndpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
    log,
  })
  let isDraining = false
  const server: Server = createWebServer({
    handle: async (request, response) => {
      // Until Next.js is ready, requests wait for it.
      const { assets, handlePage } = await ready
      if (sendCompressedAsset(assets, request, response)) return
      // Next.js calls this script of the landing page JSON, and browsers that may not look inside refuse it.
      if (isDevelopment && request.url?.endsWith('/_clientMiddlewareManifest.js')) {
        response.removeHeader('X-Content-Type-Options')
      }
      await handlePage(request, response)
    },
    webUrl: environment.WEB_URL,
    trustedProxies: environment.TRUSTED_PROXIES,
    headers: createSecurityHeaders(environment.WEB_URL),
    log,
    telemetry,
    isDraining: () => isDraining,
  })
  telemetry.addGauge({
    name: 'http_connections',
    help: 'Open connections of clients',
    read: promisify(server.getConnections.bind(server)),
  })
  server.listen({ port: environment.WEB_PORT, backlog: LONGEST_BACKLOG })
  await once(server, 'listening')
  const ready = startNext(server, isDevelopment, environment.WEB_PORT)
  await ready
  const address = server.address()
  log.info({ port: typeof address === 'object' ? address?.port : address }, 'listening')
  const onDraining = () => {
    isDraining = true
  }
  const onDrained = async () => {
    await settleMail()
    await telemetry.stop()
  }
  if (isDevelopment) stopAtOnceOnSignal()
  else stopGracefullyOnSignal({ server, log, onDraining, onDrained })
}

/** Gives mail that is on its way a moment to leave. */
async function settleMail(): Promise<void> {
  await Promise.race([getMailer().settled(), sleep(MAIL_TIME)])
}

async function startNext(server: Server, isDevelopment: boolean, port: number) {
  // Loaded only now, because React picks its build by NODE_ENV when it is loaded.
  const { default: next } = await import('next')
  const app = next({
    dev: isDevelopment,
    dir: root,
    port,
    // Next.js takes over the upgrades to WebSocket, which hot reload needs. In production nobody answers them, and
    // would leave their connections open: it gets a server that has none.
    httpServer: isDevelopment ? server : createServer(),
  })
  await app.prepare()
  const assets = isDevelopment ? noAssets : await readCompressedAssets(join(root, '.next/static'))
  return { assets, handlePage: app.getRequestHandler() }
}

/** In development nobody waits for requests under way, and hot reload's connections would never end. */
function stopAtOnceOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
}

/** Ends a start that cannot succeed with one sentence. */
function fail(error: unknown): void {
  process.stderr.write(`The web app could not start. ${describeFailure(error)}\n`)
  process.exit(1)
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof EnvironmentError) return error.message
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken by another program: stop it, or set WEB_PORT (or METRICS_PORT) to a free one.'
  }
  if (error.message.includes('production build')) {
    return 'There is no build yet: run `pnpm --filter @tend/web build` first, or `npm start`, which does all there is to do.'
  }
  return error.stack ?? error.message
}

main(process.argv.includes('--dev')).catch(fail)
