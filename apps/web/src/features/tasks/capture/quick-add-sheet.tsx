import { CircleAlert } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { QuickAddChips } from './quick-add-chips.tsx'
import type { QuickAddChip } from './read-line.ts'

type QuickAddSheetProps = {
  id: string
  today: string
  refusal: string | null
  chips: QuickAddChip[]
  lines: readonly string[]
  options: readonly string[]
  activeOption: number | null
  onRefuse: (refusal: string) => void
  onComplete: (label: string) => void
  onAddAll: () => void
  onKeepAsOne: () => void
}

/** What floats under the field while something is written: it covers the list and moves nothing. */
export function QuickAddSheet(props: QuickAddSheetProps) {
  const { id, refusal, chips, lines, options } = props
  return (
    <div className="absolute inset-x-0 top-full z-2 mt-1.5 flex animate-fade flex-col gap-2 rounded-float bg-paper-raised p-2 pl-(--text-edge) shadow-float max-sm:mr-[-0.5rem] max-sm:ml-1 max-sm:pl-3">
      {refusal !== null && (
        <p id={`${id}-refusal`} role="alert" className="flex gap-1.5 py-0.5 text-danger text-meta">
          <CircleAlert aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
          {refusal}
        </p>
      )}
      {lines.length > 0 ? (
        <PasteOffer {...props} />
      ) : (
        chips.length > 0 && (
          <QuickAddChips chips={chips} today={props.today} onRefuse={props.onRefuse} />
        )
      )}
      {options.length > 0 && <LabelOptions {...props} />}
    </div>
  )
}

function LabelOptions({ id, options, activeOption, onComplete }: QuickAddSheetProps) {
  return (
    <div id={`${id}-labels`} role="listbox" aria-label="Labels" className="-ml-2.5 flex flex-col">
      {options.map((label, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: The focus stays in the field, which says which option is active.
        // biome-ignore lint/a11y/useKeyWithClickEvents: So do the keys.
        <div
          key={label}
          id={`${id}-label-${index}`}
          role="option"
          aria-selected={index === activeOption}
          // Before the field would lose the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onComplete(label)}
          className="flex h-9 cursor-pointer items-center rounded-control px-2.5 hover:bg-paper-sunk aria-selected:bg-paper-sunk pointer-coarse:h-11"
        >
          <span aria-hidden className="text-ink-muted">
            #
          </span>
          <span dir="auto" className="truncate">
            {label}
          </span>
          {index === 0 && activeOption === null && (
            <kbd
              aria-hidden
              className="ml-auto font-sans text-ink-muted text-meta pointer-coarse:hidden"
            >
              Tab
            </kbd>
          )}
        </div>
      ))}
    </div>
  )
}

/** How many of the pasted lines are shown before the choice is made. */
const SHOWN = 5

function PasteOffer({ lines, onAddAll, onKeepAsOne }: QuickAddSheetProps) {
  return (
    <section aria-label="Pasted lines" className="flex flex-col gap-2 pt-1">
      <ul className="flex flex-col gap-0.5">
        {lines.slice(0, SHOWN).map((line, index) => (
          <li key={`${index}${line}`} dir="auto" className="truncate text-ink-muted">
            {line}
          </li>
        ))}
        {lines.length > SHOWN && (
          <li className="text-ink-muted text-meta">and {lines.length - SHOWN} more</li>
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={onAddAll}>
          {lines.length === 1 ? 'Add 1 task' : `Add ${lines.length} tasks`}
        </Button>
        <Button look="quiet" size="small" onClick={onKeepAsOne}>
          Keep as one
        </Button>
      </div>
    </section>
  )
}
