'use client'

import { type FormEvent, useState } from 'react'
import { CalendarGrid } from '../../../components/ui/calendar-grid.tsx'
import { inputClass } from '../../../components/ui/field.tsx'
import { moveDay } from '../../../components/ui/month-days.ts'
import { loadReadLine } from '../capture/load-read-line.ts'
import { describeDueDate, spellDate } from '../data/describe-due-date.ts'

type DueDatePickerProps = {
  value: string | null
  today: string
  /** Takes the chosen day, or null for none. */
  onChoose: (day: string | null) => void
}

/** Three ways to a day: typed in words, one of the usual ones, or from the calendar. */
export function DueDatePicker({ value, today, onChoose }: DueDatePickerProps) {
  const shortcuts = [
    { name: 'Today', day: today },
    { name: 'Tomorrow', day: moveDay(today, 1) },
    { name: 'Next week', day: moveDay(today, 7) },
  ]
  return (
    <div className="flex flex-col gap-2">
      <TypedDate today={today} onChoose={onChoose} />
      <div className="grid grid-cols-2 gap-1">
        {shortcuts.map(({ name, day }) => (
          <Shortcut
            key={name}
            name={name}
            hint={describeDay(day, today)}
            title={spellDate(day)}
            onPress={() => onChoose(day)}
          />
        ))}
        <Shortcut name="No date" hint="" title="No date" onPress={() => onChoose(null)} />
      </div>
      <CalendarGrid value={value} today={today} onChoose={onChoose} />
    </div>
  )
}

function TypedDate({ today, onChoose }: Pick<DueDatePickerProps, 'today' | 'onChoose'>) {
  const [typed, setTyped] = useState('')
  const [understood, setUnderstood] = useState<string | null>(null)
  const [isRefused, setIsRefused] = useState(false)

  async function follow(words: string) {
    setTyped(words)
    setIsRefused(false)
    setUnderstood(await readDay(words, today).catch(() => null))
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    // Keeps the form around the panel, if there is one, out of it.
    event.stopPropagation()
    const day = await readDay(typed, today).catch(() => null)
    if (day === null) setIsRefused(true)
    else onChoose(day)
  }

  return (
    <form noValidate onSubmit={submit}>
      <input
        aria-label="Type a date"
        aria-invalid={isRefused ? true : undefined}
        aria-describedby="typed-date-meaning"
        autoComplete="off"
        placeholder="Type a date, such as fri or 5 dec"
        value={typed}
        onChange={(event) => void follow(event.target.value)}
        className={`${inputClass} h-10 pointer-coarse:h-12`}
      />
      <p
        id="typed-date-meaning"
        aria-live="polite"
        className={`flex h-6 items-end text-meta ${isRefused ? 'text-danger' : 'text-ink-muted'}`}
      >
        {isRefused && 'That is no day from today on that Tend knows.'}
        {!isRefused && understood !== null && `Enter sets ${spellDate(understood)}`}
      </p>
    </form>
  )
}

type ShortcutProps = { name: string; hint: string; title: string; onPress: () => void }

function Shortcut({ name, hint, title, onPress }: ShortcutProps) {
  return (
    <button
      type="button"
      title={title}
      onClick={onPress}
      className="flex h-9 items-center justify-between gap-2 whitespace-nowrap rounded-control px-2 hover:bg-paper-sunk pointer-coarse:h-11"
    >
      {name}
      <span aria-hidden className="text-ink-muted text-meta">
        {hint}
      </span>
    </button>
  )
}

/** What stands beside a shortcut: its weekday, or its date when that is a week away. */
function describeDay(day: string, today: string): string {
  const words = describeDueDate(day, today)
  if (words === 'today' || words === 'tomorrow') return spellDate(day).slice(0, 3)
  return words.replace(/^\p{L}+ (?=\d)/u, '')
}

/** Reads words as a day. Null when they are none, or something besides. */
async function readDay(words: string, today: string): Promise<string | null> {
  if (words.trim() === '') return null
  const read = await loadReadLine()
  // As a line of a task whose one other word tells whether anything is left over.
  const { task } = read(`x ${words.trim()}`, {
    today,
    ignore: [],
    defaults: { dueDate: null, label: null },
  })
  return task?.title === 'x' ? (task.dueDate ?? null) : null
}
