import { useEffect, useEffectEvent, useRef } from 'react'
import { TickBox } from './tick-box.tsx'

type TickProps = {
  isTicked: boolean
  label: string
  isDisabled?: boolean
  onChange: (isTicked: boolean) => void
}

/** The tick of a task. */
export function Tick({ isTicked, label, isDisabled = false, onChange }: TickProps) {
  const input = useRef<HTMLInputElement>(null)
  const takeOver = useEffectEvent(() => {
    const isPressed = input.current?.checked ?? isTicked
    if (isPressed !== isTicked) onChange(isPressed)
  })
  // Pressed before the page was alive: the browser has ticked it by itself, and nobody was told.
  useEffect(() => takeOver(), [])
  return (
    <TickBox
      ref={input}
      checked={isTicked}
      disabled={isDisabled}
      aria-label={label}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}
