/**
 * Hands the focus from an item that is about to go to the next one of its list, or the one before it: to the last button there, which gives
 * nothing up when Enter is held down. False when there is none.
 */
export function focusNeighbour(item: Element | null): boolean {
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling
  const button = neighbour?.querySelector<HTMLElement>('button:last-of-type')
  button?.focus()
  return button instanceof HTMLElement
}
