import { type ProblemCode, type ProblemField, problems } from '@tend/contracts'

/** What a problem may say beyond its code. No value of the request belongs into the texts. */
export type ProblemDetails = {
  detail?: string
  errors?: ProblemField[]
  headers?: HeadersInit
}

/** Thrown anywhere while a request is handled: the request is answered with this problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title)
    this.code = code
    this.details = details
  }
}
