import type { Server } from 'node:http'
import { promisify } from 'node:util'
import { connectDatabase } from '@tend/database/connect-database'
import { readPoolUsage } from '@tend/database/pool-usage'
import { EnvironmentError } from '@tend/runtime/environment'
import { stopGracefullyOnSignal } from '@tend/runtime/graceful-stop'
import { createLogger } from '@tend/runtime/logger'
import { startTelemetry, type Telemetry } from '@tend/runtime/telemetry'
import { createApp } from './app.ts'
import { createTokenVerifier } from './auth/create-token-verifier.ts'
import { followEndedSessions } from './auth/follow-ended-sessions.ts'
import { readEnvironment } from './env.ts'
import { createReadiness } from './features/health/create-readiness.ts'
import { createTaskFeed } from './features/tasks/create-task-feed.ts'
import { purgeEveryHour } from './features/tasks/purge-every-hour.ts'
import { createAdmission } from './http/create-admission.ts'
import { createHttpServer } from './http/create-http-server.ts'
import { createSecurityHeaders } from './http/security-headers.ts'
import { warnOfRowSecurity } from './warn-of-row-security.ts'

/**
 * A request that has to wait this long for a connection to the database is told to come back: within a second of its arrival. In
 * milliseconds.
 */
const LONGEST_QUEUE = 500

/**
 * Connections that the system keeps while they wait to be taken; Linux allows up to net.core.somaxconn, 4,096. With Node's own 511, some
 * of a thousand that come at once are dropped, and their clients try again only after one, three or seven seconds.
 */
const LONGEST_BACKLOG = 4_096

async function main(): Promise<void> {
  const env = readEnvironment()
  const log = createLogger({ name: 'tend-api', level: env.LOG_LEVEL })
  const db = connectDatabase(env.DATABASE_URL, {
    timestamps: 'iso',
    applicationName: 'tend-api',
    maxConnections: 20,
    sharedConnections: { reads: 2, writes: 8 },
    queueTimeout: LONGEST_QUEUE,
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
  })
  const readiness = createReadiness(db)
  const endedSessions = followEndedSessions({
    db,
    databaseUrl: env.DATABASE_DIRECT_URL,
    timeToLive: env.ACCESS_TOKEN_TTL,
    log,
  })
  const taskFeed = createTaskFeed({ db, databaseUrl: env.DATABASE_DIRECT_URL, log })
  const stopPurging = purgeEveryHour(db, log)
  const previous = env.JWT_SECRET_PREVIOUS
  const verifier = await createTokenVerifier({
    secrets: [env.JWT_SECRET, ...(previous === undefined ? [] : [previous])],
    issuer: env.WEB_URL,
    audience: env.API_URL,
    timeToLive: env.ACCESS_TOKEN_TTL,
    clock: Date.now,
    endedSessions,
  })
  const telemetry = await startTelemetry({
    service: 'tend-api',
    metricsPort: env.METRICS_PORT,
    traceEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    log,
  })
  const admission = createAdmission()
  const app = createApp({
    admission,
    telemetry,
    db,
    verifier,
    readiness,
    endedSessions,
    taskFeed,
    log,
    clock: Date.now,
    apiUrl: env.API_URL,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
  })
  const server = createHttpServer(app, { log, headers: createSecurityHeaders(env.API_URL) })
  server.on('connection', admission.onConnection)
  server.once('error', fail)
  addGauges(telemetry, server, db)
  server.listen({ port: env.API_PORT, backlog: LONGEST_BACKLOG }, () => {
    stopGracefullyOnSignal({
      server,
      log,
      onDraining: () => {
        readiness.close()
        taskFeed.close()
      },
      onDrained: async () => {
        stopPurging()
        await taskFeed.stop()
        await endedSessions.stop()
        await db.destroy()
        await telemetry.stop()
      },
    })
    const address = server.address()
    void warnOfRowSecurity(db, log)
    log.info({ port: typeof address === 'object' ? address?.port : env.API_PORT }, 'listening')
  })
}

function addGauges({ addGauge }: Telemetry, server: Server, db: object): void {
  addGauge({
    name: 'http_connections',
    help: 'Open connections of clients',
    read: promisify(server.getConnections.bind(server)),
  })
  for (const state of ['open', 'idle', 'waiting'] as const) {
    addGauge({
      name: `database_pool_${state}`,
      help: `Connections to the database, or requests for one: ${state}`,
      read: () => readPoolUsage(db)[state],
    })
  }
}

/** Ends a start that cannot succeed with one sentence. */
function fail(error: unknown): void {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const reason = isPortTaken
    ? 'The port is taken by another program: stop it, or set API_PORT (or METRICS_PORT) to a free one.'
    : error instanceof EnvironmentError
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error)
  // What was opened already, the feed of ended sessions first, would keep the process going.
  process.stderr.write(`The API could not start. ${reason}\n`, () => process.exit(1))
}

main().catch(fail)
