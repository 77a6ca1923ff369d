import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type {
  JsonSchema,
  OpenApiDocument,
  OpenApiHeader,
  OpenApiOperation,
  OpenApiResponse,
} from '../src/openapi/create-openapi-document.ts'

/** What a document says, made into checks. */
export type DocumentCheck = {
  resolve(schema: JsonSchema): JsonSchema
  /** Whether a value is as the schema says. */
  isValid(schema: JsonSchema, value: unknown): boolean
  /** Says how an answer differs from what the document says of the operation; nothing when it does not. */
  findFaults(operation: OpenApiOperation, response: Response): Promise<string[]>
}

/** Prepares the checks. Answers may have no field that the document does not name, although it leaves them open. */
export function createDocumentCheck(document: OpenApiDocument): DocumentCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const { components } = document
  ajv.addSchema({ $id: 'open', components })
  ajv.addSchema({ $id: 'closed', components: closeObjects(components) })

  function validate(root: 'open' | 'closed', schema: JsonSchema, value: unknown): string[] {
    const closed: unknown = root === 'closed' ? closeObjects(schema) : schema
    const text = JSON.stringify(closed).replaceAll('"#/components/', `"${root}#/components/`)
    const check = ajv.compile(JSON.parse(text))
    return check(value) ? [] : [`${ajv.errorsText(check.errors)} in ${JSON.stringify(value)}`]
  }

  function resolveResponse(response: OpenApiOperation['responses'][string]): OpenApiResponse {
    return '$ref' in response ? find(components.responses, response.$ref) : response
  }

  async function findBodyFaults(declared: OpenApiResponse, response: Response): Promise<string[]> {
    const mediaType = response.headers.get('content-type')?.split(';')[0] ?? ''
    if (declared.content === undefined) {
      return (await response.text()) === '' ? [] : ['has a body where none is declared']
    }
    const content = declared.content[mediaType]
    if (content === undefined) return [`has the undeclared media type "${mediaType}"`]
    if (mediaType === 'text/event-stream') {
      await response.body?.cancel()
      return []
    }
    const text = await response.text()
    return validate('closed', content.schema, mediaType.endsWith('json') ? JSON.parse(text) : text)
  }

  return {
    resolve: (schema) =>
      typeof schema.$ref === 'string' ? find(components.schemas, schema.$ref) : schema,
    isValid: (schema, value) => validate('open', schema, value).length === 0,
    async findFaults(operation, response) {
      const declared = operation.responses[String(response.status)]
      if (declared === undefined) return [`has the undeclared status ${response.status}`]
      const resolved = resolveResponse(declared)
      const headers = Object.entries(resolved.headers ?? {}).flatMap(([name, header]) => {
        const described = '$ref' in header ? find(components.headers, header.$ref) : header
        return findHeaderFaults(name, described, response)
      })
      return [...headers, ...(await findBodyFaults(resolved, response))]
    },
  }

  function findHeaderFaults(name: string, header: OpenApiHeader, { headers }: Response): string[] {
    const value = headers.get(name)
    if (value === null) return header.required ? [`lacks the header ${name}`] : []
    const parsed = header.schema.type === 'integer' ? Number(value) : value
    return validate('open', header.schema, parsed).map((fault) => `${name}: ${fault}`)
  }
}

function find<Component>(components: Record<string, Component>, reference: string): Component {
  const found = components[reference.split('/').at(-1) ?? '']
  if (found === undefined) throw new TypeError(`${reference} leads nowhere`)
  return found
}

function closeObjects(value: unknown): object {
  return JSON.parse(JSON.stringify(value), (_key, node: unknown) => {
    const isOpen =
      typeof node === 'object' && node !== null && 'properties' in node && 'type' in node
    return isOpen && !('additionalProperties' in node)
      ? { ...node, additionalProperties: false }
      : node
  })
}
