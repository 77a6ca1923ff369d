import type { z } from 'zod'

/** A JSON Schema of draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

type Reference = { $ref: string }
type Example = { summary?: string; value: unknown }
type Content = Record<string, { schema: JsonSchema; examples?: Record<string, Example> }>

export type OpenApiHeader = {
  description: string
  required?: boolean
  schema: JsonSchema
  example: string
}

export type OpenApiParameter = {
  name: string
  in: 'path' | 'query' | 'header'
  description: string
  required?: boolean
  schema: JsonSchema
  example?: unknown
}

export type OpenApiResponse = {
  description: string
  headers?: Record<string, OpenApiHeader | Reference>
  content?: Content
}

export type OpenApiOperation = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  security?: Record<string, never[]>[]
  parameters?: OpenApiParameter[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, OpenApiResponse | Reference>
}

/** Where a server is, as OpenAPI wants it. */
export type OpenApiServer = {
  url: string
  description?: string
  variables?: Record<string, { default: string; description?: string }>
}

type SecurityScheme = { description: string } & (
  | { type: 'http'; scheme: 'bearer'; bearerFormat: 'JWT' }
  | { type: 'apiKey'; in: 'cookie'; name: string }
)

/** An OpenAPI 3.1 document, as far as Tend makes use of it. */
export type OpenApiDocument = {
  openapi: '3.1.1'
  info: {
    title: string
    version: string
    summary: string
    description: string
    license: { name: string; identifier: string }
  }
  servers: OpenApiServer[]
  tags: { name: string; description: string }[]
  security: Record<string, never[]>[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: {
    securitySchemes: Record<string, SecurityScheme>
    schemas: Record<string, JsonSchema>
    responses: Record<string, OpenApiResponse>
    headers: Record<string, OpenApiHeader>
  }
}

/** What stands around the operations of a document. */
export type OpenApiFrame = Omit<OpenApiDocument, 'openapi' | 'servers' | 'paths' | 'components'> &
  Pick<OpenApiDocument['components'], 'securitySchemes'>
