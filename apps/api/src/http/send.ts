import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@tend/contracts'
import type { ProblemDetails } from '../errors/problem-error.ts'
import {
  chooseCoding,
  compressStream,
  compressText,
  isWorthCompressing,
} from './compress-answer.ts'
import type { RequestScope } from './request-scope.ts'

type Answer = { status: number; body?: unknown; headers?: Record<string, string> | undefined }

/** Answers in JSON, or without a body when there is none. Statuses from 400 on are problem details. */
export function sendJson(scope: RequestScope, { status, body, headers }: Answer): Response {
  // Headers as a plain object, all at once: the Node server writes them without building a Headers object.
  if (body === undefined) {
    return new Response(null, { status, headers: { ...scope.headers, ...headers } })
  }
  const contentType = status < 400 ? 'application/json' : PROBLEM_MEDIA_TYPE
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...scope.headers, 'Content-Type': contentType, ...headers },
  })
}

/** How a client may be answered: the codings it takes, and whether it wants the headers alone. */
type AnswerWish = { acceptEncoding: string | undefined; isHead: boolean }

// The representation depends on it, also where it is not compressed.
const varies = { Vary: 'Origin, Accept-Encoding' }

/**
 * Answers like `sendJson`; a large success is compressed for whoever takes that. One with an entity tag is not: the tag is strong, and
 * would have to differ for each coding (RFC 9110, section 8.8.3.3). No answer of the API holds a secret, and no foreign page can make
 * a browser ask for one, so that its size betrays nothing (BREACH).
 */
export function sendCompressedJson(
  scope: RequestScope,
  answer: Answer,
  { acceptEncoding }: AnswerWish,
): Response | Promise<Response> {
  const { status, body, headers } = answer
  if (body === undefined || status >= 300 || headers?.ETag !== undefined) {
    return sendJson(scope, answer)
  }
  const text = JSON.stringify(body)
  const fields = { ...scope.headers, 'Content-Type': 'application/json', ...headers }
  if (!isWorthCompressing(text)) return new Response(text, { status, headers: fields })
  const coding = chooseCoding(acceptEncoding)
  if (coding === null) return new Response(text, { status, headers: { ...fields, ...varies } })
  const coded = { ...fields, ...varies, 'Content-Encoding': coding }
  return compressText(text, coding).then((bytes) => new Response(bytes, { status, headers: coded }))
}

type StreamedAnswer = {
  status: number
  stream: ReadableStream<Uint8Array>
  headers: Record<string, string>
}

/** Answers with a body that is made while it is sent, compressed unless it has to arrive piece by piece. */
export function sendStream(
  scope: RequestScope,
  { status, stream, headers }: StreamedAnswer,
  { acceptEncoding, isHead }: AnswerWish,
): Response {
  const fields = { ...scope.headers, ...headers }
  if (headers['Content-Type'] === 'text/event-stream') {
    return new Response(stream, { status, headers: fields })
  }
  const coding = chooseCoding(acceptEncoding)
  if (coding === null) return new Response(stream, { status, headers: { ...fields, ...varies } })
  // Compressing would begin to read what nobody asked for.
  const body = isHead ? stream : compressStream(stream, coding)
  return new Response(body, {
    status,
    headers: { ...fields, ...varies, 'Content-Encoding': coding },
  })
}

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  scope: RequestScope,
  code: ProblemCode,
  { headers, ...details }: ProblemDetails = {},
): Response {
  const body = createProblem(code, { requestId: scope.requestId, ...details })
  return sendJson(scope, { status: body.status, body, headers })
}
