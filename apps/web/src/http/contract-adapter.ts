import {
  type AppRoute,
  type AppRouter,
  ContractNoBody,
  type HTTPStatusCode,
  isAppRoute,
  type ServerInferRequest,
  type ServerInferResponses,
} from '@ts-rest/core'
import { z } from 'zod'
import { ProblemError } from '../errors/problem-error.ts'
import { describeIssues } from './describe-issues.ts'
import { readJsonBody } from './read-json-body.ts'
import { refuseUnacceptable } from './refuse-unacceptable.ts'
import { sendJson } from './send.ts'

/** What a handler answers: a status and a body that the contract declares for the route. */
export type RouteResponse<Route extends AppRoute> = ServerInferResponses<
  Route,
  HTTPStatusCode,
  'force'
> & { headers?: Headers }

/** What a handler is given: the parsed parameters and body, and the request itself. */
type RouteRequest<Route extends AppRoute> = ServerInferRequest<Route> & { request: Request }

/** One handler for each route of the contract; a missing one does not compile. */
export type ContractHandlers<Contract extends AppRouter> = {
  [Name in keyof Contract]: Contract[Name] extends AppRoute
    ? (request: RouteRequest<Contract[Name]>) => Promise<RouteResponse<Contract[Name]>>
    : never
}

type AnyHandler = (request: Record<string, unknown>) => Promise<AnyResponse>
type AnyResponse = { status: number; body?: unknown; headers?: Headers }
type Endpoint = { route: AppRoute; handler: AnyHandler; pattern: RegExp }

/** Answers a request to one of the contract's paths; null when the path is none of them. */
export type ContractHandler = (request: Request) => Promise<Response> | null

/**
 * Serves a flat contract. `authorize` runs before anything of a request is parsed or
 * read. It, the parsing and the handlers throw problems to refuse a request; answers are held to the contract by the types.
 */
export function serveContract<Contract extends AppRouter>(
  contract: Contract,
  authorize: (request: Request) => void,
  handlers: ContractHandlers<Contract>,
): ContractHandler {
  const endpoints = pairRoutes(contract, handlers)
  return (request) => {
    const { pathname } = new URL(request.url)
    const found = endpoints.filter(({ pattern }) => pattern.test(pathname))
    if (found.length === 0) return null
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const endpoint = found.find(({ route }) => route.method === method)
    if (endpoint === undefined) return refuseMethod(request, found)
    return callHandler(endpoint, request, authorize)
  }
}

async function callHandler(
  { route, handler, pattern }: Endpoint,
  request: Request,
  authorize: (request: Request) => void,
): Promise<Response> {
  authorize(request)
  if (hasBody(route)) refuseUnacceptable(request)
  checkQuery(request)
  const params = parseParams(route, pattern, request)
  const answer = await handler({ request, params, body: await parseBody(route, request) })
  return sendJson(answer.status, answer.body, answer.headers)
}

/** Whether a success of the route has a body. */
function hasBody({ responses }: AppRoute): boolean {
  return responses[200] instanceof z.ZodType || responses[201] instanceof z.ZodType
}

/** 405 with `Allow` (RFC 9110, section 15.5.6); OPTIONS only asks what is allowed. */
async function refuseMethod(request: Request, endpoints: Endpoint[]): Promise<Response> {
  const methods = endpoints.flatMap(({ route: { method } }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  )
  const headers = { Allow: [...methods, 'OPTIONS'].sort().join(', ') }
  if (request.method === 'OPTIONS') return sendJson(204, undefined, headers)
  throw new ProblemError('METHOD_NOT_ALLOWED', { headers })
}

function checkQuery(request: Request): void {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  parse('query', z.strictObject({}), query)
}

function parseParams(route: AppRoute, pattern: RegExp, request: Request): unknown {
  if (!(route.pathParams instanceof z.ZodType)) return undefined
  const { groups } = pattern.exec(new URL(request.url).pathname) ?? {}
  return parse('params', route.pathParams, { ...groups })
}

async function parseBody(route: AppRoute, request: Request): Promise<unknown> {
  if (!('body' in route)) return undefined
  const isRequired = route.body !== ContractNoBody
  const body = await readJsonBody(request, { isRequired })
  // A route without a body also takes `{}`, which some clients send with every POST.
  if (!isRequired) return parse('body', z.strictObject({}).optional(), body)
  if (route.body instanceof z.ZodType) return parse('body', route.body, body)
  throw new TypeError(`${route.method} ${route.path} has no zod schema to check its body with.`)
}

function parse(part: 'body' | 'params' | 'query', schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new ProblemError('VALIDATION_FAILED', { errors: describeIssues(part, result.error.issues) })
}

/** Walks a contract and its handlers side by side. */
function pairRoutes(contract: AppRouter, handlers: object): Endpoint[] {
  const byName = new Map(Object.entries(handlers))
  return Object.entries(contract).map(([name, route]) => {
    const handler: unknown = byName.get(name)
    if (isAppRoute(route) && isHandler(handler)) {
      return { route, handler, pattern: toPattern(route.path) }
    }
    throw new TypeError(`${name} is no route, or has no handler.`)
  })
}

/** `/sessions/:id` as a pattern of whole paths, with a group for each parameter. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}

// The types of ContractHandlers have checked each handler against its own route already.
function isHandler(value: unknown): value is AnyHandler {
  return typeof value === 'function'
}
