import { weighMediaType } from '@tend/runtime/content-negotiation'
import { ProblemError } from '../errors/problem-error.ts'

/** Throws the 406 problem for a request whose Accept header rules out all that there is (RFC 9110, section 15.5.7). */
export function refuseUnacceptable(
  accept: string | undefined,
  mediaTypes: readonly string[],
): void {
  if (mediaTypes.length === 0) return
  if (mediaTypes.some((mediaType) => weighMediaType(accept, mediaType) > 0)) return
  throw new ProblemError('NOT_ACCEPTABLE', {
    detail: `The answer comes as ${mediaTypes.join(' or ')}: name that in Accept, or leave Accept out.`,
  })
}
