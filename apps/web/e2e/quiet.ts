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

/** Opens the page and waits until it follows the changes: then it has its token, and nothing else is under way. */
export async function openDashboard(page: Page): Promise<void> {
  const followed = page.waitForResponse((to) => to.url().endsWith('/api/tasks/events') && to.ok())
  await page.goto('/dashboard')
  await followed
  await waitForQuiet(page)
}
