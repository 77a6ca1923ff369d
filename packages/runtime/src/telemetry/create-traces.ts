import {
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from '../logger.ts'
import type { ObservedRequest } from './observed-request.ts'

/** How long a collector may take, in milliseconds; a stop waits for it. */
const longestExport = 2_000

/** Sends a span for each request. */
export type Traces = {
  observeRequest(request: ObservedRequest): void
  /** Sends what has not been sent yet. */
  stop(): Promise<void>
}

/**
 * Sends traces to a collector that takes OTLP over HTTP, many spans at a time and in the background; a collector that is away costs
 * nothing but the spans. `endpoint` is its address without `/v1/traces`.
 *
 * Source: OpenTelemetry, "OTLP specification" and "Semantic conventions for HTTP spans".
 */
export function createTraces(service: string, endpoint: string, log: Logger): Traces {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: longestExport,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('tend')
  return {
    observeRequest({ requestId, method, route, status, startedAt, traceparent }) {
      const parent = parseTraceparent(traceparent)
      const context = parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent)
      const attributes = {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
        'tend.request_id': requestId,
      }
      const startTime = performance.timeOrigin + startedAt
      const options = { kind: SpanKind.SERVER, startTime, attributes }
      const span = tracer.startSpan(`${method} ${route}`, options, context)
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(performance.timeOrigin + performance.now())
    },
    stop: () =>
      provider.shutdown().catch((err: unknown) => {
        log.warn({ err }, 'the last traces could not be sent')
      }),
  }
}

const traceparentShape = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

/** Reads the header by which a caller names its trace and span; null when there is none to be read. */
function parseTraceparent(header = ''): SpanContext | null {
  const [, traceId = '', spanId = '', flags = '0'] = traceparentShape.exec(header) ?? []
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return isSpanContextValid(context) ? context : null
}
