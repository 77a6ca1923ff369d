import { type AppRoute, ContractNoBody } from '@ts-rest/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { accountContract, authContract, taskETag, tasksContract } from '../index.ts'
import { createAuthDocument, createTasksDocument } from './create-openapi-document.ts'
import type { JsonSchema, OpenApiDocument, OpenApiResponse } from './document-types.ts'
import { exampleTask } from './example-values.ts'

const documents: [string, OpenApiDocument, Record<string, AppRoute>][] = [
  ['tasks', createTasksDocument(), tasksContract],
  ['auth', createAuthDocument(), { ...authContract, ...accountContract }],
]

/** A check of values against schemas of the document. */
function createCheck(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'document', ...document })
  const inDocument = (schema: JsonSchema): unknown =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'))
  return (schema: JsonSchema, value: unknown) => {
    const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(inDocument(schema)))
    validate(value)
    return validate.errors ?? []
  }
}

function resolveResponse(
  document: OpenApiDocument,
  response: OpenApiResponse | { $ref: string },
): OpenApiResponse {
  if (!('$ref' in response)) return response
  const found = document.components.responses[response.$ref.replace('#/components/responses/', '')]
  if (found === undefined) throw new Error(`${response.$ref} leads nowhere`)
  return found
}

describe.each(documents)('the OpenAPI document of the %s routes', (_name, document, contract) => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const check = createCheck(document)

  it('has every route of the contract, and no other', () => {
    const routes = Object.values(contract).map(
      ({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    )
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort())
  })

  it('gives every operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares the statuses of each route, and no other', () => {
    const ofDocument = operations.map(({ operation }) => Object.keys(operation.responses))
    const ofContract = Object.values(contract).map(({ responses }) => Object.keys(responses))
    expect(ofDocument).toHaveLength(ofContract.length)
    expect(ofDocument.flat().sort()).toEqual(ofContract.flat().sort())
  })

  it('shows a valid example of every body', () => {
    const contents = operations.flatMap(({ operation }) => [
      operation.requestBody?.content ?? {},
      ...Object.values(operation.responses).map(
        (response) => resolveResponse(document, response).content ?? {},
      ),
    ])
    const media = contents.flatMap((content) => Object.values(content))
    expect(media.length).toBeGreaterThan(operations.length)
    for (const { schema, examples } of media) {
      const values = Object.values(examples ?? {})
      expect(values, JSON.stringify(schema)).not.toEqual([])
      for (const { value } of values) expect(check(schema, value)).toEqual([])
    }
  })

  it('shows a valid example of every parameter and header', () => {
    const parameters = operations.flatMap(({ operation }) => operation.parameters ?? [])
    for (const { schema, example, name } of parameters) {
      if (example !== undefined) expect(check(schema, example), name).toEqual([])
    }
    for (const [name, { schema, example }] of Object.entries(document.components.headers)) {
      const value = schema.type === 'integer' ? Number(example) : example
      expect(check(schema, value), name).toEqual([])
    }
  })

  it('takes what the contract takes: examples of requests pass its schemas', () => {
    for (const { operation, path, method } of operations) {
      const route = Object.values(contract).find(
        (one) =>
          one.method.toLowerCase() === method && one.path === path.replaceAll(/\{(\w+)\}/g, ':$1'),
      )
      const body = route && 'body' in route ? route.body : ContractNoBody
      const examples = operation.requestBody?.content['application/json']?.examples ?? {}
      if (!(body instanceof z.ZodType)) expect(examples).toEqual({})
      else
        for (const { value } of Object.values(examples))
          expect(() => body.parse(value)).not.toThrow()
    }
  })

  it('has no schema that nothing refers to', () => {
    const text = JSON.stringify(document)
    for (const name of Object.keys(document.components.schemas)) {
      expect(text).toContain(`"#/components/schemas/${name}"`)
    }
  })
})

it('leaves answers open for the fields of newer servers, and requests closed', () => {
  const { schemas } = createTasksDocument().components
  expect(schemas.Task).not.toHaveProperty('additionalProperties')
  expect(schemas.CreateTask).toMatchObject({ additionalProperties: false })
})

it('names the servers it is given', () => {
  const servers = [{ url: 'https://api.tend.example.org' }]
  expect(createTasksDocument(servers).servers).toEqual(servers)
})

it('uses the entity tag of the example in the example of If-Match', () => {
  const update = createTasksDocument().paths['/api/tasks/{id}']?.patch
  const ifMatch = update?.parameters?.find(({ name }) => name === 'If-Match')
  expect(ifMatch?.example).toBe(taskETag(exampleTask))
})
