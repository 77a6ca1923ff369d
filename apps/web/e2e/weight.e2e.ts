import { request } from 'node:http'
import type { Page } from '@playwright/test'
import { addTasks, expect, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

/**
 * Budgets in kB of JavaScript for a visit with an empty cache: `firstLoad` with gzip for the scripts that the page names, which it needs to
 * come alive; `atRest` for all that it fetches by itself, in brotli as it comes over the wire. Next.js and React are 135 and 116 of them.
 */
const budgets = [
  { path: '/login', firstLoad: 180, atRest: 162 },
  { path: '/dashboard', firstLoad: 200, atRest: 202 },
]

type Script = { url: string; size: number }

/** Visits a page; gives its HTML, all scripts that it fetches until it is at rest, and those of them that its HTML names. */
async function weighScripts(page: Page, path: string) {
  const scripts: Promise<Script>[] = []
  page.on('requestfinished', (finished) => {
    if (finished.resourceType() !== 'script') return
    const url = finished.url()
    scripts.push(finished.sizes().then(({ responseBodySize: size }) => ({ url, size })))
  })
  const answer = await page.goto(path)
  const html = (await answer?.text()) ?? ''
  await waitForQuiet(page)
  const atRest = await Promise.all(scripts)
  const named = atRest.filter(({ url }) => html.includes(new URL(url).pathname))
  const firstLoad = named.map(async ({ url }) => ({ url, size: await weighWithGzip(url) }))
  return { html, atRest, firstLoad: await Promise.all(firstLoad) }
}

/** The bytes of a script's body as whoever takes gzip alone gets it. */
function weighWithGzip(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let size = 0
      expect(answer.headers['content-encoding'], url).toBe('gzip')
      answer.on('data', (part: Buffer) => {
        size += part.length
      })
      answer.on('end', () => resolve(size))
    })
      .on('error', reject)
      .end()
  })
}

function kilobytes(scripts: Script[]): number {
  return scripts.reduce((sum, { size }) => sum + size, 0) / 1000
}

for (const { path, firstLoad, atRest } of budgets) {
  test(`a first visit to ${path} keeps its budgets of JavaScript: ${firstLoad} kB with gzip to come alive, ${atRest} kB over the wire in all`, async ({
    person,
    context,
    openBrowser,
  }) => {
    await addTasks(person, 'Pay rent')
    const visitor = path === '/dashboard' ? context : await openBrowser()
    const scripts = await weighScripts(await visitor.newPage(), path)
    const weights = [scripts.firstLoad, scripts.atRest].map(kilobytes)
    // React alone is more: less means that nothing was weighed.
    expect(Math.min(...weights)).toBeGreaterThan(50)
    const details = JSON.stringify(scripts, null, 2)
    expect(kilobytes(scripts.firstLoad), details).toBeLessThan(firstLoad)
    expect(kilobytes(scripts.atRest), details).toBeLessThan(atRest)
  })
}

test('the landing page fetches no script, and its own is small', async ({ page }) => {
  const { atRest, html } = await weighScripts(page, '/')
  expect(atRest).toEqual([])
  expect(html).not.toMatch(/<link[^>]*as="script"|modulepreload/)
  const inline = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)]
  expect(inline).toHaveLength(1)
  const [, attributes, source = ''] = inline[0] ?? []
  expect(attributes).toMatch(/^ nonce="[^"]+"$/)
  expect(source.length).toBeGreaterThan(100)
  expect(source.length).toBeLessThan(2000)
})
