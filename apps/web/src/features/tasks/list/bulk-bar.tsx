'use client'

import type { BulkTasks } from '@tend/contracts'
import {
  CalendarDays,
  CircleCheck,
  type LucideIcon,
  RotateCcw,
  Tag,
  Trash2,
  Undo2,
  X,
} from 'lucide-react'
import { type ComponentProps, type ComponentType, useRef, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { ListedTask } from '../data/task-changes.ts'
import type { BulkPopoverProps } from './bulk-popover.tsx'

export type BulkBarProps = {
  tasks: ListedTask[]
  isInTrash: boolean
  onAct: (action: BulkTasks['action']) => void
  /** Called when something chosen here has been done to the tasks. */
  onDone: () => void
  onClear: () => void
}

/** What can be done with all selected tasks at once. */
export function BulkBar({ tasks, isInTrash, onAct, onDone, onClear }: BulkBarProps) {
  const hasOpen = tasks.length === 0 || tasks.some((task) => !task.isCompleted)
  return (
    <div
      role="toolbar"
      aria-label="Selected tasks"
      data-bulk-bar
      className="fixed inset-x-4 bottom-6 z-30 mx-auto flex w-fit max-w-full animate-rise items-center gap-1 rounded-float bg-paper-raised p-1.5 shadow-float max-md:bottom-[calc(5rem+env(safe-area-inset-bottom))]"
    >
      <p className="px-2.5 font-medium tabular-nums">
        {tasks.length}
        <span className="max-sm:sr-only"> selected</span>
      </p>
      {isInTrash && (
        <Act icon={Undo2} onClick={() => onAct('restore')}>
          Restore
        </Act>
      )}
      {!isInTrash && (
        <Act
          icon={hasOpen ? CircleCheck : RotateCcw}
          onClick={() => onAct(hasOpen ? 'complete' : 'reopen')}
        >
          {hasOpen ? 'Complete' : 'Reopen'}
        </Act>
      )}
      {!isInTrash && (
        <>
          <ChoiceAct tasks={tasks} icon={CalendarDays} load={loadDate} onDone={onDone}>
            Date
          </ChoiceAct>
          <ChoiceAct tasks={tasks} icon={Tag} load={loadLabel} onDone={onDone}>
            Label
          </ChoiceAct>
        </>
      )}
      <Act icon={Trash2} onClick={() => onAct('delete')}>
        {isInTrash ? 'Delete for good' : 'Delete'}
      </Act>
      <IconButton icon={X} label="Clear selection" onClick={onClear} />
    </div>
  )
}

const loadDate = () => import('./bulk-date.tsx').then(({ BulkDate }) => BulkDate)
const loadLabel = () => import('./bulk-label.tsx').then(({ BulkLabel }) => BulkLabel)

type ChoiceActProps = Pick<BulkBarProps, 'tasks' | 'onDone'> & {
  icon: LucideIcon
  /** Loads what the choice is made from. */
  load: () => Promise<ComponentType<BulkPopoverProps>>
  children: string
}

/** Something that takes a choice before it can be done. */
function ChoiceAct({ tasks, icon, load, onDone, children }: ChoiceActProps) {
  const { part: Choice, preload, demand } = useOnDemand(load)
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Act
        ref={button}
        icon={icon}
        aria-haspopup="dialog"
        onPointerEnter={preload}
        onClick={() => tasks.length > 0 && void demand().then(setIsOpen)}
      >
        {children}
      </Act>
      {Choice !== null && isOpen && (
        <Choice tasks={tasks} anchor={button} onDone={onDone} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}

type ActProps = Omit<ComponentProps<typeof IconButton>, 'label'> & { children: string }

/** One thing that can be done. On a phone there is room for its icon alone. */
function Act({ icon: Icon, children, ...rest }: ActProps) {
  return (
    <button
      {...rest}
      type="button"
      className="flex h-9 items-center gap-2 rounded-control px-2.5 font-medium hover:bg-paper-sunk max-sm:min-w-11 max-sm:justify-center pointer-coarse:h-11"
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
      <span className="max-sm:sr-only">{children}</span>
    </button>
  )
}
