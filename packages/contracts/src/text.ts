import { z } from 'zod'

/**
 * A string whose length counts Unicode characters (code points), as PostgreSQL and JSON Schema do,
 * and not UTF-16 units. NUL is refused because PostgreSQL cannot store it.
 */
export function text({
  min = 0,
  max,
  trim = false,
}: {
  min?: number
  max: number
  trim?: boolean
}) {
  const base = trim ? z.string().trim() : z.string()
  return base
    .superRefine((value, context) => {
      const length = countCharacters(value, max)
      if (length < min) {
        const message = min === 1 ? 'Must not be empty' : `Must have at least ${min} characters`
        context.addIssue({
          code: 'too_small',
          minimum: min,
          origin: 'string',
          message,
          input: value,
        })
      }
      if (length > max) {
        const message = `Must have at most ${max} characters`
        context.addIssue({ code: 'too_big', maximum: max, origin: 'string', message, input: value })
      }
      if (value.includes('\0')) {
        const message = 'Must not contain the NUL character'
        context.addIssue({ code: 'invalid_format', format: 'text', message, input: value })
      }
    })
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max })
}

function countCharacters(value: string, max: number): number {
  // A code point has at most two units: far longer strings need no counting.
  if (value.length > 2 * max) return value.length
  let count = 0
  for (const _ of value) count += 1
  return count
}
