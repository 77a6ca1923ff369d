'use client'

import type { BulkTasks } from '@tend/contracts'
import { CalendarDays, CircleCheck, RotateCcw, Trash2, Undo2, X } from 'lucide-react'
import { type ComponentProps, type ReactNode, useRef, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useOnDemand } from '../../../components/ui/use-on-demand.ts'
import type { ListedTask } from '../data/task-changes.ts'

type BulkBarProps = {
  tasks: ListedTask[]
  isInTrash: boolean
  onAct: (action: BulkTasks['action']) => void
  onClear: () => void
}

/** What can be done with all selected tasks at once. */
export function BulkBar({ tasks, isInTrash, onAct, onClear }: BulkBarProps) {
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
      {!isInTrash && <DateAct tasks={tasks} onClear={onClear} />}
      <Act icon={Trash2} onClick={() => onAct('delete')}>
        {isInTrash ? 'Delete for good' : 'Delete'}
      </Act>
      <IconButton icon={X} label="Clear selection" onClick={onClear} />
    </div>
  )
}

const loadDate = () => import('./bulk-date.tsx')

function DateAct({ tasks, onClear }: Pick<BulkBarProps, 'tasks' | 'onClear'>) {
  const { part, preload, demand } = useOnDemand(loadDate)
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Act
        ref={button}
        icon={CalendarDays}
        aria-haspopup="dialog"
        onPointerEnter={preload}
        onClick={() => tasks.length > 0 && void demand().then(setIsOpen)}
      >
        <span className="max-sm:sr-only">Date</span>
      </Act>
      {part !== null && isOpen && (
        <part.BulkDate
          tasks={tasks}
          anchor={button}
          onDone={onClear}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}

type ActProps = Omit<ComponentProps<typeof IconButton>, 'label'> & { children: ReactNode }

function Act({ icon: Icon, children, ...rest }: ActProps) {
  return (
    <button
      {...rest}
      type="button"
      className="flex h-9 items-center gap-2 rounded-control px-2.5 font-medium hover:bg-paper-sunk pointer-coarse:h-11"
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
      {children}
    </button>
  )
}
