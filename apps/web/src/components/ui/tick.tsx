'use client'

import { Checkbox } from 'radix-ui'

/** The tick's one stroke: its long arm bends like a stem. The mark of Tend draws the same. */
export const TICK_PATH = 'M7.2 12.7 10.4 15.9C11.3 12.6 13.4 9.5 16.9 7.6'

type TickProps = {
  isTicked: boolean
  label: string
  isDisabled?: boolean
  onChange: (isTicked: boolean) => void
}

/** The round checkbox of a task. It fills its whole row's height, so it is easy to hit with a thumb. */
export function Tick({ isTicked, label, isDisabled = false, onChange }: TickProps) {
  return (
    <Checkbox.Root
      checked={isTicked}
      disabled={isDisabled}
      aria-label={label}
      onCheckedChange={(checked) => onChange(checked === true)}
      className="group/tick grid h-(--row) w-(--margin) shrink-0 place-items-center rounded-control outline-offset-[-4px] focus-visible:outline-none"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        fill="none"
        className="size-6 rounded-full group-focus-visible/tick:outline-2 group-focus-visible/tick:outline-focus group-focus-visible/tick:outline-offset-2"
      >
        <circle
          cx="12"
          cy="12"
          r="9.25"
          strokeWidth="1.5"
          className="stroke-line-control group-hover/tick:stroke-accent group-data-[state=checked]/tick:fill-accent group-data-[state=checked]/tick:stroke-accent"
        />
        <path
          d={TICK_PATH}
          pathLength={1}
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeDasharray="1 1.2"
          className="stroke-accent opacity-0 transition-[stroke-dashoffset] duration-180 ease-settle [stroke-dashoffset:1.1] group-data-[state=checked]/tick:stroke-accent-ink group-data-[state=checked]/tick:opacity-100 group-data-[state=checked]/tick:[stroke-dashoffset:0]"
        />
      </svg>
    </Checkbox.Root>
  )
}
