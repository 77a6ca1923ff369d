import { createTaskSchema } from '@tend/contracts'

/** Says why a typed title cannot be saved; null when it can. */
export function describeTitleProblem(typed: string): string | null {
  if (createTaskSchema.shape.title.safeParse(typed).success) return null
  const length = Array.from(typed.trim()).length
  if (length === 0) return 'Write a few words first.'
  if (length > 200) return `A title has at most 200 characters; this one has ${length}.`
  return 'The title has a character that cannot be stored. Take it out and try again.'
}
