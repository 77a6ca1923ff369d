import type { ProblemField } from '@tend/contracts'
import { z } from 'zod'
import { ProblemError } from '../errors/problem-error.ts'

type RequestPart = 'params' | 'query' | 'headers' | 'body'

const noKeys = z.strictObject({})
const maxReportedErrors = 50

/** The schema of a part of the contract; a part without one takes no key at all. Throws for what is not zod's. */
export function asSchema(schema: unknown): z.ZodType {
  if (schema === undefined) return noKeys
  if (schema instanceof z.ZodType) return schema
  throw new TypeError('The contract has a part that is no zod schema.')
}

/** Makes the parser of the query of a URL. */
export function createQueryParser(schema: z.ZodType) {
  const absent = parseOnce(schema, {})
  return (url: string, errors: RequestErrors): unknown =>
    url.includes('?') || absent === null
      ? errors.parse('query', schema, parseQueryString(url, errors))
      : absent
}

/** Makes the parser of the headers that a route names; all others are none of its business. */
export function createHeadersParser(schemas: unknown) {
  const entries = Object.entries(schemas ?? {})
  const names = entries.map(([name]) => name)
  const schema = z.object(Object.fromEntries(entries.map(([name, of]) => [name, asSchema(of)])))
  const absent = parseOnce(schema, {})
  return (headers: Headers, errors: RequestErrors): unknown =>
    names.some((name) => headers.has(name)) || absent === null
      ? errors.parse('headers', schema, pickHeaders(headers, names))
      : absent
}

/** What a schema makes of a value that many requests share; null when it refuses it. */
function parseOnce(schema: z.ZodType, value: object): object | null {
  const { data } = schema.safeParse(value)
  return typeof data === 'object' && data !== null ? Object.freeze(data) : null
}

function pickHeaders(headers: Headers, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

/** Collects what is wrong with the parts of a request, so that one answer can name everything. */
export class RequestErrors {
  readonly #errors: ProblemField[] = []

  /** Parses one part; undefined when it is not valid. */
  parse(part: RequestPart, schema: z.ZodType, value: unknown): unknown {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    this.#errors.push(...result.error.issues.flatMap((issue) => describeIssue(part, issue)))
    return undefined
  }

  /** Adds an error that no schema can find. */
  add(error: ProblemField): void {
    this.#errors.push(error)
  }

  /** Throws a 422 problem when anything was wrong. */
  throwIfAny(): void {
    if (this.#errors.length === 0) return
    throw new ProblemError('VALIDATION_FAILED', {
      errors: this.#errors.slice(0, maxReportedErrors),
    })
  }
}

function describeIssue(part: RequestPart, issue: z.core.$ZodIssue): ProblemField[] {
  const path = [part, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  if (issue.code !== 'unrecognized_keys')
    return [{ path, code: issue.code, message: issue.message }]
  return issue.keys.slice(0, maxReportedErrors).map((key) => ({
    path: [...path, key],
    code: 'unrecognized_key',
    message: 'Is not known here',
  }))
}

/** The query of a URL as an object; a key that stands there twice is an error. */
function parseQueryString(url: string, errors: RequestErrors): Record<string, string> {
  // Without a prototype, so that a key such as __proto__ is a key like any other.
  const query: Record<string, string> = Object.create(null)
  const start = url.indexOf('?')
  if (start === -1) return query
  const end = url.indexOf('#')
  const search = url.slice(start, end === -1 ? undefined : end)
  for (const [key, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(query, key)) {
      errors.add({ path: ['query', key], code: 'repeated_key', message: 'Must stand there once' })
    }
    query[key] = value
  }
  return query
}
