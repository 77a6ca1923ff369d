'use client'

import type { Task } from '@tend/contracts'
import {
  type ComponentType,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { inputClass } from '../../../components/ui/field.tsx'
import { FieldNote } from './field-note.tsx'
import { type TaskFieldState, useTaskField } from './use-task-field.ts'

type PanelNotesProps = {
  task: Task
  isEditing: boolean
  onEdit: () => void
  onDone: () => void
}

/** The notes of a task: shown as Markdown, and written as plain text. */
export function PanelNotes({ task, isEditing, onEdit, onDone }: PanelNotesProps) {
  const field = useTaskField(task, 'description')
  // What is not saved is shown as it was written, also after the page was left.
  const isOpen = isEditing || field.isDraft
  const opener = useRef<HTMLButtonElement>(null)
  const hasFocus = useRef(false)

  useLayoutEffect(() => {
    // An editor that went with the focus in it hands it to what opens it again.
    if (isOpen || !hasFocus.current) return
    hasFocus.current = false
    opener.current?.focus()
  }, [isOpen])

  return (
    <section aria-labelledby="panel-notes-heading" className="flex flex-col gap-2">
      <div className="-mr-3 flex min-h-9 items-center justify-between">
        <h3 id="panel-notes-heading" className="text-ink-muted text-meta">
          Notes
        </h3>
        {!isOpen && field.saved !== '' && (
          <Button ref={opener} look="plain" size="small" onClick={onEdit} aria-label="Edit notes">
            Edit
          </Button>
        )}
      </div>
      {isOpen ? (
        <NotesEditor
          field={field}
          isFocused={isEditing}
          hasFocus={hasFocus}
          onEdit={onEdit}
          onDone={onDone}
        />
      ) : (
        <NotesText source={field.saved} opener={opener} onEdit={onEdit} />
      )}
      <FieldNote field={field} onSettled={onDone} />
    </section>
  )
}

type NotesEditorProps = {
  field: TaskFieldState
  isFocused: boolean
  /** Says whether the editor has the focus, also once it is gone. */
  hasFocus: RefObject<boolean>
  onEdit: () => void
  onDone: () => void
}

function NotesEditor({ field, isFocused, hasFocus, onEdit, onDone }: NotesEditorProps) {
  const leave = () => {
    if (field.save()) onDone()
  }
  return (
    <textarea
      id="panel-notes"
      aria-label="Notes"
      aria-invalid={field.problem === null ? undefined : true}
      dir="auto"
      rows={5}
      // biome-ignore lint/a11y/noAutofocus: The person has just asked to write here.
      autoFocus={isFocused}
      value={field.text}
      onFocus={(event) => {
        hasFocus.current = true
        onEdit()
        const end = event.currentTarget.value.length
        event.currentTarget.setSelectionRange(end, end)
      }}
      onChange={(event) => {
        onEdit()
        field.type(event.target.value)
      }}
      onBlur={() => {
        hasFocus.current = false
        leave()
      }}
      onKeyDown={(event) => {
        const isEnd = event.key === 'Enter' && (event.metaKey || event.ctrlKey)
        // The first Escape is for the notes, also while what they say waits to be saved; the next one is for the panel.
        const isLeft = event.key === 'Escape' && isFocused
        if (event.nativeEvent.isComposing || (!isEnd && !isLeft)) return
        event.preventDefault()
        event.stopPropagation()
        leave()
      }}
      className={`${inputClass} field-sizing-content max-h-[50dvh] min-h-32 resize-none py-2`}
    />
  )
}

type NotesTextProps = {
  source: string
  opener: RefObject<HTMLButtonElement | null>
  onEdit: () => void
}

/** Pressing the text opens it for writing; pressing a link in it, or selecting some of it, does not. */
function NotesText({ source, opener, onEdit }: NotesTextProps) {
  const Markdown = useMarkdown()
  if (source === '') {
    return (
      <button
        ref={opener}
        type="button"
        onClick={onEdit}
        className="-mx-2 flex min-h-9 items-center rounded-control px-2 text-start text-ink-muted hover:bg-paper-sunk pointer-coarse:min-h-11"
      >
        Add notes
      </button>
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: The button above does the same from the keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: A shortcut for the pointer alone.
    <div
      onClick={(event) => {
        const isOnLink = event.target instanceof Element && event.target.closest('a') !== null
        if (!isOnLink && getSelection()?.isCollapsed !== false) onEdit()
      }}
      className="-mx-2 cursor-text rounded-control px-2 py-1 hover:bg-paper-sunk"
    >
      {Markdown === null ? (
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{source}</p>
      ) : (
        <Markdown source={source} />
      )}
    </div>
  )
}

/** What shows Markdown, once it is loaded. Until then, and when it cannot be, notes are shown as they were written. */
function useMarkdown(): ComponentType<{ source: string }> | null {
  const [part, setPart] = useState<ComponentType<{ source: string }> | null>(null)
  useEffect(() => {
    let isGone = false
    import('./markdown.tsx').then(
      ({ Markdown }) => isGone || setPart(() => Markdown),
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [])
  return part
}
