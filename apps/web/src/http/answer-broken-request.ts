import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { Logger } from '@tend/runtime/logger'

const problemByError: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
}

/** Answers what Node refuses by itself, before there is a request to handle: 400, 408 and 431. */
export function answerBrokenRequest(
  socket: Duplex,
  reason: string | undefined,
  { headers, log }: { headers: Record<string, string>; log: Logger },
): void {
  const address = socket instanceof Socket ? socket.remoteAddress : undefined
  log.info({ reason, address }, 'a request could not be read')
  const code = problemByError[reason ?? ''] ?? 'MALFORMED_REQUEST'
  socket.end(renderProblem(code, headers), () => socket.destroy())
}

/** Writes out a whole answer: on a request that Node could not read there is no response object. */
function renderProblem(code: ProblemCode, headers: Record<string, string>): string {
  const requestId = randomUUID()
  const problem = createProblem(code, { requestId })
  const body = JSON.stringify(problem)
  const fields = {
    ...headers,
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-Id': requestId,
    Connection: 'close',
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join(
    '\r\n',
  )
}
