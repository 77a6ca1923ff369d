'use client'

import { CircleAlert } from 'lucide-react'
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from 'react'
import { suggestLabels } from '../data/suggest-labels.ts'
import { useAfterPress } from './use-after-press.ts'

type LabelComboboxProps = {
  inputRef: RefObject<HTMLInputElement | null>
  known: readonly string[]
  taken: readonly string[]
  /** Why what is typed cannot be a label of it. */
  problem: string | null
  /** Whether a word left in the field counts as entered. */
  takesLeft?: boolean
  /** Whether the labels in use have a place of their own above the field, and do not float over what is below it. */
  isInline?: boolean
  /** Answers whether the label was taken; then the field is emptied. */
  onAdd: (label: string) => boolean
  onType: () => void
}

/** A field for labels that completes from those in use (WAI-ARIA Authoring Practices, editable combobox with list). */
export function LabelCombobox(props: LabelComboboxProps) {
  const { inputRef, problem, takesLeft = true, isInline = false } = props
  const id = useId()
  const [typed, setTyped] = useState('')
  // The same at once: the field may be left and the panel closed before the next rendering.
  const left = useRef('')
  const afterPress = useAfterPress()
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState<number | null>(null)
  const options = isOpen ? suggestLabels(props.known, typed, props.taken) : []
  const activeOption = active !== null && active < options.length ? active : null

  function type(text: string): void {
    left.current = text
    setTyped(text)
    setActive(null)
  }

  function add(label: string): void {
    if (props.onAdd(label)) type('')
  }

  function addLeft(): void {
    const label = left.current.replace(/^#/, '').trim()
    if (takesLeft && label !== '') add(label)
  }

  const onGone = useEffectEvent(addLeft)
  // A panel that closes around the field leaves it no time to lose the focus.
  useEffect(() => () => onGone(), [])

  function onBlur({ currentTarget }: FocusEvent) {
    setIsOpen(false)
    // Whoever only looks at another window has not left the field.
    if (document.activeElement !== currentTarget) afterPress(addLeft)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const count = options.length
      const step = key === 'ArrowDown' ? 1 : -1
      setIsOpen(true)
      if (count > 0) setActive(((activeOption ?? (step === 1 ? -1 : 0)) + step + count) % count)
    } else if (key === 'Enter' || (key === ',' && typed.trim() !== '')) {
      const option = options[activeOption ?? -1]
      add(option ?? typed.replace(/^#/, ''))
    } else if (key === 'Escape' && options.length > 0) {
      setIsOpen(false)
      setActive(null)
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  return (
    <>
      <div className={isInline ? 'flex flex-col-reverse gap-1.5' : 'relative'}>
        <input
          ref={inputRef}
          role="combobox"
          aria-label="Add a label"
          aria-autocomplete="list"
          aria-expanded={options.length > 0}
          aria-controls={options.length > 0 ? `${id}-options` : undefined}
          aria-activedescendant={activeOption === null ? undefined : `${id}-${activeOption}`}
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          placeholder="Add a label"
          value={typed}
          onFocus={() => setIsOpen(true)}
          onBlur={onBlur}
          onChange={(event) => {
            type(event.target.value)
            setIsOpen(true)
            props.onType()
          }}
          onKeyDown={onKeyDown}
          className={`h-9 rounded-control bg-transparent text-typed hover:bg-paper-sunk focus:bg-paper-raised pointer-coarse:h-11 ${isInline ? 'px-2.5' : '-mx-2 w-[calc(100%+1rem)] px-2'}`}
        />
        {options.length > 0 && (
          <div
            id={`${id}-options`}
            role="listbox"
            aria-label="Labels in use"
            className={
              isInline
                ? 'flex flex-col'
                : 'absolute -inset-x-2 top-full z-20 mt-1.5 flex animate-fade flex-col rounded-float bg-paper-raised p-1.5 shadow-float'
            }
          >
            {options.map((label, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: The focus stays in the field, which says which option is active.
              // biome-ignore lint/a11y/useKeyWithClickEvents: So do the keys.
              <div
                key={label}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === activeOption}
                // Before the field would lose the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => add(label)}
                className="flex h-9 shrink-0 cursor-pointer items-center rounded-control px-2.5 hover:bg-paper-sunk aria-selected:bg-paper-sunk pointer-coarse:h-11"
              >
                <span aria-hidden className="text-ink-muted">
                  #
                </span>
                <span dir="auto" className="truncate">
                  {label}
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
      {problem !== null && (
        <p
          id={`${id}-problem`}
          role="alert"
          className="flex gap-1.5 text-danger text-meta [overflow-wrap:anywhere]"
        >
          <CircleAlert aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" />
          {problem}
        </p>
      )}
    </>
  )
}
