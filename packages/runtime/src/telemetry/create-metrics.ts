import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Gauge as GaugeOptions, ObservedRequest } from './observed-request.ts'

/** Upper ends in seconds: from a request that costs nothing to one that times out. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The metrics of a process, and the server that tells them. */
export type Metrics = {
  observeRequest(request: ObservedRequest): void
  countRefusedToken(reason: string): void
  addGauge(gauge: GaugeOptions): void
  /** Where the server listens; useful where the port was 0. */
  port: number
  stop(): Promise<void>
}

/**
 * Counts requests and what Node knows of itself, and tells it at `/metrics` to programs on this machine alone: the numbers are nobody
 * else's business. Rejects when the port is taken.
 *
 * Source: Prometheus, "Exposition formats" and "Metric and label naming".
 */
export async function createMetrics(service: string, port: number): Promise<Metrics> {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  const refusedTokens = new Counter({
    name: 'tend_tokens_refused_total',
    help: 'Access tokens that were refused, by the reason',
    labelNames: ['reason'],
    registers,
  })
  const server = createServer((request, response) => {
    if (request.url === '/metrics' && request.method === 'GET') tell(registry, response)
    else response.writeHead(404).end()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    observeRequest({ method, route, status, startedAt }) {
      durations.observe({ method, route, status }, (performance.now() - startedAt) / 1000)
    },
    countRefusedToken: (reason) => refusedTokens.inc({ reason }),
    addGauge({ name, help, read }) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read())
        },
      })
    },
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function tell(registry: Registry, response: ServerResponse): void {
  registry.metrics().then(
    (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
    () => response.writeHead(500).end(),
  )
}
