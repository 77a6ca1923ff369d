import { findTextFaults, taskTextRules } from '@tend/contracts'

const rule = taskTextRules.title

/** Says why a typed title cannot be saved; null when it can. */
export function describeTitleProblem(typed: string): string | null {
  const [fault] = findTextFaults(typed, rule)
  if (fault === undefined) return null
  switch (fault) {
    case 'too short':
      return 'Write a few words first.'
    case 'too long': {
      const length = Array.from(typed.trim()).length
      return `A title has at most ${rule.max} characters; this one has ${length}.`
    }
    case 'has NUL':
      return 'The title has a character that cannot be stored. Take it out and try again.'
  }
}
