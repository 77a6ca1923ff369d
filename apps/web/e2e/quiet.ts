import type { Page } from '@playwright/test'

/**
 * Waits until the page has fetched nothing for half a second. Playwright's own `networkidle` would wait for ever for the
 * stream of live events.
 */
export async function waitForQuiet(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const ends = performance.getEntries().map(({ startTime, duration }) => startTime + duration)
    return document.readyState === 'complete' && performance.now() - Math.max(...ends) > 500
  })
}
