import type { OpenApiDocument, OpenApiOperation } from '../src/openapi/create-openapi-document.ts'
import { createDocumentCheck, type DocumentCheck } from './check-answers.ts'
import {
  describeTarget,
  type Endpoint,
  listEndpoints,
  makeInvalidRequests,
  makeValidRequests,
  type OperationRequest,
} from './make-requests.ts'

/** A request as it is sent; the body is text, so that `null` and `"text"` are JSON, too. */
export type SentRequest = {
  method: string
  target: string
  headers: Record<string, string>
  body?: string
}

/** Sends a request to what is tested. */
export type SendRequest = (request: SentRequest) => Promise<Response>

/** Drives a server from the document that describes it. */
export type Conformance = {
  endpoints: Endpoint[]
  /** Sends a request and gives the status of the answer. Throws when that is not as the document says, or a 500. */
  send(endpoint: Endpoint, request: OperationRequest, sendRequest: SendRequest): Promise<number>
  makeValid(endpoint: Endpoint, count: number): OperationRequest[]
  /** Requests that differ from a valid one in one value that the document does not allow. */
  makeInvalid(endpoint: Endpoint, valid: OperationRequest): OperationRequest[]
  /** The statuses that the document names and no answer has had yet. */
  findUnseen(endpoint: Endpoint): string[]
}

/** Prepares to drive a server from a document. */
export function createConformance(document: OpenApiDocument): Conformance {
  const check: DocumentCheck = createDocumentCheck(document)
  const seen = new Map<OpenApiOperation, Set<string>>()
  return {
    endpoints: listEndpoints(document),
    async send(endpoint, request, sendRequest) {
      const { target, headers } = describeTarget(endpoint, request)
      const body = 'body' in request ? { body: JSON.stringify(request.body) } : {}
      const response = await sendRequest({ method: endpoint.method, target, headers, ...body })
      const status = String(response.status)
      const faults = await check.findFaults(endpoint.operation, response)
      if (status === '500') faults.push('is a failure of the server')
      if (faults.length > 0) {
        const place = `${status} of ${endpoint.method} ${target} ${JSON.stringify(request)}`
        throw new Error(`${place} ${faults.join('; ')}`)
      }
      const statuses = seen.get(endpoint.operation) ?? new Set()
      seen.set(endpoint.operation, statuses.add(status))
      return response.status
    },
    makeValid: (endpoint, count) => makeValidRequests(endpoint, check, count),
    makeInvalid: (endpoint, valid) => makeInvalidRequests(endpoint, check, valid),
    findUnseen: ({ operation }) =>
      Object.keys(operation.responses).filter((status) => !seen.get(operation)?.has(status)),
  }
}
