import { problemSchema } from '../problem.ts'
import { ProblemError, UnexpectedAnswerError } from './errors.ts'

/** What a call answers, by status. */
export type Answer = { status: number; body: unknown; headers: Headers }

type SuccessStatus = 200 | 201 | 202 | 204 | 304

/** The body of a call's success. */
export type SuccessBody<A extends Answer> = Extract<A, { status: SuccessStatus }>['body']

/**
 * Waits for a call and returns the body of its success. Throws a {@link ProblemError} when Tend refused, and an
 * {@link UnexpectedAnswerError} when the answer is not Tend's.
 */
export async function unwrap<A extends Answer>(call: Promise<A>): Promise<SuccessBody<A>> {
  const answer = await call
  if (isSuccess(answer)) return answer.body
  const problem = problemSchema.safeParse(answer.body)
  if (problem.success) throw new ProblemError(problem.data, answer.headers)
  throw new UnexpectedAnswerError(`An answer with status ${answer.status} is not in the contract`)
}

function isSuccess<A extends Answer>(answer: A): answer is Extract<A, { status: SuccessStatus }> {
  return answer.status < 400
}
