import { CalendarDays, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { PriorityMark, priorityWords } from '../../../components/ui/priority-mark.tsx'
import { describeDueDate, spellDate } from '../data/describe-due-date.ts'
import type { QuickAddChip } from './read-line.ts'

type QuickAddChipsProps = {
  chips: QuickAddChip[]
  today: string
  /** Takes a chip away: its words stay in the title. */
  onRefuse: (refusal: string) => void
}

/** What was understood of a line, each with a button that takes it away. */
export function QuickAddChips({ chips, today, onRefuse }: QuickAddChipsProps) {
  return (
    <ul aria-label="Understood" className="flex flex-wrap gap-1.5">
      {chips.map((chip) => {
        const { picture, words, name } = describeChip(chip, today)
        return (
          <li
            key={chip.refusal}
            className="flex h-8 min-w-0 items-center gap-1.5 rounded-full border border-line bg-paper-sunk pl-2.5 pointer-coarse:h-10"
          >
            {picture}
            <span title={name} className="truncate text-meta">
              {words}
            </span>
            <button
              type="button"
              aria-label={`Without ${name}`}
              title={`Without ${name}`}
              onClick={() => onRefuse(chip.refusal)}
              className="grid size-8 shrink-0 place-items-center rounded-full text-ink-muted outline-offset-[-3px] hover:text-ink pointer-coarse:size-10"
            >
              <X aria-hidden size={14} strokeWidth={1.75} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function describeChip(
  chip: QuickAddChip,
  today: string,
): { picture: ReactNode; words: string; name: string } {
  switch (chip.kind) {
    case 'date': {
      const day = describeDueDate(chip.value, today)
      return {
        picture: (
          <CalendarDays aria-hidden size={14} strokeWidth={1.75} className="text-ink-muted" />
        ),
        words: day.charAt(0).toUpperCase() + day.slice(1),
        name: spellDate(chip.value),
      }
    }
    case 'priority': {
      const words = priorityWords[chip.value]
      const name = `${words.toLowerCase()} priority`
      return { picture: <PriorityMark level={chip.value} />, words, name }
    }
    case 'label':
      return { picture: null, words: `#${chip.value}`, name: `label ${chip.value}` }
  }
}
