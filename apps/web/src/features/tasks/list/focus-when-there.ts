/** Frames to wait for an element that is scrolled to. */
const PATIENCE = 30

/** Focuses an element; one that is not in the page is first brought there by `scroll`. */
export function focusWhenThere(id: string, scroll: () => void): void {
  let frames = 0
  const tryNow = () => {
    const element = document.getElementById(id)
    if (element !== null) return element.focus()
    if (frames === 0) scroll()
    frames += 1
    if (frames < PATIENCE) requestAnimationFrame(tryNow)
  }
  tryNow()
}
