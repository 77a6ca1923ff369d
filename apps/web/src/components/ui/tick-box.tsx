import type { ComponentProps } from 'react'
import { TICK_PATH } from './tick-path.ts'

type TickBoxProps = Pick<
  ComponentProps<'input'>,
  'ref' | 'checked' | 'defaultChecked' | 'disabled' | 'onChange'
> & { 'aria-label': string }

/**
 * The round checkbox of a task, which draws its tick without any script. It fills its whole row's height, so it is easy
 * to hit with a thumb.
 */
export function TickBox(rest: TickBoxProps) {
  return (
    <span className="group/tick relative grid h-(--row) w-(--margin) shrink-0 place-items-center">
      <input
        {...rest}
        type="checkbox"
        // The browser may not bring back what was ticked on an earlier visit.
        autoComplete="off"
        className="absolute inset-0 cursor-pointer appearance-none outline-none disabled:cursor-default"
      />
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        fill="none"
        className="pointer-events-none relative size-6 rounded-full group-has-focus-visible/tick:outline-2 group-has-focus-visible/tick:outline-focus group-has-focus-visible/tick:outline-offset-2"
      >
        <circle
          cx="12"
          cy="12"
          r="9.25"
          strokeWidth="1.5"
          className="stroke-line-control group-has-checked/tick:fill-accent group-hover/tick:stroke-accent group-has-checked/tick:stroke-accent"
        />
        <path
          d={TICK_PATH}
          pathLength={1}
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeDasharray="1 1.2"
          className="stroke-accent opacity-0 transition-[stroke-dashoffset] duration-180 ease-settle [stroke-dashoffset:1.1] group-has-checked/tick:stroke-accent-ink group-has-checked/tick:opacity-100 group-has-checked/tick:[stroke-dashoffset:0]"
        />
      </svg>
    </span>
  )
}
