import type { Page } from '@playwright/test'
import { addTasks, expect, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

/** A budget: how many kB of JavaScript, as they come over the wire, a first visit may take. Of it, Next.js and React are 116. */
const budgets = [
  { path: '/', limit: 125 },
  { path: '/login', limit: 162 },
  { path: '/dashboard', limit: 200 },
]

/** Visits a page with an empty cache; gives the kB of each script that it fetches until it is at rest. */
async function weighScripts(page: Page, path: string): Promise<{ name: string; size: number }[]> {
  const scripts: Promise<{ name: string; size: number }>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    const name = new URL(request.url()).pathname
    scripts.push(
      request.sizes().then(({ responseBodySize: size }) => ({ name, size: size / 1000 })),
    )
  })
  await page.goto(path)
  await waitForQuiet(page)
  return Promise.all(scripts)
}

for (const { path, limit } of budgets) {
  test(`a first visit to ${path} fetches less than ${limit} kB of JavaScript`, async ({
    person,
    context,
    openBrowser,
  }) => {
    await addTasks(person, 'Pay rent')
    const visitor = path === '/dashboard' ? context : await openBrowser()
    const scripts = await weighScripts(await visitor.newPage(), path)
    const total = scripts.reduce((sum, { size }) => sum + size, 0)
    // React alone is more: less means that nothing was weighed.
    expect(total).toBeGreaterThan(50)
    expect(total, JSON.stringify(scripts, null, 2)).toBeLessThan(limit)
  })
}
