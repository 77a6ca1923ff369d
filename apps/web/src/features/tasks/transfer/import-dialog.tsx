'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ImportTasksResult, TaskExport } from '@tend/contracts'
import { type ReactNode, useId } from 'react'
import { describeFailure } from '../../../api/describe-failure.ts'
import { useTend } from '../../../api/tend-provider.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { announce } from '../../../components/ui/live-region.tsx'
import { countTasks } from '../data/count-tasks.ts'
import { refreshTasks } from '../data/settle-tasks.ts'
import { readOwnIds } from './read-own-ids.ts'
import { readTaskFile } from './read-task-file.ts'

/** As many titles as it takes to recognise a file. */
const TITLES = 5

type ImportDialogProps = { file: File; onClose: () => void; onReturnFocus: () => void }

/** Shows what a file would add, adds it when asked to, and says what came of it. */
export function ImportDialog({ file, onClose, onReturnFocus }: ImportDialogProps) {
  const tend = useTend()
  const queryClient = useQueryClient()
  const id = useId()
  const content = useQuery({
    queryKey: ['import', id],
    queryFn: async () => {
      const read = readTaskFile(await file.text())
      if ('problem' in read) return read
      const own = await readOwnIds(tend)
      return { ...read, fresh: read.export.tasks.filter((task) => !own.has(task.id)) }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const adding = useMutation({
    mutationFn: (body: TaskExport) => tend.call(({ tasks }) => tasks.import({ body })),
    onSuccess: (result) => {
      announce(describeResult(result))
      refreshTasks(queryClient)
    },
  })
  const close = () => adding.isPending || onClose()

  return (
    <Dialog title="Import tasks" onDismiss={close} onReturnFocus={onReturnFocus}>
      <p className="pt-1 pb-3 text-ink-muted [overflow-wrap:anywhere]">{file.name}</p>
      {adding.data !== undefined ? (
        <Step actions={<Button onClick={onClose}>Done</Button>}>
          <p>{describeResult(adding.data)}</p>
        </Step>
      ) : content.data === undefined ? (
        <Step actions={<Button look="quiet" onClick={onClose} children="Cancel" />}>
          {content.error === null ? (
            <p role="status">Looking through the file…</p>
          ) : (
            <p role="alert">Your own tasks could not be read. {describeFailure(content.error)}</p>
          )}
        </Step>
      ) : 'problem' in content.data ? (
        <Step actions={<Button look="quiet" onClick={onClose} children="Close" />}>
          <p role="alert" className="[overflow-wrap:anywhere]">
            {content.data.problem}
          </p>
        </Step>
      ) : (
        <Preview
          all={content.data.export.tasks.length}
          fresh={content.data.fresh.map(({ title }) => title)}
          failure={adding.error}
          isAdding={adding.isPending}
          onAdd={() => 'export' in content.data && adding.mutate(content.data.export)}
          onClose={close}
        />
      )}
    </Dialog>
  )
}

function Step({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <>
      {children}
      <div className="mt-5 flex justify-end gap-2">{actions}</div>
    </>
  )
}

type PreviewProps = {
  /** How many tasks there are in the file. */
  all: number
  /** The titles of those that are new. */
  fresh: string[]
  failure: Error | null
  isAdding: boolean
  onAdd: () => void
  onClose: () => void
}

function Preview({ all, fresh, failure, isAdding, onAdd, onClose }: PreviewProps) {
  const existing = all - fresh.length
  const isNothing = fresh.length === 0
  return (
    <Step
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {isNothing ? 'Close' : 'Cancel'}
          </Button>
          {!isNothing && (
            <Button aria-disabled={isAdding} onClick={() => isAdding || onAdd()}>
              {isAdding ? 'Adding…' : `Add ${countTasks(fresh.length)}`}
            </Button>
          )}
        </>
      }
    >
      <p role="status">
        {all === 0
          ? 'There are no tasks in this file.'
          : `${countTasks(all)} in this file, ${countFresh(fresh.length, all)} new.`}
        {existing > 0 && ' What you have already stays as it is.'}
      </p>
      {!isNothing && (
        <ul className="mt-3 border-line border-t">
          {fresh.slice(0, TITLES).map((title, index) => (
            <li key={index} dir="auto" className="truncate border-line border-b py-1.5">
              {title}
            </li>
          ))}
          {fresh.length > TITLES && (
            <li className="py-1.5 text-ink-muted">and {fresh.length - TITLES} more</li>
          )}
        </ul>
      )}
      {failure !== null && (
        <p role="alert" className="mt-3">
          Not imported. {describeFailure(failure)}
        </p>
      )}
    </Step>
  )
}

function describeResult({ added, existing }: ImportTasksResult): string {
  const rest =
    existing === 0
      ? ''
      : ` ${countTasks(existing)} ${existing === 1 ? 'was' : 'were'} here already.`
  return `${countTasks(added)} added.${rest}`
}

function countFresh(fresh: number, all: number): string {
  if (fresh === 0) return 'none of them'
  return fresh === all && all > 1 ? 'all of them' : String(fresh)
}
