import {
  type AppRoute,
  type AppRouter,
  ContractNoBody,
  type HTTPStatusCode,
  isAppRoute,
  type ServerInferRequest,
  type ServerInferResponses,
} from '@ts-rest/core'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { refuseUnacceptable } from './content-negotiation.ts'
import { limitLargeBodies } from './limit-large-bodies.ts'
import { asSchema, createHeadersParser, createQueryParser, RequestErrors } from './parse-request.ts'
import { readJsonBody } from './read-json-body.ts'
import { refuseOtherMethods } from './refuse-other-methods.ts'
import type { ApiEnv } from './request-scope.ts'
import { sendCompressedJson, sendStream } from './send.ts'

/** What a handler answers: a status and a body that the contract declares for the route. */
export type RouteResponse<Route extends AppRoute> = ServerInferResponses<
  Route,
  HTTPStatusCode,
  'force'
> & { headers?: Record<string, string> }

/** A success whose body is made while it is sent. */
export type StreamedResponse = {
  status: 200
  stream: ReadableStream<Uint8Array>
  headers: Record<string, string>
}

/** What a handler is given: the parsed parts of the request, and who sent it. */
export type RouteRequest<Route extends AppRoute, Caller> = Omit<
  ServerInferRequest<Route>,
  'headers'
> & {
  headers: RouteHeaders<Route>
  caller: Caller
  requestId: string
  accept: string | undefined
  isHead: boolean
}

// ServerInferRequest loses the headers of contracts in zod 4.
type RouteHeaders<Route extends AppRoute> = Route extends { headers: infer Schemas }
  ? { [Name in keyof Schemas]: Schemas[Name] extends z.ZodType<infer Value> ? Value : never }
  : unknown

/** One handler for each route of the contract; a missing one does not compile. */
export type ContractHandlers<Contract extends AppRouter, Caller> = {
  [Name in keyof Contract]: Contract[Name] extends AppRoute
    ? (
        request: RouteRequest<Contract[Name], Caller>,
      ) => Promise<RouteResponse<Contract[Name]> | StreamedResponse>
    : Contract[Name] extends AppRouter
      ? ContractHandlers<Contract[Name], Caller>
      : never
}

type AnyHandler = (request: Record<string, unknown>) => Promise<AnyResponse>
type AnyResponse =
  | StreamedResponse
  | { status: number; body?: unknown; headers?: Record<string, string> }

/**
 * Serves every route of a contract. `authorize` runs before anything of the request is parsed or read, and throws
 * a problem to refuse it. Requests are parsed by the contract's schemas; answers are held to it by the types. `onChanged` runs
 * after each success of a route that is no GET, for whoever sent it.
 */
export function serveContract<Contract extends AppRouter, Caller>(
  app: Hono<ApiEnv>,
  contract: Contract,
  authorize: (c: Context<ApiEnv>) => Promise<Caller>,
  handlers: ContractHandlers<Contract, Caller>,
  onChanged: (caller: Caller) => void = () => {},
): void {
  const routesByPath = Map.groupBy(pairRoutes(contract, handlers), ({ route }) => route.path)
  // Path by path in the order of the contract: /tasks/counts refuses what it does not take before it could be a /tasks/:id.
  for (const [path, routes] of routesByPath) {
    for (const pair of routes) serveRoute(app, pair, authorize, onChanged)
    const methods = routes.map(({ route }) => route.method)
    refuseOtherMethods(app, path, methods)
  }
}

