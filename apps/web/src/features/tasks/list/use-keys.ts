'use client'

import { useEffect, useEffectEvent } from 'react'
import { isPartAwaited } from '../../../components/ui/use-on-demand.ts'
import { readKey } from './read-key.ts'

/** What a key does; false leaves it to the browser. */
export type KeyActions = Partial<Record<string, (event: KeyboardEvent) => unknown>>

/** The first key of all pairs. */
const FIRST = 'g'

/** How long a first key of two waits for the second, in milliseconds. */
const PAIR_TIME = 1200

/**
 * Lets single keys act anywhere on the page, named as in `KeyboardEvent.key`, two in a row as in `g t`, with `Mod+` for Ctrl or ⌘ and `Shift+` for
 * keys that print nothing. They rest while the person types, and while a dialog or a menu is open or on its way.
 */
export function useKeys(actions: KeyActions): void {
  const act = useEffectEvent((name: string, event: KeyboardEvent) => {
    const action = actions[name]
    if (action !== undefined && action(event) !== false) event.preventDefault()
  })

  useEffect(() => {
    let waitsUntil = 0
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || isTyping(event)) return
      if (isCovered() || isPartAwaited()) return
      const name = nameOf(event)
      const isSecond = event.timeStamp < waitsUntil
      waitsUntil = name === FIRST && !isSecond ? event.timeStamp + PAIR_TIME : 0
      // After the first of two, no key acts alone, whoever listens.
      act(isSecond ? `${FIRST} ${name}` : name, event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function nameOf(event: KeyboardEvent): string {
  const { altKey, ctrlKey, metaKey, shiftKey } = event
  const key = readKey(event)
  const isNamed = key.length > 1
  return [
    altKey ? 'Alt+' : '',
    ctrlKey || metaKey ? 'Mod+' : '',
    shiftKey && (isNamed || ctrlKey || metaKey) ? 'Shift+' : '',
    isNamed || shiftKey ? key : key.toLowerCase(),
  ].join('')
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
  )
}

/** Whether something lies over the page that the keys would act on. */
function isCovered(): boolean {
  return (
    document.querySelector('[role=dialog][aria-modal=true], [data-scrim], [role=menu]') !== null
  )
}
