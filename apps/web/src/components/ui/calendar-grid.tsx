'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { listWeeks, moveDay, moveMonth, readFirstWeekday, startOfWeek } from './month-days.ts'

type CalendarGridProps = {
  /** The chosen day, `YYYY-MM-DD`; null when there is none. */
  value: string | null
  today: string
  onChoose: (day: string) => void
}

const monthName = format({ month: 'long', year: 'numeric' })
const dayName = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const weekdayName = format({ weekday: 'long' })

/**
 * One month of days to choose from, as a grid with one stop for Tab. Arrows move by day and week, Home and End within the week, Page Up
 * and Down by month, with Shift by year (WAI-ARIA Authoring Practices, date picker dialog).
 */
export function CalendarGrid({ value, today, onChoose }: CalendarGridProps) {
  const headingId = useId()
  const [current, setCurrent] = useState(value ?? today)
  const [firstWeekday] = useState(() => readFirstWeekday(navigator.language))
  const currentButton = useRef<HTMLButtonElement>(null)
  const movedByKey = useRef(false)
  const weeks = listWeeks(current, firstWeekday)

  useEffect(() => setCurrent(value ?? today), [value, today])

  // Runs when another day has become current: the focus follows the keys, not the arrows beside the month.
  useEffect(() => {
    if (movedByKey.current && current !== '') currentButton.current?.focus()
    movedByKey.current = false
  }, [current])

  function onKeyDown(event: KeyboardEvent) {
    const next = findNextDay(event, current, firstWeekday)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    movedByKey.current = true
    setCurrent(next)
  }

  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between">
        <IconButton
          icon={ChevronLeft}
          label="Month before"
          onClick={() => setCurrent(moveMonth(current, -1))}
        />
        <p id={headingId} aria-live="polite" className="font-medium">
          {monthName.format(Date.parse(current))}
        </p>
        <IconButton
          icon={ChevronRight}
          label="Month after"
          onClick={() => setCurrent(moveMonth(current, 1))}
        />
      </div>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: A table whose cells are chosen from is a grid.
        role="grid"
        aria-labelledby={headingId}
        onKeyDown={onKeyDown}
        className="w-full table-fixed"
      >
        <thead>
          <tr>
            {weeks[0]?.map((day) => {
              const name = weekdayName.format(Date.parse(day))
              return (
                <th
                  key={day}
                  scope="col"
                  abbr={name}
                  className="h-8 font-normal text-meta text-ink-muted"
                >
                  {name.slice(0, 2)}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: A cell of the grid.
                // biome-ignore lint/a11y/useFocusableInteractive: The button in it has the focus.
                <td key={day} role="gridcell" aria-selected={day === value} className="p-0">
                  <button
                    ref={day === current ? currentButton : null}
                    type="button"
                    tabIndex={day === current ? 0 : -1}
                    aria-label={dayName.format(Date.parse(day))}
                    aria-current={day === today ? 'date' : undefined}
                    onClick={() => onChoose(day)}
                    className={dayClass(day, { value, today, month: current.slice(0, 7) })}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function dayClass(
  day: string,
  { value, today, month }: { value: string | null; today: string; month: string },
): string {
  const base =
    'mx-auto grid h-9 w-full max-w-9 place-items-center rounded-full text-body tabular-nums outline-offset-[-2px] pointer-coarse:h-11 pointer-coarse:max-w-11'
  if (day === value) return `${base} bg-accent font-medium text-accent-ink outline-offset-2`
  const tone = day.startsWith(month) ? 'text-ink' : 'text-ink-muted'
  const ring = day === today ? 'font-medium ring-1 ring-line-control ring-inset' : ''
  return `${base} ${tone} ${ring} hover:bg-paper-sunk`
}

function findNextDay(
  { key, shiftKey }: KeyboardEvent,
  day: string,
  firstWeekday: number,
): string | null {
  switch (key) {
    case 'ArrowLeft':
      return moveDay(day, -1)
    case 'ArrowRight':
      return moveDay(day, 1)
    case 'ArrowUp':
      return moveDay(day, -7)
    case 'ArrowDown':
      return moveDay(day, 7)
    case 'Home':
      return startOfWeek(day, firstWeekday)
    case 'End':
      return moveDay(startOfWeek(day, firstWeekday), 6)
    case 'PageUp':
      return moveMonth(day, shiftKey ? -12 : -1)
    case 'PageDown':
      return moveMonth(day, shiftKey ? 12 : 1)
    default:
      return null
  }
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
}
