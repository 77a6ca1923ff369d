import type { ProblemField } from '@tend/contracts'
import type { z } from 'zod'

const maxReportedErrors = 50

/** What zod found wrong with a part of a request, as the errors of a 422 problem; unknown keys one by one. */
export function describeIssues(
  part: 'body' | 'params' | 'query',
  issues: z.core.$ZodIssue[],
): ProblemField[] {
  return issues.flatMap((issue) => describeIssue(part, issue)).slice(0, maxReportedErrors)
}

function describeIssue(part: string, issue: z.core.$ZodIssue): ProblemField[] {
  const path = [part, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  if (issue.code !== 'unrecognized_keys') {
    return [{ path, code: issue.code ?? 'custom', message: issue.message }]
  }
  return issue.keys.map((key) => ({
    path: [...path, key],
    code: 'unrecognized_key',
    message: 'Is not known here',
  }))
}
