import type { describeLeft, sampleIds } from './sample-tasks.tsx'

/**
 * Keeps the count above the sample tasks true. The landing page holds the text of this function, so it may use nothing
 * from outside itself.
 */
export function followSamples(ids: typeof sampleIds, describe: typeof describeLeft): void {
  const show = () => {
    const left = document.querySelectorAll(`#${ids.list} input:not(:checked)`).length
    const count = document.getElementById(ids.count)
    // What is written anew is also read out anew.
    if (count !== null && count.textContent !== describe(left)) count.textContent = describe(left)
  }
  document.addEventListener('change', show)
  // Something may have been ticked while the page was still arriving.
  show()
}
