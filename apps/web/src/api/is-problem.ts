import type { ProblemCode } from '@tend/contracts'
import { ProblemError } from '@tend/contracts/client'

/** Whether a call failed because Tend answered with this problem. */
export function isProblem(error: unknown, code: ProblemCode): boolean {
  return error instanceof ProblemError && error.problem.code === code
}
