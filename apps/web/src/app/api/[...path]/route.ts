import { randomUUID } from 'node:crypto'
import { sendProblem } from '../../../http/send.ts'

/** Everything below /api that is no route: a problem, as an API answers, and not a page. */
async function answerNotFound(request: Request): Promise<Response> {
  return sendProblem('NOT_FOUND', request.headers.get('x-request-id') ?? randomUUID())
}

export {
  answerNotFound as DELETE,
  answerNotFound as GET,
  answerNotFound as OPTIONS,
  answerNotFound as PATCH,
  answerNotFound as POST,
  answerNotFound as PUT,
}
