import { createProblem, type ListTasksQuery, type Task, type tasksContract } from '@tend/contracts'
import type { AccessTokenClaims } from '@tend/contracts/access-token'
import { expectTypeOf } from 'vitest'
import type { TokenCheck } from '../auth/create-token-verifier.ts'
import type { ContractHandlers, RouteRequest, RouteResponse } from './contract-adapter.ts'

// Read by tsc alone: each of these lines has to fail to compile, or to be what it says.

type Contract = typeof tasksContract
type Get = RouteResponse<Contract['get']>
type Create = RouteResponse<Contract['create']>

declare const task: Task
const requestId = 'x'

// What the contract declares compiles.
;({ status: 200, body: task }) satisfies Get
;({ status: 304, body: undefined, headers: { ETag: '"x"' } }) satisfies Get
;({ status: 404, body: createProblem('TASK_NOT_FOUND', { requestId }) }) satisfies Get
;({ status: 201, body: task }) satisfies Create
;({ status: 204, body: undefined }) satisfies RouteResponse<Contract['delete']>
;({ status: 200, body: { items: [task], nextCursor: null } }) satisfies RouteResponse<
  Contract['list']
>

// @ts-expect-error a status that the route does not declare
;({ status: 202, body: task }) satisfies Get
// @ts-expect-error a status that another route declares
;({ status: 201, body: task }) satisfies Get
// @ts-expect-error the body of another route
;({ status: 200, body: { items: [task], nextCursor: null } }) satisfies Get
// @ts-expect-error no body where there is one
;({ status: 200, body: undefined }) satisfies Get
// @ts-expect-error a body where there is none
;({ status: 204, body: task }) satisfies RouteResponse<Contract['delete']>
// @ts-expect-error a field of the wrong type
;({ status: 200, body: { ...task, isCompleted: 'yes' } }) satisfies Get
// @ts-expect-error a moment that is no text
;({ status: 200, body: { ...task, createdAt: new Date() } }) satisfies Get
// @ts-expect-error a missing field
;({ status: 200, body: { id: task.id, title: task.title } }) satisfies Get
// @ts-expect-error the problem of another status
;({ status: 404, body: createProblem('TASK_CHANGED', { requestId }) }) satisfies Get
// @ts-expect-error a code that the status of this route does not have
;({ status: 404, body: createProblem('NOT_FOUND', { requestId }) }) satisfies Get
// @ts-expect-error a problem without its request id
;({ status: 404, body: createProblem('TASK_NOT_FOUND', {}) }) satisfies Get
// @ts-expect-error an error body of one's own making
;({ status: 404, body: { message: 'not found' } }) satisfies Get

// The parsed request has the types of the schemas.
type List = RouteRequest<Contract['list'], string>
type Update = RouteRequest<Contract['update'], string>
expectTypeOf<List['query']['limit']>().toEqualTypeOf<number>()
expectTypeOf<List['query']['cursor']>().toEqualTypeOf<string | undefined>()
expectTypeOf<List['query']['sort']>().toEqualTypeOf<ListTasksQuery['sort']>()
expectTypeOf<Update['params']['id']>().toEqualTypeOf<string>()
expectTypeOf<Update['headers']['if-match']>().toEqualTypeOf<string | undefined>()
expectTypeOf<Update['body']['title']>().toEqualTypeOf<string | undefined>()
expectTypeOf<Update['body']['isCompleted']>().toEqualTypeOf<boolean | undefined>()
expectTypeOf<Update['caller']>().toEqualTypeOf<string>()
// @ts-expect-error a query that the route does not take
expectTypeOf<Update['query']>()
// @ts-expect-error a header that the route does not name
expectTypeOf<Update['headers']['if-none-match']>()
// @ts-expect-error a field that the body does not have
expectTypeOf<Update['body']['createdAt']>()

// Every route has a handler, and no more than these.
type Handlers = ContractHandlers<Contract, string>
expectTypeOf<keyof Handlers>().toEqualTypeOf<keyof Contract>()
declare const handlers: Handlers
const { get: _, ...withoutGet } = handlers
// @ts-expect-error a missing handler
withoutGet satisfies Handlers
// @ts-expect-error a handler that answers what another route answers
;({ ...handlers, get: handlers.list }) satisfies Handlers
// @ts-expect-error a handler without a route
;({ ...handlers, archive: handlers.get }) satisfies Handlers

// The claims that handlers may trust are the contract's, all of them and no others.
expectTypeOf<
  Extract<TokenCheck, { claims: unknown }>['claims']
>().toEqualTypeOf<AccessTokenClaims>()
expectTypeOf<AccessTokenClaims>().toEqualTypeOf<{
  sub: string
  email: string
  sid: string
  iss: string
  aud: string
  iat: number
  exp: number
  jti: string
}>()
// @ts-expect-error a claim under another name
expectTypeOf<AccessTokenClaims['userId']>()
