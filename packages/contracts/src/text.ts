import { z } from 'zod'
import { findTextFaults, type TextRule } from './text-rule.ts'

/** A string that keeps a rule. */
export function text({ min = 0, max, trim = false }: Partial<TextRule> & Pick<TextRule, 'max'>) {
  const base = trim ? z.string().trim() : z.string()
  return base
    .superRefine((input, context) => {
      for (const fault of findTextFaults(input, { min, max, trim })) {
        switch (fault) {
          case 'too short': {
            const message = min === 1 ? 'Must not be empty' : `Must have at least ${min} characters`
            const limit = { code: 'too_small', minimum: min, origin: 'string' } as const
            context.addIssue({ ...limit, message, input })
            break
          }
          case 'too long': {
            const message = `Must have at most ${max} characters`
            const limit = { code: 'too_big', maximum: max, origin: 'string' } as const
            context.addIssue({ ...limit, message, input })
            break
          }
          case 'has NUL': {
            const message = 'Must not contain the NUL character'
            context.addIssue({ code: 'invalid_format', format: 'text', message, input })
          }
        }
      }
    })
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max })
}
