import { CircleAlert } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import type { TaskFieldState } from './use-task-field.ts'

type FieldNoteProps = {
  field: TaskFieldState
  /** Shows a version of the field, when its text alone would not do. */
  show?: (text: string) => ReactNode
  /** Called when the person has decided, and there is nothing more to edit. */
  onSettled?: () => void
}

/** Says why a field is not saved, and what the person can do about it. Nothing when all is well. */
export function FieldNote({ field, show = (text) => text, onSettled }: FieldNoteProps) {
  // The note goes, and with it the button that has the focus: the panel takes it.
  const leave = (act: () => void) => (event: MouseEvent) => {
    event.currentTarget.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true })
    act()
  }
  const settle = (act: () => void) =>
    leave(() => {
      act()
      onSettled?.()
    })
  if (field.theirs !== null) {
    return (
      <Note headline="This was changed somewhere else while you were writing.">
        <Version name="Yours, not saved yet">{show(field.text)}</Version>
        <Version name="The other one">{show(field.theirs)}</Version>
        <div className="flex flex-wrap gap-2">
          <Button size="small" look="quiet" onClick={settle(field.keepMine)}>
            Keep mine
          </Button>
          <Button size="small" look="quiet" onClick={settle(field.drop)}>
            Take theirs
          </Button>
        </div>
      </Note>
    )
  }
  if (field.failure !== null) {
    return (
      <Note headline="Not saved. What you wrote is still here.">
        <p>{field.failure}</p>
        <div className="flex flex-wrap gap-2">
          <Button size="small" look="quiet" onClick={leave(() => field.save())}>
            Try again
          </Button>
          <Button size="small" look="plain" onClick={settle(field.drop)}>
            Discard
          </Button>
        </div>
      </Note>
    )
  }
  if (field.problem === null) return null
  return (
    <p role="alert" className="flex gap-1.5 text-danger text-meta">
      <CircleAlert aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
      {field.problem}
    </p>
  )
}

function Note({ headline, children }: { headline: string; children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-control bg-paper-sunk p-3 text-body [overflow-wrap:anywhere]"
    >
      <p className="font-medium">{headline}</p>
      {children}
    </div>
  )
}

function Version({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-ink-muted text-meta">{name}</p>
      <blockquote
        dir="auto"
        className="max-h-40 overflow-y-auto whitespace-pre-wrap border-accent border-s-2 ps-3"
      >
        {children || <span className="text-ink-muted">nothing</span>}
      </blockquote>
    </div>
  )
}
