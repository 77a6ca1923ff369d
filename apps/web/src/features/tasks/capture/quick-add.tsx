'use client'

import { createTaskSchema } from '@tend/contracts'
import { Plus } from 'lucide-react'
import { type FormEvent, type RefObject, useEffect, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useIsHydrated } from '../../../components/ui/use-is-hydrated.ts'
import { describeTitleProblem } from './describe-title-problem.ts'
import { keepDrafts, readDrafts } from './task-drafts.ts'

type QuickAddProps = {
  userId: string
  inputRef: RefObject<HTMLInputElement | null>
  onAdd: (title: string) => void
}

/** The field on top of the list: Enter adds, clears, and leaves the focus where it is. */
export function QuickAdd({ userId, inputRef, onAdd }: QuickAddProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const isHydrated = useIsHydrated()

  useEffect(() => {
    const input = inputRef.current
    if (input !== null && input.value === '') input.value = readDrafts(userId).quickAdd
  }, [inputRef, userId])

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const input = inputRef.current
    if (input === null) return
    const title = createTaskSchema.shape.title.safeParse(input.value)
    if (!title.success) {
      setRefusal(describeTitleProblem(input.value))
      return
    }
    input.value = ''
    input.focus()
    keepDrafts(userId, { quickAdd: '' })
    onAdd(title.data)
  }

  return (
    <form noValidate onSubmit={onSubmit} className="sticky top-0 z-10 bg-paper pt-2 pb-3">
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
          aria-describedby={refusal === null ? undefined : 'quick-add-refusal'}
          onInput={(event) => {
            setRefusal(null)
            keepDrafts(userId, { quickAdd: event.currentTarget.value })
          }}
          className="peer ml-(--text-inset) h-(--row) min-w-0 flex-1 bg-transparent text-typed outline-none"
        />
        <div className="pr-1 peer-placeholder-shown:invisible">
          {/* Until the page is alive, a disabled button keeps Enter from sending the form the old way. */}
          <Button type="submit" size="small" disabled={!isHydrated}>
            Add task
          </Button>
        </div>
      </div>
      {refusal !== null && (
        <p
          id="quick-add-refusal"
          role="alert"
          className="pt-1.5 pl-(--text-edge) text-danger text-meta"
        >
          {refusal}
        </p>
      )}
    </form>
  )
}
