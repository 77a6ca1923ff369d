import { TICK_PATH } from './ui/tick-path.ts'

/** Tend's mark, which stands in the margin like the tick of a task, and its name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center">
      <span className="mr-(--text-inset) grid h-(--row) w-(--margin) place-items-center">
        <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" className="size-6">
          <circle cx="12" cy="12" r="10" className="fill-accent" />
          <path
            d={TICK_PATH}
            strokeWidth="1.75"
            strokeLinecap="round"
            strokeLinejoin="round"
            className="stroke-accent-ink"
          />
        </svg>
      </span>
      <span className="font-serif text-[1.5rem] leading-none tracking-[-0.01em]">Tend</span>
    </span>
  )
}
