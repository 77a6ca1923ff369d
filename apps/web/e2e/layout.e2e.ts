import type { Page } from '@playwright/test'
import { addTasks, expect, quickAdd, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

declare global {
  interface Window {
    layoutShift: number
  }
}

/** Sums up what moved without the person doing anything (layout-shift entries, as the web vital CLS counts them). */
async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.layoutShift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('hadRecentInput' in entry && entry.hadRecentInput) continue
        if ('value' in entry && typeof entry.value === 'number') window.layoutShift += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

async function expectNothingMoved(page: Page): Promise<void> {
  await waitForQuiet(page)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(150)
  expect(await page.evaluate(() => window.layoutShift)).toBeLessThanOrEqual(0.02)
}

const sizes = [
  // As wide as a window of 1280 is at a zoom of 400 % (WCAG 2.2, 1.4.10).
  { width: 320, height: 640 },
  { width: 1440, height: 900 },
  { width: 1600, height: 1000 },
]

for (const size of sizes) {
  test(`at ${size.width} px nothing moves or sticks out`, async ({ page, person, openBrowser }) => {
    await addTasks(person, ...Array.from({ length: 60 }, (_, index) => `Task ${index}`))
    const stranger = await (await openBrowser()).newPage()
    for (const [visitor, path] of [
      [stranger, '/'],
      [stranger, '/login'],
      [stranger, '/register'],
      [page, '/settings'],
      [page, '/dashboard'],
    ] as const) {
      await visitor.setViewportSize(size)
      await watchLayoutShift(visitor)
      await visitor.goto(path)
      await expectNothingMoved(visitor)
      const width = await visitor.evaluate(() => document.documentElement.scrollWidth)
      expect(width, path).toBeLessThanOrEqual(size.width)
    }
    await quickAdd(page).fill('One more')
    await quickAdd(page).press('Enter')
    await expect(page.getByRole('button', { name: 'One more', exact: true })).toBeVisible()
    await expectNothingMoved(page)
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('rows are tall, fields do not zoom, and adding is in reach of the thumb', async ({
    page,
    person,
  }) => {
    await addTasks(person, 'Pay rent')
    await page.goto('/dashboard')
    const row = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
    expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(52)
    await expect(quickAdd(page)).toHaveCSS('font-size', '16px')
    const button = page.getByRole('button', { name: 'Write a task' })
    expect((await button.boundingBox())?.y).toBeGreaterThan(700)
    await button.tap()
    await expect(quickAdd(page)).toBeFocused()
  })

  test('a task opens as a sheet over the screen, from which it can be deleted', async ({
    page,
    person,
  }) => {
    await addTasks(person, 'Pay rent')
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Pay rent', exact: true }).tap()
    const sheet = page.getByRole('dialog')
    await page.waitForFunction(() =>
      document.getAnimations().every((animation) => animation.playState !== 'running'),
    )
    const box = await sheet.boundingBox()
    expect(box).toMatchObject({ x: 0, width: 390 })
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844)
    await sheet.getByRole('button', { name: /^Due date/ }).tap()
    const calendar = await page.getByRole('dialog', { name: 'Due date' }).boundingBox()
    const lastDay = await page.getByRole('gridcell').nth(6).getByRole('button').boundingBox()
    const rightOf = (place: typeof box) => (place?.x ?? 0) + (place?.width ?? 0)
    expect(rightOf(lastDay)).toBeLessThan(rightOf(calendar))
    await page.keyboard.press('Escape')
    await sheet.getByRole('button', { name: 'Delete' }).tap()
    await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
  })
})
