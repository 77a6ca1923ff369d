'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { useView } from './use-view.ts'
import { listOf } from './view-lists.ts'

const statuses = [
  ['all', 'All'],
  ['open', 'Open'],
  ['completed', 'Completed'],
] as const

const sorts = [
  ['newest', 'Newest first'],
  ['oldest', 'Oldest first'],
  ['due', 'By due date'],
  ['priority', 'By priority'],
  ['title', 'By title'],
  ['updated', 'Last changed first'],
] as const

/** Which tasks of the view are shown, and in which order. */
export function ViewFilters() {
  const { view, filter } = useView()
  const { status, sort } = listOf(view)
  return (
    <div className="flex flex-wrap items-center gap-2 pb-2 pl-(--text-edge)">
      <Choice
        label="Show"
        value={status}
        options={statuses}
        onChoose={(chosen) => filter({ status: chosen })}
      />
      <Choice
        label="Order"
        value={sort}
        options={sorts}
        onChoose={(chosen) => filter({ sort: chosen })}
      />
      {(view.status !== null || view.sort !== null) && (
        <Button look="plain" size="small" onClick={() => filter({ status: null, sort: null })}>
          Clear
        </Button>
      )}
    </div>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: string
  options: readonly (readonly [Value, string])[]
  onChoose: (value: Value) => void
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  function choose(name: string) {
    const chosen = options.find(([option]) => option === name)
    if (chosen !== undefined) onChoose(chosen[0])
  }
  return (
    <label className="relative flex items-center rounded-control border border-line-control has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2">
      <span className="sr-only">{label}</span>
      <select
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="field-sizing-content h-9 cursor-pointer appearance-none rounded-control bg-paper pr-8 pl-3 text-typed outline-none pointer-coarse:h-11"
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        strokeWidth={1.75}
        className="pointer-events-none absolute right-2.5 text-ink-muted"
      />
    </label>
  )
}
