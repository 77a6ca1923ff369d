import type { Logger } from '../logger.ts'
import type { Gauge, ObservedRequest } from './observed-request.ts'

/** What a server tells its operators beside its log. */
export type Telemetry = {
  observeRequest(request: ObservedRequest): void
  countRefusedToken(reason: string): void
  addGauge(gauge: Gauge): void
  stop(): Promise<void>
}

type TelemetryOptions = {
  /** The name of the server, as in `tend-api`. */
  service: string
  /** METRICS_PORT, or the one that this server has because of it; without it there are no metrics. */
  metricsPort: number | undefined
  /** OTEL_EXPORTER_OTLP_ENDPOINT; without it there are no traces. */
  traceEndpoint: string | undefined
  log: Logger
}

/** Starts what is asked for; what is not is never loaded. Rejects when the port of the metrics is taken. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { service, metricsPort, traceEndpoint, log } = options
  const metrics =
    metricsPort === undefined
      ? null
      : await (await import('./create-metrics.ts')).createMetrics(service, metricsPort)
  const traces =
    traceEndpoint === undefined
      ? null
      : (await import('./create-traces.ts')).createTraces(service, traceEndpoint, log)
  if (metrics !== null) log.info({ port: metrics.port }, 'metrics')
  return {
    observeRequest(request) {
      metrics?.observeRequest(request)
      traces?.observeRequest(request)
    },
    countRefusedToken: (reason) => metrics?.countRefusedToken(reason),
    addGauge: (gauge) => metrics?.addGauge(gauge),
    async stop() {
      await Promise.all([metrics?.stop(), traces?.stop()])
    },
  }
}
