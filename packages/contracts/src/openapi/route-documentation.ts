import type { AppRoute, AppRouter } from '@ts-rest/core'
import type { z } from 'zod'
import type { ResponseHeaderName } from './response-headers.ts'

/** What the document says of a parameter, and a value to try. */
export type ParameterDocumentation = { description: string; example?: string | number }

/** An answer: what it means, bodies to show by a name, and other media types than JSON. */
export type AnswerDocumentation<Body = unknown> = {
  description: string
  examples?: Record<string, Body>
  headers?: ResponseHeaderName[]
  alternatives?: Record<string, string>
}

/** What the contract itself cannot say of a route. */
export type AnyRouteDocumentation = {
  tag: string
  description: string
  /** Where it differs from the document's own; empty for a route that anybody may call. */
  security?: Record<string, never[]>[]
  parameters?: Record<string, ParameterDocumentation>
  requests?: Record<string, unknown>
  answers: Record<number, AnswerDocumentation>
}

type SuccessStatus = 200 | 201 | 202 | 204 | 304

type InputKeys<Schema> =
  Schema extends z.ZodType<unknown, infer Input> ? keyof Input & string : never

/** The names of everything a route reads from its path, its query and its headers. */
type ParameterName<Route> =
  | (Route extends { pathParams: infer Schema } ? InputKeys<Schema> : never)
  | (Route extends { query: infer Schema } ? InputKeys<Schema> : never)
  | (Route extends { headers: infer Schemas } ? keyof Schemas & string : never)

type BodyOf<Response> = Response extends z.ZodType<infer Output> ? Output : string

/**
 * The documentation of one route: every parameter, an example of every body, and every success. Examples have the types
 * of the contract, so that a changed field does not compile until they are changed, too.
 */
type RouteDocumentation<Route extends AppRoute> = Pick<
  AnyRouteDocumentation,
  'tag' | 'description' | 'security'
> &
  ([ParameterName<Route>] extends [never]
    ? unknown
    : { parameters: Record<ParameterName<Route>, ParameterDocumentation> }) &
  (Route extends { body: z.ZodType<unknown, infer Body> }
    ? { requests: Record<string, Body> }
    : unknown) & {
    answers: {
      [Status in keyof Route['responses'] & SuccessStatus]: AnswerDocumentation<
        BodyOf<Route['responses'][Status]>
      >
    }
  }

/** The documentation of a contract: of each route. */
export type ContractDocumentation<Contract extends AppRouter> = {
  [Name in keyof Contract]: Contract[Name] extends AppRoute
    ? RouteDocumentation<Contract[Name]>
    : never
}
