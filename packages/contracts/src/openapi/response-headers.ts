import type { ProblemCode } from '../problem.ts'
import { taskETag } from '../task-etag.ts'
import type { OpenApiHeader } from './document-types.ts'
import { exampleTask } from './example-values.ts'

const retryAfter = {
  description: 'Seconds to wait before the next try (RFC 9110, section 10.2.3).',
  schema: { type: 'integer', minimum: 0 },
  example: '30',
} as const

/** The headers that answers carry beside their media type, by their name. */
export const responseHeaders = {
  'Content-Disposition': {
    description: 'Suggests the name of a file (RFC 6266).',
    schema: { type: 'string' },
    example: 'attachment; filename="tend-tasks.json"',
  },
  ETag: {
    description:
      'Names this version of the task; If-Match and If-None-Match take it (RFC 9110, section 8.8.3).',
    required: true,
    schema: { type: 'string', pattern: '^"[!#-~]+"$' },
    example: taskETag(exampleTask),
  },
  Location: {
    description: 'The path of the new task (RFC 9110, section 10.2.2).',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
    example: `/api/tasks/${exampleTask.id}`,
  },
  RateLimit: {
    description:
      'What is left of the limit: requests (`r`), and seconds until it is full again (`t`).',
    schema: { type: 'string', pattern: '^"[a-z]+";r=\\d+;t=\\d+$' },
    example: '"user";r=597;t=42',
  },
  'RateLimit-Policy': {
    description: 'The limit: requests (`q`) in so many seconds (`w`).',
    schema: { type: 'string', pattern: '^"[a-z]+";q=\\d+;w=\\d+$' },
    example: '"user";q=600;w=60',
  },
  'Retry-After': { ...retryAfter, required: true },
  'Set-Cookie': {
    description: 'Sets or clears the session cookie, which is HttpOnly and SameSite=Lax.',
    schema: { type: 'string' },
    example: 'tend.session_token=…; Path=/; HttpOnly; SameSite=Lax',
  },
  'WWW-Authenticate': {
    description: 'Asks for an access token (RFC 6750, section 3).',
    required: true,
    schema: { type: 'string', pattern: '^Bearer' },
    example: 'Bearer error="invalid_token"',
  },
  'X-Request-Id': {
    description:
      'Names the request, as `requestId` of a problem does. Quote it when asking for help.',
    schema: { type: 'string' },
    example: '0c6f2f0e-3f0e-4a57-8a53-7f3b1f1d1c55',
  },
} as const satisfies Record<string, OpenApiHeader>

/** The name of a documented response header. */
export type ResponseHeaderName = keyof typeof responseHeaders

/** The headers that come with a problem, whichever route answers with it. */
export const problemHeaders: Partial<Record<ProblemCode, ResponseHeaderName[]>> = {
  INVALID_TOKEN: ['WWW-Authenticate'],
  RATE_LIMITED: ['Retry-After'],
  REPLAY_IN_FLIGHT: ['Retry-After'],
  UNAVAILABLE: ['Retry-After'],
}
