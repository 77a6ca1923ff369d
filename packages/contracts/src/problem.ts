import { z } from 'zod'

/**
 * Every problem Tend answers with: its stable code, its HTTP status and its title.
 * Clients decide by `code`; titles are for people and may be reworded.
 */
export const problems = {
  MALFORMED_REQUEST: { status: 400, title: 'The request could not be read' },
  INVALID_TOKEN: { status: 401, title: 'The access token was refused' },
  INVALID_CREDENTIALS: { status: 401, title: 'Email or password is wrong' },
  NO_SESSION: { status: 401, title: 'Nobody is signed in' },
  HTTPS_REQUIRED: { status: 403, title: 'The request came over http and not https' },
  ORIGIN_REFUSED: { status: 403, title: 'The request came from another site' },
  EMAIL_NOT_VERIFIED: { status: 403, title: 'The email address is not confirmed yet' },
  FORBIDDEN: { status: 403, title: 'This is not allowed' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  SESSION_NOT_FOUND: { status: 404, title: 'There is no such session' },
  TASK_NOT_FOUND: { status: 404, title: 'There is no such task' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The address does not take this method' },
  NOT_ACCEPTABLE: { status: 406, title: 'The answer cannot be given in that media type' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  EMAIL_TAKEN: { status: 409, title: 'There is already an account with this email' },
  REPLAY_IN_FLIGHT: { status: 409, title: 'The first request with this key is still under way' },
  CONFLICT: { status: 409, title: 'The request conflicts with the current state' },
  LINK_EXPIRED: { status: 410, title: 'The link has been used or is too old' },
  TASK_CHANGED: { status: 412, title: 'The task has changed since you read it' },
  BODY_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The request body must be JSON' },
  VALIDATION_FAILED: { status: 422, title: 'The request has invalid values' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The request headers are too large' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, title: 'The service is not available right now' },
} as const satisfies Record<string, { status: number; title: string }>

/** The closed union of problem codes. */
export type ProblemCode = keyof typeof problems

/** The HTTP status that belongs to a problem code. */
export type ProblemStatus<Code extends ProblemCode = ProblemCode> =
  (typeof problems)[Code]['status']

const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

/** One invalid value: where it stands in the request (`body.title`, `query.limit`) and what is wrong with it. */
export const problemFieldSchema = z
  .object({
    path: z.array(z.union([z.string(), z.number()])),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ProblemField' })

const problemShape = {
  type: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(problemFieldSchema).optional(),
  requestId: z.string(),
}

/** Problem details as Tend sends them, `application/problem+json` (RFC 9457). */
export const problemSchema = z
  .object({ ...problemShape, status: z.int().min(400).max(599), code: z.enum(problemCodes) })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' })

export type Problem = z.infer<typeof problemSchema>
export type ProblemField = z.infer<typeof problemFieldSchema>

/** The media type of every error body (RFC 9457, section 3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The schema of the problems that one status of one route can answer with. */
export function problemOf<const Code extends ProblemCode>(...codes: [Code, ...Code[]]) {
  return z.object({
    ...problemShape,
    status: z.literal(codes.map((code): ProblemStatus<Code> => problems[code].status)),
    code: z.enum(codes),
  })
}

/** Makes the body of a problem; status, title and type follow from the code. */
export function createProblem<Code extends ProblemCode>(
  code: Code,
  details: { requestId: string; detail?: string; errors?: ProblemField[] },
): Problem & { code: Code; status: ProblemStatus<Code> } {
  const { status, title }: { status: ProblemStatus<Code>; title: string } = problems[code]
  return { type: problemType(code), title, status, code, ...details }
}

function problemType(code: ProblemCode): string {
  return `urn:problem-type:tend:${code.toLowerCase().replaceAll('_', '-')}`
}
