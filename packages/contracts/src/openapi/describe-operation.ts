import type { AppRoute } from '@ts-rest/core'
import { z } from 'zod'
import { describeProblems, describeSuccess, nameExamples } from './describe-responses.ts'
import type { OpenApiOperation, OpenApiParameter, OpenApiResponse } from './document-types.ts'
import type { ResponseHeaderName } from './response-headers.ts'
import type { AnyRouteDocumentation, ParameterDocumentation } from './route-documentation.ts'
import type { SchemaComponents } from './schema-components.ts'

/** What the operations of one document share. */
export type DocumentParts = {
  /** Begins every operation id, as `tasks` in `tasksList`. */
  prefix: string
  schemas: SchemaComponents
  responses: Map<string, OpenApiResponse>
  /** The headers of answers with this status, whatever the route. */
  commonHeaders(status: number): ResponseHeaderName[]
}

/** Describes one route of a contract. Throws when the documentation lacks one of its parameters, bodies or successes. */
export function describeOperation(
  name: string,
  route: AppRoute,
  documentation: AnyRouteDocumentation,
  parts: DocumentParts,
): OpenApiOperation {
  const operationId = `${parts.prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const parameters = describeParameters(route, documentation.parameters ?? {}, parts.schemas)
  const body = 'body' in route ? route.body : undefined
  return {
    operationId,
    summary: route.summary ?? operationId,
    description: documentation.description,
    tags: [documentation.tag],
    ...(documentation.security && { security: documentation.security }),
    ...(parameters.length > 0 && { parameters }),
    ...(body instanceof z.ZodType && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: parts.schemas.describe(body, 'input'),
            examples: nameExamples(documentation.requests),
          },
        },
      },
    }),
    responses: describeResponses(route, documentation, parts),
  }
}

function describeResponses(
  route: AppRoute,
  { answers }: AnyRouteDocumentation,
  { schemas, responses, commonHeaders }: DocumentParts,
): OpenApiOperation['responses'] {
  const entries = Object.entries(route.responses).map(([key, response]) => {
    const status = Number(key)
    const common = commonHeaders(status)
    if (status >= 400) {
      const problem = describeProblems(response, common, schemas)
      responses.set(problem.name, problem.response)
      return [key, { $ref: `#/components/responses/${problem.name}` }] as const
    }
    const answer = answers[status]
    if (answer === undefined) throw new TypeError(`${placeOf(route)} does not document ${status}.`)
    return [key, describeSuccess(response, answer, common, schemas)] as const
  })
  return Object.fromEntries(entries)
}

function describeParameters(
  route: AppRoute,
  documentation: Record<string, ParameterDocumentation>,
  schemas: SchemaComponents,
): OpenApiParameter[] {
  const headers = z.object(z.record(z.string(), z.instanceof(z.ZodType)).parse(route.headers ?? {}))
  const places = [
    ['path', route.pathParams],
    ['query', route.query],
    ['header', headers],
  ] as const
  return places.flatMap(([place, schema]) => {
    if (!(schema instanceof z.ZodType)) return []
    const { properties = {}, required = [] } = schemas.describe(schema, 'input')
    return Object.entries(properties).map(([name, property]) => {
      const described = documentation[name]
      if (described === undefined || typeof property === 'boolean') {
        throw new TypeError(`${placeOf(route)} does not document its parameter ${name}.`)
      }
      const { description: _, ...plain } = property
      const parameter = { name: place === 'header' ? toHeaderName(name) : name, in: place }
      return {
        ...parameter,
        ...described,
        ...(required.includes(name) && { required: true }),
        schema: plain,
      }
    })
  })
}

function toHeaderName(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
}

function placeOf(route: AppRoute): string {
  return `${route.method} ${route.path}`
}