function serveRoute<Caller>(
  app: Hono<ApiEnv>,
  { route, handler }: { route: AppRoute; handler: AnyHandler },
  authorize: (c: Context<ApiEnv>) => Promise<Caller>,
  onChanged: (caller: Caller) => void,
): void {
  const parse = createParser(route)
  const mediaTypes = listMediaTypes(route)
  const isLarge = readMetadata(route).maxBodyBytes !== undefined
  const takePlace = isLarge ? limitLargeBodies() : () => () => {}
  app.on(route.method, route.path, async (c) => {
    const scope = c.get('scope')
    scope.route = route.path
    const caller = await authorize(c)
    const accept = c.req.header('accept')
    refuseUnacceptable(accept, mediaTypes)
    const givePlaceBack = takePlace(scope.userId ?? '')
    try {
      const request = await parse(c)
      const { requestId } = scope
      const isHead = c.req.method === 'HEAD'
      const response = await handler({ ...request, caller, requestId, accept, isHead })
      if (route.method !== 'GET' && response.status < 300) onChanged(caller)
      const wish = { acceptEncoding: c.req.header('accept-encoding'), isHead }
      return 'stream' in response
        ? sendStream(scope, response, wish)
        : sendCompressedJson(scope, response, wish)
    } finally {
      givePlaceBack()
    }
  })
}

/** Walks a contract and its handlers side by side. */
function pairRoutes(
  contract: AppRouter,
  handlers: unknown,
): { route: AppRoute; handler: AnyHandler }[] {
  const byName = new Map(Object.entries(handlers ?? {}))
  return Object.entries(contract).flatMap(([name, route]) => {
    const handler: unknown = byName.get(name)
    if (!isAppRoute(route)) return pairRoutes(route, handler)
    if (isHandler(handler)) return [{ route, handler }]
    throw new TypeError(`The route ${route.method} ${route.path} has no handler.`)
  })
}

// The types of ContractHandlers have checked each handler against its own route already.
function isHandler(value: unknown): value is AnyHandler {
  return typeof value === 'function'
}

type Parser = (c: Context<ApiEnv>) => Promise<Record<string, unknown>>

function createParser(route: AppRoute): Parser {
  const paramsSchema = asSchema(route.pathParams)
  const hasParams = route.path.includes(':')
  const parseQuery = createQueryParser(asSchema(route.query))
  const parseHeaders = createHeadersParser(route.headers)
  const parseBody = createBodyParser(route)
  const parseHead = (c: Context<ApiEnv>, errors: RequestErrors) => ({
    params: hasParams ? errors.parse('params', paramsSchema, c.req.param()) : {},
    query: parseQuery(c.req.url, errors),
    headers: parseHeaders(c.req.raw.headers, errors),
  })
  return async (c) => {
    const errors = new RequestErrors()
    const head = parseHead(c, errors)
    const body = parseBody === null ? undefined : await parseBody(c, errors)
    errors.throwIfAny()
    return { ...head, body }
  }
}

const metadataSchema = z.strictObject({
  maxBodyBytes: z.int().optional(),
  /** Where a query chooses among several, which the handler has to look at then. */
  mediaTypes: z.array(z.string()).optional(),
})

function readMetadata({ metadata = {} }: AppRoute): z.infer<typeof metadataSchema> {
  return metadataSchema.parse(metadata)
}

/** The media types of a route's success; none for an answer without a body. */
function listMediaTypes(route: AppRoute): string[] {
  const successes = Object.entries(route.responses).filter(([status]) => Number(status) < 300)
  const mediaTypes = successes.flatMap(([, response]) => {
    if (response === ContractNoBody) return []
    const { success, data } = otherResponseSchema.safeParse(response)
    return success ? [data.contentType] : ['application/json']
  })
  return readMetadata(route).mediaTypes ?? mediaTypes
}

const otherResponseSchema = z.object({ contentType: z.string() })

function createBodyParser(route: AppRoute) {
  if (!('body' in route)) return null
  const isRequired = route.body !== ContractNoBody
  // A route without a body also takes `{}`, which some clients send with every POST.
  const schema = isRequired ? asSchema(route.body) : z.strictObject({}).optional()
  const { maxBodyBytes: maxBytes } = readMetadata(route)
  return async (c: Context<ApiEnv>, errors: RequestErrors) => {
    const body = await readJsonBody(c.req.raw, { isRequired, ...(maxBytes && { maxBytes }) })
    return errors.parse('body', schema, body)
  }
}
