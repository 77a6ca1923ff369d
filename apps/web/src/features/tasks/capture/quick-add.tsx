'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useIsHydrated } from '../../../components/ui/use-is-hydrated.ts'
import { useTaskTotals } from '../data/use-task-totals.ts'
import { QuickAddSheet } from './quick-add-sheet.tsx'
import type { ViewDefaults } from './read-line.ts'
import { useLabelCompletion } from './use-label-completion.ts'
import { type NewTask, useQuickAdd } from './use-quick-add.ts'

type QuickAddProps = {
  inputRef: RefObject<HTMLInputElement | null>
  /** What a task gets from the view it is written in. */
  defaults: ViewDefaults
  onAdd: (tasks: NewTask[]) => void
}

/** The field on top of the list: Enter adds, clears, and leaves the focus where it is. What it understood stands under it. */
export function QuickAdd(props: QuickAddProps) {
  const { inputRef } = props
  const labels = useTaskTotals()?.labels.map(({ label }) => label) ?? []
  const isHydrated = useIsHydrated()
  const sheetId = useId()
  const quickAdd = useQuickAdd(props)
  const { field, refusal } = quickAdd
  const [hasFocus, setHasFocus] = useState(false)
  const completion = useLabelCompletion(labels, field, hasFocus)
  const isOpen =
    refusal !== null ||
    quickAdd.lines.length > 0 ||
    (hasFocus && (completion.options.length > 0 || (quickAdd.reading?.chips.length ?? 0) > 0))

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    inputRef.current?.focus()
    quickAdd.submit()
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing || completion.onKeyDown(event)) return
    if (event.key !== 'Escape') return
    if (quickAdd.lines.length > 0) quickAdd.keepAsOne()
    else if (refusal !== null) quickAdd.forgetRefusal()
    else event.currentTarget.blur()
  }

  return (
    <form
      noValidate
      onSubmit={onSubmit}
      onFocus={() => setHasFocus(true)}
      onBlur={({ currentTarget, relatedTarget }) =>
        setHasFocus(currentTarget.contains(relatedTarget))
      }
      className={`sticky top-0 bg-paper pt-2 pb-3 ${isOpen ? 'z-20' : 'z-10'}`}
    >
      {/* The open form lies above the margin's rule and carries it on. */}
      {isOpen && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-(--margin) z-1 w-px bg-rule"
        />
      )}
      <div className="relative">
        <div className="flex items-center overflow-clip rounded-control border max-sm:-mr-2 max-sm:ml-1 border-line-control bg-paper-raised outline-offset-2 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus">
          <label
            htmlFor="quick-add"
            className="-ml-px grid h-(--row) w-(--margin) shrink-0 cursor-text place-items-center text-accent max-sm:-ml-[calc(0.25rem+1px)]"
          >
            <Plus aria-hidden size={20} strokeWidth={1.75} />
            <span className="sr-only">Add a task</span>
          </label>
          <input
            ref={inputRef}
            id="quick-add"
            name="title"
            dir="auto"
            autoComplete="off"
            enterKeyHint="done"
            placeholder="Add a task"
            aria-invalid={refusal === null ? undefined : true}
            aria-describedby={refusal === null ? undefined : `${sheetId}-refusal`}
            aria-autocomplete="list"
            aria-controls={completion.options.length > 0 ? `${sheetId}-labels` : undefined}
            aria-activedescendant={
              completion.active === null ? undefined : `${sheetId}-label-${completion.active}`
            }
            onFocus={quickAdd.wakeUp}
            onSelect={field.follow}
            onInput={() => {
              quickAdd.forgetRefusal()
              field.follow()
            }}
            onPaste={(event) => {
              if (!quickAdd.paste(event.clipboardData.getData('text/plain'))) return
              event.preventDefault()
            }}
            onKeyDown={onKeyDown}
            className="peer ml-(--text-inset) h-(--row) min-w-0 flex-1 bg-transparent text-typed outline-none"
          />
          <div className="pr-1 peer-placeholder-shown:invisible">
            {/* Until the page is alive, a disabled button keeps Enter from sending the form the old way. */}
            <Button type="submit" size="small" disabled={!isHydrated}>
              Add task
            </Button>
          </div>
        </div>
        {isOpen && (
          <QuickAddSheet
            id={sheetId}
            today={quickAdd.today}
            refusal={refusal}
            chips={quickAdd.reading?.chips ?? []}
            lines={quickAdd.lines}
            options={completion.options}
            activeOption={completion.active}
            onRefuse={(chip) => {
              quickAdd.refuse(chip)
              inputRef.current?.focus()
            }}
            onComplete={(label) => {
              completion.take(label)
              inputRef.current?.focus()
            }}
            onAddAll={() => {
              quickAdd.addLines()
              inputRef.current?.focus()
            }}
            onKeepAsOne={() => {
              inputRef.current?.focus()
              quickAdd.keepAsOne()
            }}
          />
        )}
      </div>
    </form>
  )
}
