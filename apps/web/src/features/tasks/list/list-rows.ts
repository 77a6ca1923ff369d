import type { ListedTask } from '../data/task-changes.ts'
import type { Section } from '../views/view-lists.ts'

/** A line of the list: a heading, or a task with its place in its section. */
export type ListRow =
  | { kind: 'heading'; id: string; section: Section }
  | { kind: 'task'; id: string; section: Section; task: ListedTask; place: number }

/** The sections as lines, from top to bottom. */
export function rowsOf(sections: Section[]): ListRow[] {
  return sections.flatMap((section): ListRow[] => [
    ...(section.heading === null
      ? []
      : [{ kind: 'heading' as const, id: `heading-${section.id}`, section }]),
    ...section.tasks.map((task, index) => ({
      kind: 'task' as const,
      id: task.id,
      section,
      task,
      place: index + 1,
    })),
  ])
}
