import type { Page } from '@playwright/test'
import { expect, seedTasks, test } from './fixtures.ts'

const COUNT = 2000

test('two thousand tasks scroll with few rows in the page, and a tick paints at once', async ({
  page,
  person,
}) => {
  const long = 'A title that goes on and on, so that it needs more than one line. '
    .repeat(3)
    .slice(0, 190)
  await seedTasks(
    person,
    Array.from({ length: COUNT }, (_, index) => ({
      title: index % 7 === 3 ? `${index + 1} ${long}` : `Task ${index + 1}`,
    })),
  )
  await page.goto('/dashboard')
  await expect(page.getByText('2,000 left')).toBeVisible()
  await expect(page).toHaveTitle(`(${COUNT}) All tasks · Tend`)

  const rows = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
  await expect(async () => {
    await page.mouse.move(600, 400)
    await page.mouse.wheel(0, 30_000)
    await expect(rows.last()).toHaveAttribute('aria-posinset', String(COUNT), { timeout: 250 })
  }).toPass()
  await expect(rows.last()).toHaveAttribute('aria-setsize', String(COUNT))
  await expect(rows.last()).toContainText(`Task ${COUNT}`)
  expect(await rows.count()).toBeLessThan(80)
  await expectNoHoles(page)

  expect(await paintOfTick(page, `Complete Task ${COUNT}`)).toBeLessThan(100)
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2))
  await expectNoHoles(page)

  await page.keyboard.press('j')
  const focused = page.locator(':focus')
  const name = (await focused.textContent()) ?? ''
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect(rows.first()).toContainText('Task 1')
  // The row with the focus is far away by now, and still has it.
  await expect(focused).toHaveText(name)
  await page.keyboard.press('j')
  await expect(focused).toBeInViewport()
})

/** Every row that is seen begins where the one before it ends. */
async function expectNoHoles(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const boxes = [...document.querySelectorAll('[data-task]')]
          .map((row) => row.getBoundingClientRect())
          .filter(({ top, bottom }) => bottom > 0 && top < innerHeight)
        const gaps = boxes.slice(1).map((box, index) => box.top - (boxes[index]?.bottom ?? 0))
        return boxes.length >= 5 && gaps.every((gap) => Math.abs(gap) < 1)
      }),
    )
    .toBe(true)
}

/** Milliseconds from a press to the frame that shows the tick. The best of three: others share the machine. */
function paintOfTick(page: Page, name: string): Promise<number> {
  return page.getByRole('checkbox', { name, exact: true }).evaluate(async (tick) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const isStruck = () => tick.closest('li')?.querySelector('.line-through') != null
    const times: number[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      const before = isStruck()
      const start = performance.now()
      if (tick instanceof HTMLElement) tick.click()
      do await nextFrame()
      while (isStruck() === before && performance.now() - start < 5000)
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  })
}
