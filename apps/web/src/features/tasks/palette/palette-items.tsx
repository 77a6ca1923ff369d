import type { Task } from '@tend/contracts'
import { Command } from 'cmdk'
import { Circle, CircleCheck, type LucideIcon } from 'lucide-react'

type CommandItemProps = {
  /** Tells it from all others. */
  id: string
  icon: LucideIcon
  words: string
  keys?: string | undefined
  onSelect: () => void
}

/** Something the palette does. */
export function CommandItem({ id, icon: Icon, words, keys, onSelect }: CommandItemProps) {
  return (
    <Command.Item value={id} onSelect={onSelect} className={itemClass}>
      <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0 text-ink-muted" />
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {words}
      </span>
      {keys !== undefined && (
        <span aria-hidden className="flex gap-1 text-ink-muted pointer-coarse:hidden">
          {keys.split(' ').map((key) => (
            <kbd
              key={key}
              className="min-w-6 rounded-[0.35rem] border border-line px-1.5 text-center font-sans text-meta"
            >
              {key}
            </kbd>
          ))}
        </span>
      )}
    </Command.Item>
  )
}

/** A task the palette found. */
export function TaskItem({ task, onSelect }: { task: Task; onSelect: () => void }) {
  const Icon = task.isCompleted ? CircleCheck : Circle
  return (
    <Command.Item value={task.id} onSelect={onSelect} className={itemClass}>
      <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0 text-ink-muted" />
      <span
        dir="auto"
        className={`min-w-0 flex-1 truncate ${task.isCompleted ? 'text-ink-muted line-through decoration-1' : ''}`}
      >
        {task.title}
      </span>
      {task.isCompleted && <span className="sr-only">completed</span>}
    </Command.Item>
  )
}

const itemClass =
  'flex h-10 cursor-pointer select-none items-center gap-3 rounded-control px-2.5 data-[selected=true]:bg-paper-sunk data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)] pointer-coarse:h-12'
