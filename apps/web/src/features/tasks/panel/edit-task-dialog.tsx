'use client'

import type { Task } from '@tend/contracts'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, inputClass } from '../../../components/ui/field.tsx'
import { keepDrafts } from '../capture/task-drafts.ts'
import type { TaskText } from '../data/task-changes.ts'
import { EditObstacleNote } from './edit-obstacle-note.tsx'
import { type TypedText, textOf, useTaskEditor } from './use-task-editor.ts'

type EditTaskDialogProps = {
  userId: string
  task: Task
  /** What the form starts with: the task's own words, or what was typed before the page went away. */
  start: TypedText
  onClose: () => void
  onDelete: (task: Task) => void
  onAddAsNew: (text: TaskText) => void
  onReturnFocus: () => void
}

const areaClass = `${inputClass} field-sizing-content resize-none py-2 pointer-coarse:py-3`

/** The form of one task. What is typed survives failures, reloads and a new sign-in until it is saved or given up. */
export function EditTaskDialog(props: EditTaskDialogProps) {
  const { userId, task } = props
  const [isLeaving, setIsLeaving] = useState(false)
  const titleArea = useRef<HTMLTextAreaElement>(null)
  const editor = useTaskEditor(task, props.start, close)
  const { typed, isSaving } = editor

  function close() {
    keepDrafts(userId, { edit: null })
    props.onClose()
  }

  function dismiss() {
    if (isSaving) return
    if (editor.isDirty) setIsLeaving(true)
    else close()
  }

  function save() {
    if (editor.isDirty) editor.save()
    else close()
  }

  function change(fields: Partial<TypedText>) {
    setIsLeaving(false)
    keepDrafts(userId, { edit: { task: editor.base, ...editor.type(fields) } })
  }

  function addAsNew() {
    props.onAddAsNew(textOf(typed))
    close()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const isTitle = event.target instanceof HTMLElement && event.target.id === 'edit-title'
    if (!isTitle && !event.metaKey && !event.ctrlKey) return
    event.preventDefault()
    save()
  }

  return (
    <Dialog
      title="Edit task"
      onDismiss={dismiss}
      firstFocus={() => {
        titleArea.current?.setSelectionRange(typed.title.length, typed.title.length)
        return titleArea.current
      }}
      onReturnFocus={props.onReturnFocus}
    >
      {editor.obstacle !== null && (
        <EditObstacleNote
          obstacle={editor.obstacle}
          onKeepMine={editor.save}
          onTakeTheirs={editor.takeTheirs}
          onAddAsNew={addAsNew}
        />
      )}
      <form
        noValidate
        className="mt-4 flex flex-col gap-4"
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field id="edit-title" label="Title" error={editor.titleProblem}>
          {(control) => (
            <textarea
              {...control}
              ref={titleArea}
              name="title"
              rows={1}
              dir="auto"
              readOnly={isSaving}
              value={typed.title}
              onChange={(event) => change({ title: event.target.value.replaceAll('\n', ' ') })}
              className={areaClass}
            />
          )}
        </Field>
        <Field id="edit-description" label="Description" error={null}>
          {(control) => (
            <textarea
              {...control}
              name="description"
              rows={4}
              dir="auto"
              maxLength={20_000}
              readOnly={isSaving}
              value={typed.description}
              onChange={(event) => change({ description: event.target.value })}
              className={`${areaClass} min-h-28 max-h-[40dvh]`}
            />
          )}
        </Field>
        {isLeaving ? (
          <DiscardQuestion onStay={() => setIsLeaving(false)} onDiscard={close} />
        ) : (
          <div className="flex items-center gap-2">
            <div className="mr-auto -ml-3">
              <Button look="plain" onClick={() => props.onDelete(task)}>
                Delete
              </Button>
            </div>
            <Button look="quiet" onClick={dismiss}>
              Cancel
            </Button>
            <Button type="submit" aria-disabled={isSaving}>
              {isSaving ? 'Saving…' : 'Save'}
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  )
}

function DiscardQuestion({ onStay, onDiscard }: { onStay: () => void; onDiscard: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <p role="alert" className="mr-auto max-sm:basis-full">
        Discard what you typed?
      </p>
      <Button look="quiet" autoFocus onClick={onStay}>
        Keep writing
      </Button>
      <Button look="danger" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  )
}
