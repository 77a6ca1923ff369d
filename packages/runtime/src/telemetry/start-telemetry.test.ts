import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createLogger } from '../logger.ts'
import { startTelemetry, type Telemetry } from './start-telemetry.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const request = () => ({
  requestId: 'request-1',
  method: 'GET',
  route: '/api/tasks/:id',
  status: 200,
  startedAt: performance.now() - 30,
  traceparent: undefined,
})

async function start(options: { metricsPort?: number; traceEndpoint?: string }) {
  const lines: Record<string, unknown>[] = []
  const log = createLogger(
    { name: 'test', level: 'info' },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  )
  const { metricsPort, traceEndpoint } = options
  const telemetry: Telemetry = await startTelemetry({
    service: 'tend-test',
    metricsPort,
    traceEndpoint,
    log,
  })
  closing.push(() => telemetry.stop())
  return { telemetry, lines, port: lines.find(({ msg }) => msg === 'metrics')?.port }
}

const spansSchema = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(z.object({ spans: z.array(z.record(z.string(), z.unknown())) })),
    }),
  ),
})

/** A collector that takes OTLP over HTTP and remembers the spans. */
async function startCollector() {
  const spans: Record<string, unknown>[] = []
  const server = createServer(async (incoming, response) => {
    const body = spansSchema.parse(await json(incoming))
    spans.push(...body.resourceSpans.flatMap((one) => one.scopeSpans.flatMap((two) => two.spans)))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => server.close())
  return { spans, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('the metrics', () => {
  it('tell requests by route and status, refused tokens, gauges, and what Node knows of itself', async () => {
    const { telemetry, port } = await start({ metricsPort: 0 })
    telemetry.observeRequest(request())
    telemetry.observeRequest({ ...request(), status: 404 })
    telemetry.countRefusedToken('expired')
    telemetry.addGauge({ name: 'tend_test', help: 'A test', read: async () => 7 })
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/)
    const text = await answer.text()
    expect(text).toMatch(
      /^http_request_duration_seconds_bucket\{le="0.025",[^}]*route="\/api\/tasks\/:id",status="200"\} 0$/m,
    )
    expect(text).toMatch(
      /^http_request_duration_seconds_bucket\{le="10",[^}]*route="\/api\/tasks\/:id",status="200"\} 1$/m,
    )
    expect(text).toMatch(/^tend_tokens_refused_total\{reason="expired",service="tend-test"\} 1$/m)
    expect(text).toMatch(/^tend_test\{service="tend-test"\} 7$/m)
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds/m)
  })

  it('tell nothing else and take nothing', async () => {
    const { port } = await start({ metricsPort: 0 })
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404)
  })

  it('do not begin on a port that is taken', async () => {
    const { port } = await start({ metricsPort: 0 })
    await expect(start({ metricsPort: Number(port) })).rejects.toThrow('EADDRINUSE')
  })
})

describe('the traces', () => {
  it('have a span for each request, in the trace of the caller where there is one', async () => {
    const { spans, endpoint } = await startCollector()
    const { telemetry } = await start({ traceEndpoint: endpoint })
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    telemetry.observeRequest({
      ...request(),
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    })
    telemetry.observeRequest({ ...request(), status: 503, traceparent: '00-nonsense' })
    await telemetry.stop()
    expect(spans).toMatchObject([
      { name: 'GET /api/tasks/:id', kind: 2, traceId, parentSpanId: 'b7ad6b7169203331' },
      { name: 'GET /api/tasks/:id', kind: 2, status: { code: 2 } },
    ])
    expect(spans[0]?.attributes).toContainEqual({
      key: 'http.response.status_code',
      value: { intValue: 200 },
    })
    const [from, to] = [spans[0]?.startTimeUnixNano, spans[0]?.endTimeUnixNano].map(Number)
    expect(((to ?? 0) - (from ?? 0)) / 1_000_000).toBeGreaterThanOrEqual(29)
    expect(spans[1]?.traceId).not.toBe(traceId)
  })

  it('do no harm when nobody takes them', async () => {
    const { telemetry, lines } = await start({ traceEndpoint: 'http://127.0.0.1:1' })
    telemetry.observeRequest(request())
    const startedAt = performance.now()
    await telemetry.stop()
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'the last traces could not be sent' })
  })
})

it('nothing is started that is not asked for', async () => {
  const { telemetry, port } = await start({})
  telemetry.observeRequest(request())
  telemetry.countRefusedToken('expired')
  telemetry.addGauge({ name: 'tend_test', help: 'A test', read: () => 1 })
  expect(port).toBeUndefined()
})
