import type { ProblemField } from '@tend/contracts'
import { z } from 'zod'
import { ProblemError } from '../errors/problem-error.ts'

/** The part of a request a value came from; the first element of an error's path. */
export type RequestPart = 'params' | 'query' | 'headers' | 'body'

const noKeys = z.strictObject({})
const maxReportedErrors = 50

/** The schema of a part of the contract; a part without one takes no key at all. Throws for what is not zod's. */
export function asSchema(schema: unknown, owner: string): z.ZodType {
  if (schema === undefined) return noKeys
  if (schema instanceof z.ZodType) return schema
  throw new TypeError(`${owner} has no zod schema: the adapter cannot check its requests.`)
}

/** The header schemas of a route as one schema; other headers are none of its business. */
export function asHeadersSchema(schemas: unknown, owner: string): z.ZodObject {
  const entries = Object.entries(schemas ?? {})
  return z.object(
    Object.fromEntries(entries.map(([name, schema]) => [name, asSchema(schema, owner)])),
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
  return issue.keys.map((key) => ({
    path: [...path, key],
    code: 'unrecognized_key',
    message: 'Is not known here',
  }))
}

/** The query of a URL as an object; a key that stands there twice is an error. */
export function parseQueryString(url: string, errors: RequestErrors): Record<string, string> {
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
