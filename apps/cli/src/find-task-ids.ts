import type { ListTasksQuery } from '@tend/contracts'
import type { TendClient } from '@tend/contracts/client'
import { CliError } from './cli-error.ts'
import { listAllTasks } from './list-all-tasks.ts'
import { shortId } from './short-id.ts'

const FULL = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const PART = /^[0-9a-f]{4,31}$/i

/**
 * The full ids that are meant by `references`, each once, in their order. A reference is a full id or the last four or more characters of one. A part must fit exactly one task of those with
 * one of `statuses`; all of them are looked at, so that no other task is ever taken for the one that is meant.
 */
export async function findTaskIds(
  tend: TendClient,
  references: readonly string[],
  statuses: readonly ListTasksQuery['status'][],
): Promise<string[]> {
  const wrong = references.find((text) => !FULL.test(text) && !PART.test(text))
  if (wrong !== undefined) {
    throw new CliError(
      'usage',
      `“${wrong}” is no task id: give the characters that tend list shows, at least four of them`,
    )
  }
  if (references.every((text) => FULL.test(text))) return unique(references.map(formatId))
  const ids: string[] = []
  for (const status of statuses)
    for await (const { items } of listAllTasks(tend, { status }))
      ids.push(...items.map(({ id }) => id))
  // A task that changes while they are read may be on two pages.
  const known = unique(ids)
  return unique(references.map((text) => (FULL.test(text) ? formatId(text) : findOne(text, known))))
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)]
}

function findOne(part: string, ids: readonly string[]): string {
  const wanted = part.toLowerCase()
  const [found, ...others] = ids.filter((id) => shortId(id, wanted.length) === wanted)
  if (found === undefined)
    throw new CliError(
      'failure',
      `No task’s id ends in ${wanted}: see what there is with tend list`,
    )
  if (others.length === 0) return found
  const longer = [found, ...others].map((id) => shortId(id, 12)).join(', ')
  throw new CliError(
    'failure',
    `The ids of ${others.length + 1} tasks end in ${wanted}: give more characters, as in ${longer}`,
  )
}

function formatId(text: string): string {
  const hex = text.replaceAll('-', '').toLowerCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
