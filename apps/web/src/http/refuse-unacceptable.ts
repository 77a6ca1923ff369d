import { weighMediaType } from '@tend/runtime/content-negotiation'
import { ProblemError } from '../errors/problem-error.ts'

/** Throws the 406 problem for a request whose Accept header rules out JSON (RFC 9110, section 15.5.7). */
export function refuseUnacceptable({ headers }: Request): void {
  if (weighMediaType(headers.get('accept') ?? undefined, 'application/json') > 0) return
  throw new ProblemError('NOT_ACCEPTABLE', {
    detail: 'The answer comes as application/json: name that in Accept, or leave Accept out.',
  })
}
