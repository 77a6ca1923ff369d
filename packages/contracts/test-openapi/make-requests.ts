import fc from 'fast-check'
import type {
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
} from '../src/openapi/create-openapi-document.ts'
import { breakValue } from './break-values.ts'
import type { DocumentCheck } from './check-answers.ts'
import { makeValues } from './make-values.ts'

/** An operation of the document, and where it is. */
export type Endpoint = { method: string; path: string; operation: OpenApiOperation }

/** What is sent to an endpoint: its parameters by name, and its body. */
export type OperationRequest = { parameters: Record<string, unknown>; body?: unknown }

/** Values that only the API itself can give. */
const givenByAnswers = new Set(['cursor', 'Last-Event-Id'])

/** All operations of a document. */
export function listEndpoints(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
}

/** Requests that the document allows, made from its schemas; the same ones in every run. */
export function makeValidRequests(
  { operation }: Endpoint,
  { resolve }: DocumentCheck,
  count: number,
): OperationRequest[] {
  const parameters = (operation.parameters ?? []).filter(({ name }) => !givenByAnswers.has(name))
  const values = fc.record(
    Object.fromEntries(
      parameters.map((parameter) => [parameter.name, makeParameter(parameter, resolve)]),
    ),
    { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
  )
  const body = operation.requestBody?.content['application/json']?.schema
  const requests =
    body === undefined
      ? values.map((given) => ({ parameters: given }))
      : fc.record({ parameters: values, body: makeValues(body, resolve) })
  return fc.sample(requests, { numRuns: count, seed: 1 })
}

function makeParameter(parameter: OpenApiParameter, resolve: DocumentCheck['resolve']) {
  return makeValues(parameter.schema, resolve, { isAscii: parameter.in === 'header' })
}

/** The requests that the document shows as examples. */
export function listExamples({ operation }: Endpoint): OperationRequest[] {
  const query = (operation.parameters ?? []).filter(({ in: place }) => place === 'query')
  const parameters = Object.fromEntries(
    query.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])),
  )
  const examples = operation.requestBody?.content['application/json']?.examples
  if (examples === undefined) return [{ parameters }]
  return Object.values(examples).map(({ value }) => ({ parameters, body: value }))
}

/** Requests that differ from a valid one in a single value that the document does not allow. */
export function makeInvalidRequests(
  endpoint: Endpoint,
  check: DocumentCheck,
  valid: OperationRequest,
): OperationRequest[] {
  const { parameters = [], requestBody } = endpoint.operation
  const body = requestBody?.content['application/json']?.schema
  const brokenBodies =
    body === undefined ? [] : breakValue(valid.body).filter((value) => !check.isValid(body, value))
  const brokenParameters = parameters.flatMap((parameter) =>
    breakParameter(parameter)
      .filter((text) => !check.isValid(parameter.schema, readText(parameter, text)))
      .map((text) => ({ ...valid.parameters, [parameter.name]: text })),
  )
  return [
    ...brokenBodies.map((broken) => ({ ...valid, body: broken })),
    ...brokenParameters.map((broken) => ({ ...valid, parameters: broken })),
    { ...valid, parameters: { ...valid.parameters, 'no-such-parameter': '1' } },
  ]
}

function breakParameter({ in: place }: OpenApiParameter): string[] {
  const texts = ['no such value', 'x'.repeat(3000), '0', '-1', '101', '1.5', '2026-02-30']
  // An empty segment is another path, and an empty header is none at all.
  return place === 'query' ? [...texts, ''] : texts
}

function readText({ schema }: OpenApiParameter, text: string): unknown {
  return schema.type === 'integer' && text !== '' ? Number(text) : text
}

/** The URL and the headers of a request; a parameter that the document does not know goes into the query. */
export function describeTarget({ path, operation }: Endpoint, { parameters }: OperationRequest) {
  const known = new Map((operation.parameters ?? []).map(({ name, in: place }) => [name, place]))
  const query = new URLSearchParams()
  const headers: Record<string, string> = {}
  let target = path
  for (const [name, value] of Object.entries(parameters)) {
    const place = known.get(name) ?? 'query'
    if (place === 'path') target = target.replace(`{${name}}`, encodeURIComponent(String(value)))
    else if (place === 'header') headers[name] = String(value)
    else query.set(name, String(value))
  }
  return { target: query.size > 0 ? `${target}?${query}` : target, headers }
}
