'use client'

import { useQuery } from '@tanstack/react-query'
import { taskTextRules } from '@tend/contracts'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { scrimClass } from '../../../components/ui/dialog.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { taskTotalsOptions } from '../data/task-queries.ts'
import { useTaskActions, useToday } from '../data/tasks-provider.tsx'
import { useView } from '../views/use-view.ts'
import {
  findCommands,
  idOf,
  listCommands,
  type PaletteActions,
  startsCommand,
} from './palette-commands.ts'
import { CommandItem, TaskItem } from './palette-items.tsx'
import { useFoundTasks } from './use-found-tasks.ts'

type PaletteProps = {
  actions: PaletteActions
  /** What was typed before the palette was there. */
  typedAhead: string
  onClose: () => void
}

/** Finds commands and tasks by what is typed. The arrows choose, Enter does it, Escape leaves all as it was. */
export function Palette({ actions, typedAhead, onClose }: PaletteProps) {
  const [typed, setTyped] = useState(typedAhead)
  const opener = useRef(document.activeElement)
  const field = useRef<HTMLInputElement>(null)
  const chosen = useRef<(() => void) | null>(null)
  const isTaskChosen = useRef(false)
  const groups = findCommands(useCommands(actions), typed)
  const { q, found, error } = useFoundTasks(typed)
  const { goTo, openTask } = useView()
  const [selected, setSelected] = useState('')
  // Who types the beginning of a command means the command, also when tasks are found a moment later.
  const isCommand = typed.trim() === '' || startsCommand(groups, typed)
  const [group] = groups
  const command = group?.commands[0] && idOf(group, group.commands[0])
  const first = (isCommand ? command : found[0]?.id) ?? command ?? 'search'
  useEffect(() => {
    // Typing chooses anew, among what there is now.
    void typed
    setSelected(first)
  }, [first, typed])

  /** Closes first, so that what the command opens or focuses has the page to itself. */
  function choose(run: () => void | Promise<void>): void {
    chosen.current = () => {
      Promise.resolve(run()).catch((failure: Error) => toast.error(describeFailure(failure)))
    }
    onClose()
  }

  const commandGroups = groups.map((group) => (
    <Command.Group key={group.name} heading={group.name}>
      {group.commands.map((command) => (
        <CommandItem
          key={command.name}
          id={idOf(group, command)}
          icon={command.icon}
          words={command.name}
          keys={command.keys}
          onSelect={() => choose(command.run)}
        />
      ))}
    </Command.Group>
  ))

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay data-scrim className={scrimClass} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[10vh] z-50 mx-auto flex max-h-[min(30rem,80dvh)] max-w-xl animate-rise flex-col overflow-hidden rounded-float bg-paper-raised shadow-float outline-none max-sm:inset-x-2 max-sm:top-2"
          onOpenAutoFocus={(event) => {
            // By itself it selects what was typed ahead, and the next letter would take its place.
            event.preventDefault()
            field.current?.focus()
            field.current?.setSelectionRange(typed.length, typed.length)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // The details of a task take the focus from nobody who is writing.
            const target = isTaskChosen.current ? null : opener.current
            if (target instanceof HTMLElement) target.focus()
            chosen.current?.()
          }}
        >
          <Dialog.Title className="sr-only">Commands and tasks</Dialog.Title>
          <Command
            label="Commands and tasks"
            shouldFilter={false}
            loop
            value={selected}
            onValueChange={setSelected}
            className="contents"
          >
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search
                aria-hidden
                size={18}
                strokeWidth={1.75}
                className="shrink-0 text-ink-muted"
              />
              <Command.Input
                ref={field}
                value={typed}
                onValueChange={setTyped}
                placeholder="Find a task or a command"
                maxLength={taskTextRules.search.max}
                className="h-13 min-w-0 flex-1 bg-transparent text-typed outline-none"
              />
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-muted [&_[cmdk-group-heading]]:text-meta">
              {isCommand && commandGroups}
              {found.length > 0 && (
                <Command.Group heading="Tasks">
                  {found.map((task) => (
                    <TaskItem
                      key={task.id}
                      task={task}
                      onSelect={() => {
                        isTaskChosen.current = true
                        choose(() => openTask(task.id))
                      }}
                    />
                  ))}
                </Command.Group>
              )}
              {!isCommand && commandGroups}
              {q !== '' && (
                <Command.Group heading="Search">
                  <CommandItem
                    id="search"
                    icon={Search}
                    words={`Search all tasks for “${q}”`}
                    onSelect={() => choose(() => goTo({ q }))}
                  />
                </Command.Group>
              )}
            </Command.List>
          </Command>
          <p
            role="status"
            className={error === null ? 'sr-only' : 'border-line border-t px-4 py-2.5'}
          >
            {error === null
              ? sayFound(q, found.length)
              : `Tasks could not be searched. ${describeFailure(error)}`}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useCommands(actions: PaletteActions) {
  const tend = useTend()
  const router = useRouter()
  const { goTo } = useView()
  const { undoLast } = useTaskActions()
  const { data } = useQuery(taskTotalsOptions(tend.call, useToday()))
  const labels = data?.labels.map(({ label }) => label) ?? []
  const openPage = (href: string) => router.push(href)
  return listCommands({ ...actions, tend, labels, goTo, undo: undoLast, openPage })
}

function sayFound(q: string, count: number): string {
  if (q === '') return ''
  return count === 1 ? '1 task found' : `${count === 0 ? 'No' : count} tasks found`
}
