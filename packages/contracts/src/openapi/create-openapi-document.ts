import { type AppRouter, isAppRoute } from '@ts-rest/core'
import { accountContract } from '../account-contract.ts'
import { authContract } from '../auth-contract.ts'
import { tasksContract } from '../tasks-contract.ts'
import { accountDocumentation, accountTag } from './account-documentation.ts'
import { authDocumentation, authDocumentFrame } from './auth-documentation.ts'
import { describeOperation } from './describe-operation.ts'
import type {
  OpenApiDocument,
  OpenApiFrame,
  OpenApiHeader,
  OpenApiOperation,
  OpenApiResponse,
  OpenApiServer,
} from './document-types.ts'
import { type ResponseHeaderName, responseHeaders } from './response-headers.ts'
import type { AnyRouteDocumentation } from './route-documentation.ts'
import { createSchemaComponents } from './schema-components.ts'
import { tasksDocumentation, tasksDocumentFrame } from './tasks-documentation.ts'

export type * from './document-types.ts'

/** Describes the task API in OpenAPI 3.1, from the contract alone. Without servers, their address is left open. */
export function createTasksDocument(
  servers = [openServer('apiUrl', 'http://localhost:4000', 'API_URL')],
): OpenApiDocument {
  const always: ResponseHeaderName[] = ['X-Request-Id']
  const counted: ResponseHeaderName[] = ['RateLimit', 'RateLimit-Policy', ...always]
  return assemble(
    [{ prefix: 'tasks', contract: tasksContract, documentation: tasksDocumentation }],
    {
      frame: tasksDocumentFrame,
      servers,
      // A request is counted once it is known whose it is.
      commonHeaders: (status) => (status === 401 || status === 403 ? always : counted),
    },
  )
}

/** Describes the sign-in and account routes in OpenAPI 3.1, from the contract alone. Without servers, their address is left open. */
export function createAuthDocument(
  servers = [openServer('webUrl', 'http://localhost:3000', 'WEB_URL')],
): OpenApiDocument {
  const auth = { prefix: 'auth', contract: authContract, documentation: authDocumentation }
  const account = {
    prefix: 'account',
    contract: accountContract,
    documentation: accountDocumentation,
  }
  return assemble([auth, account], {
    frame: { ...authDocumentFrame, tags: [...authDocumentFrame.tags, accountTag] },
    servers,
    commonHeaders: () => [],
  })
}

function openServer(name: string, address: string, setting: string): OpenApiServer {
  const description = `The public address of your Tend, ${setting}.`
  return { url: `{${name}}`, variables: { [name]: { default: address, description } } }
}

/** A contract, its documentation, and what its operation ids begin with. */
type Section = {
  prefix: string
  contract: AppRouter
  documentation: Record<string, AnyRouteDocumentation>
}

type AssembleOptions = {
  frame: OpenApiFrame
  servers: OpenApiServer[]
  commonHeaders(status: number): ResponseHeaderName[]
}

function assemble(
  sections: Section[],
  { frame, servers, commonHeaders }: AssembleOptions,
): OpenApiDocument {
  const schemas = createSchemaComponents()
  const responses = new Map<string, OpenApiResponse>()
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const { prefix, name, route, documentation } of sections.flatMap(listRoutes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const parts = { prefix, schemas, responses, commonHeaders }
    const operation = describeOperation(name, route, documentation, parts)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.1',
    info: frame.info,
    servers,
    tags: frame.tags,
    security: frame.security,
    paths,
    components: {
      securitySchemes: frame.securitySchemes,
      schemas: schemas.named(),
      responses: Object.fromEntries([...responses].sort(byName)),
      headers: collectHeaders({ paths, responses: [...responses] }),
    },
  }
}

function listRoutes({ prefix, contract, documentation: all }: Section) {
  return Object.entries(contract).map(([name, route]) => {
    const documentation = all[name]
    if (isAppRoute(route) && documentation) return { prefix, name, route, documentation }
    throw new TypeError(`${name} is no route, or is not documented.`)
  })
}

/** The headers that something refers to. */
function collectHeaders(document: unknown): Record<string, OpenApiHeader> {
  const text = JSON.stringify(document)
  const headers: [string, OpenApiHeader][] = Object.entries(responseHeaders)
  return Object.fromEntries(
    headers.filter(([name]) => text.includes(`"#/components/headers/${name}"`)),
  )
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1
}
