import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProblemError } from '../errors/problem-error.ts'
import { sendProblem } from './send.ts'

/** How long the rest of a refused body may go on arriving, in milliseconds. */
const LINGER_TIME = 2_000

/** Answers with a problem, without Next.js, and in a way that the client gets to read it. */
export async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { code, details }: ProblemError,
  requestId: string,
): Promise<void> {
  const answer = sendProblem(code, requestId, details)
  const body = Buffer.from(await answer.arrayBuffer())
  response.setHeaders(answer.headers)
  response.setHeader('Content-Length', body.byteLength)
  if (code !== 'BODY_TOO_LARGE') {
    response.writeHead(answer.status).end(body)
    return
  }
  response.writeHead(answer.status, { Connection: 'close' })
  response.write(body)
  // Closing at once would reset the connection, and many a client would see that and not the answer.
  const timer = setTimeout(() => response.end(), LINGER_TIME)
  request.once('end', () => response.end())
  response.once('close', () => clearTimeout(timer))
  request.resume()
}
