'use client'

import type { Task } from '@tend/contracts'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import type { EditObstacle } from './use-task-editor.ts'

type EditObstacleNoteProps = {
  obstacle: EditObstacle
  onKeepMine: (current: Task) => void
  onTakeTheirs: (current: Task) => void
  onAddAsNew: () => void
}

/** Says why the words are not saved yet, and what the person can do about it. */
export function EditObstacleNote(props: EditObstacleNoteProps) {
  const { obstacle } = props
  switch (obstacle.kind) {
    case 'failed':
      return (
        <Note headline="Not saved. What you typed is still here.">
          <p>{obstacle.reason}</p>
        </Note>
      )
    case 'gone':
      return (
        <Note headline="This task was deleted somewhere else. What you typed is still here.">
          <Button look="quiet" size="small" onClick={props.onAddAsNew}>
            Add it as a new task
          </Button>
        </Note>
      )
    case 'conflict':
      return (
        <Note headline="This task was changed somewhere else while you were writing.">
          <p>Your version is below, not saved yet. The other one now says:</p>
          <OtherVersion task={obstacle.current} />
          <div className="flex flex-wrap gap-2">
            <Button look="quiet" size="small" onClick={() => props.onKeepMine(obstacle.current)}>
              Save mine over it
            </Button>
            <Button look="quiet" size="small" onClick={() => props.onTakeTheirs(obstacle.current)}>
              Take the other one
            </Button>
          </div>
        </Note>
      )
  }
}

function Note({ headline, children }: { headline: string; children: ReactNode }) {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => {
    note.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div
      ref={note}
      role="alert"
      className="mt-3 flex flex-col items-start gap-2 rounded-control bg-paper-sunk p-3"
    >
      <p className="font-medium">{headline}</p>
      {children}
    </div>
  )
}

function OtherVersion({ task }: { task: Task }) {
  return (
    <blockquote className="max-h-48 w-full overflow-y-auto border-accent border-l-2 pl-3 [overflow-wrap:anywhere]">
      <p dir="auto" className="font-medium">
        {task.title}
      </p>
      {task.description !== null && (
        <p dir="auto" className="whitespace-pre-wrap">
          {task.description}
        </p>
      )}
    </blockquote>
  )
}
