import { findTextFaults, MOST_LABELS, type Task, taskTextRules } from '@tend/contracts'
import { quoteTitle } from '../data/quote-title.ts'

/** Says why a typed label cannot be added to those a task has; null when it can. */
export function describeLabelProblem(typed: string, labels: readonly string[]): string | null {
  const label = typed.trim()
  if (label === '') return 'Write a word first.'
  if (labels.includes(label)) return `The task has the label ${label} already.`
  if (labels.length >= MOST_LABELS)
    return `A task has at most ${MOST_LABELS} labels. Take one away first.`
  const { label: rule } = taskTextRules
  const [fault] = findTextFaults(label, rule)
  if (fault === undefined) return null
  if (fault === 'too long') {
    return `A label has at most ${rule.max} characters; this one has ${Array.from(label).length}.`
  }
  return 'The label has a character that cannot be stored.'
}

/** Says why a typed label cannot be given to all of several tasks; null when it can. Those that have it already do not stand in the way, unless all do. */
export function describeSharedLabelProblem(
  typed: string,
  tasks: readonly Pick<Task, 'title' | 'labels'>[],
): string | null {
  const problem = describeLabelProblem(typed, [])
  if (problem !== null) return problem
  const label = typed.trim()
  const lacking = tasks.filter(({ labels }) => !labels.includes(label))
  if (lacking.length === 0) return `All of them have the label ${label} already.`
  const full = lacking.find(({ labels }) => labels.length >= MOST_LABELS)
  if (full === undefined) return null
  return `${quoteTitle(full.title)} has ${MOST_LABELS} labels. Take one away from it first.`
}

/** The labels of a task that were changed here and elsewhere at once: what each side added and took away is kept. */
export function mergeLabels(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): string[] {
  const kept = theirs.filter((label) => mine.includes(label) || !base.includes(label))
  const added = mine.filter((label) => !base.includes(label) && !theirs.includes(label))
  return [...kept, ...added].slice(0, MOST_LABELS)
}
