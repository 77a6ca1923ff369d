/** What is measured of a request that has been answered. */
export type ObservedRequest = {
  requestId: string
  method: string
  /** The pattern of the route and never a path: paths hold ids, and there is no end of them. */
  route: string
  status: number
  /** By `performance.now()`. */
  startedAt: number
  /** The header by which a caller says of which trace this is a part (W3C Trace Context). */
  traceparent: string | undefined
}

/** Something that is read when somebody asks for the metrics. */
export type Gauge = { name: string; help: string; read: () => number | Promise<number> }
