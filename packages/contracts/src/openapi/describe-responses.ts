import { type AppRouteResponse, ContractNoBody } from '@ts-rest/core'
import { z } from 'zod'
import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode, problemSchema } from '../problem.ts'
import type { OpenApiResponse } from './document-types.ts'
import { exampleRequestId } from './example-values.ts'
import { problemHeaders, type ResponseHeaderName } from './response-headers.ts'
import type { AnswerDocumentation } from './route-documentation.ts'
import type { SchemaComponents } from './schema-components.ts'

/** Answers a success of a route: its body in every media type, and its headers. */
export function describeSuccess(
  response: AppRouteResponse,
  { description, examples, headers = [], alternatives = {} }: AnswerDocumentation,
  commonHeaders: ResponseHeaderName[],
  schemas: SchemaComponents,
): OpenApiResponse {
  const { mediaType, schema } = readResponse(response)
  const described = { description, ...describeHeaders([...headers, ...commonHeaders]) }
  if (schema === null) return described
  const content = {
    [mediaType]: { schema: schemas.describe(schema, 'output'), examples: nameExamples(examples) },
    ...Object.fromEntries(
      Object.entries(alternatives).map(([name, value]) => [
        name,
        { schema: { type: 'string' as const }, examples: { example: { value } } },
      ]),
    ),
  }
  return { ...described, content }
}

/** The problems of one status of a route: a name made of their codes, and the response. */
export function describeProblems(
  response: AppRouteResponse,
  commonHeaders: ResponseHeaderName[],
  schemas: SchemaComponents,
): { name: string; response: OpenApiResponse } {
  const { schema } = readResponse(response)
  const codes = readCodes(schema)
  const headers = [...codes.flatMap((code) => problemHeaders[code] ?? []), ...commonHeaders]
  const problems = codes.map((code) => createExample(code))
  const described: OpenApiResponse = {
    description: problems.map(({ title }) => `${title}.`).join(' '),
    ...describeHeaders(headers),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: schema === null ? {} : schemas.describe(schema, 'output'),
        examples: Object.fromEntries(problems.map((value) => [value.code, { value }])),
      },
    },
  }
  return { name: codes.map(toPascalCase).join('Or'), response: described }
}

function describeHeaders(names: ResponseHeaderName[]): Pick<OpenApiResponse, 'headers'> {
  if (names.length === 0) return {}
  const headers = names.map((name) => [name, { $ref: `#/components/headers/${name}` }])
  return { headers: Object.fromEntries(headers) }
}

/** Examples by name, as OpenAPI wants them; the name of the map's key is told once. */
export function nameExamples(examples: Record<string, unknown> = {}) {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))
}

function readResponse(response: AppRouteResponse): { mediaType: string; schema: z.ZodType | null } {
  if (response === ContractNoBody) return { mediaType: '', schema: null }
  if (response instanceof z.ZodType) return { mediaType: 'application/json', schema: response }
  const other = otherResponse.safeParse(response)
  if (other.success) return { mediaType: other.data.contentType, schema: other.data.body }
  throw new TypeError('An answer of the contract has neither a zod schema nor a media type.')
}

const otherResponse = z.object({ contentType: z.string(), body: z.instanceof(z.ZodType) })

function readCodes(schema: z.ZodType | null): ProblemCode[] {
  const code = schema instanceof z.ZodObject ? schema.shape.code : undefined
  if (code instanceof z.ZodEnum) {
    return code.options.map((option) => problemSchema.shape.code.parse(option))
  }
  throw new TypeError('A status from 400 on must be described with problemOf.')
}

function createExample(code: ProblemCode) {
  const errors = [{ path: ['body', 'title'], code: 'too_small', message: 'Must not be empty' }]
  return createProblem(code, {
    requestId: exampleRequestId,
    ...(code === 'VALIDATION_FAILED' && { errors }),
  })
}

function toPascalCase(code: string): string {
  const words = code.toLowerCase().split('_')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
