import type { TaskCounts } from '@tend/contracts'

/** Says what goes with an account, in numbers as far as they are known. */
export function describeLoss(
  counts: TaskCounts | undefined,
  sessions: number | undefined,
): string[] {
  return [
    ...describeTasks(counts),
    ...(counts === undefined || counts.deleted === 0
      ? []
      : [`${countOf(counts.deleted, 'task')} in the trash`]),
    sessions === undefined ? 'your sessions on all devices' : describeSessions(sessions),
    'your name, email and password',
  ]
}

function describeTasks(counts: TaskCounts | undefined): string[] {
  if (counts === undefined) return ['all your tasks']
  const all = counts.open + counts.completed
  if (all === 0) return []
  if (all === 1) return [counts.open === 1 ? '1 open task' : '1 completed task']
  return [`${all} tasks, ${counts.open} of them open`]
}

function describeSessions(count: number): string {
  return count === 1 ? 'your session here' : `${count} sessions, this one among them`
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
