import type { Page, Route } from '@playwright/test'
import { addTasks, expect, quickAdd, seedTasks, test } from './fixtures.ts'
import { openDashboard } from './quiet.ts'

const COUNT = 2000

/** So many rows are in the page before the virtualizer is there. */
const FEW = 60

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
  const rows = rowsOf(page)
  await page.goto('/dashboard')
  await expect(page.getByText('2,000 left')).toBeVisible()
  await expect(page).toHaveTitle(`(${COUNT}) All tasks · Tend`)

  await page.keyboard.press('Control+a')
  await expect(page.getByText('The 100 tasks that are loaded are selected.')).toBeVisible()
  await page.keyboard.press('Escape')

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
  // Also when its place in the list is another one.
  await addTasks(person, 'Came in from another device')
  await expect(rows.first()).toContainText('Came in from another device')
  await expect(focused).toHaveText(name)
  await page.keyboard.press('j')
  await expect(focused).toBeInViewport()
})

test('before the virtualizer is there, a long list has its first rows, and more for the keys', async ({
  page,
  person,
}) => {
  await seedTasks(
    person,
    Array.from({ length: 130 }, () => ({})),
  )
  const arrival = Promise.withResolvers<void>()
  await interceptVirtualizer(page, async (route) => {
    await arrival.promise
    await route.continue()
  })
  await openDashboard(page)
  const rows = rowsOf(page)
  await expect(rows).toHaveCount(FEW)
  const height = await heightOf(page)

  await page.getByRole('button', { name: `Task ${FEW}`, exact: true }).focus()
  await page.keyboard.press('j')
  const focused = page.locator(':focus')
  await expect(focused).toHaveText(`Task ${FEW + 1}`)
  await expect(rows).toHaveCount(100)
  expect(await heightOf(page)).toBe(height)
  const before = await focused.boundingBox()
  arrival.resolve()
  await expect.poll(() => rows.count()).toBeLessThan(FEW)
  await expect(focused).toHaveText(`Task ${FEW + 1}`)
  expect(await focused.boundingBox()).toEqual(before)
})

test('a short list does without the virtualizer, and grows long under an edit that stays as it is', async ({
  page,
  person,
}) => {
  await seedTasks(
    person,
    Array.from({ length: FEW }, () => ({})),
  )
  let fetches = 0
  const arrival = Promise.withResolvers<void>()
  await interceptVirtualizer(page, async (route) => {
    fetches += 1
    await arrival.promise
    await route.continue()
  })
  await openDashboard(page)
  const rows = rowsOf(page)
  await expect(rows).toHaveCount(FEW)
  expect(fetches).toBe(0)

  await quickAdd(page).fill('One more')
  await quickAdd(page).press('Enter')
  await expect(rows).toHaveCount(FEW + 1)
  await expect.poll(() => fetches).toBe(1)
  await page.getByRole('button', { name: 'Task 50', exact: true }).focus()
  await page.keyboard.press('e')
  const editor = page.getByRole('textbox', { name: 'Title', exact: true })
  await expect(editor).toBeFocused()
  await page.keyboard.type(' and')
  const before = await editor.boundingBox()
  const element = await editor.elementHandle()
  arrival.resolve()
  await expect.poll(() => rows.count()).toBeLessThan(FEW)
  expect(await element?.evaluate((input) => input === document.activeElement)).toBe(true)
  expect(await editor.boundingBox()).toEqual(before)
  await page.keyboard.type(' more')
  await page.keyboard.press('Enter')
  await expect(page.locator(':focus')).toHaveText('Task 50 and more')
})

test.describe('when the virtualizer cannot be fetched', () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] })

  test('every row of a long list is in the page', async ({ page, person }) => {
    await seedTasks(
      person,
      Array.from({ length: 130 }, () => ({})),
    )
    await interceptVirtualizer(page, (route) => route.abort())
    await page.goto('/dashboard')
    const rows = rowsOf(page)
    await expect(rows).toHaveCount(100)
    await page.getByRole('button', { name: 'Show more tasks' }).click()
    await expect(rows).toHaveCount(130)
    await page.getByRole('button', { name: 'Task 130', exact: true }).focus()
    await page.keyboard.press('k')
    await expect(page.locator(':focus')).toHaveText('Task 129')

    // The next list that is long tries again.
    await page.unrouteAll()
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('link', { name: 'Completed' }).click()
    await expect(rows).toHaveCount(0)
    await views.getByRole('link', { name: 'All' }).click()
    await expect(rows.first()).toBeVisible()
    await expect.poll(() => rows.count()).toBeLessThan(FEW)
  })
})

function rowsOf(page: Page) {
  return page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
}

/** Has the script that holds the virtualizer fetched by `handle`. It is known by a name of the library's, as its own name is made up by the build. */
async function interceptVirtualizer(
  page: Page,
  handle: (route: Route) => Promise<void>,
): Promise<void> {
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    const answer = await route.fetch()
    const isVirtualizer = (await answer.text()).includes('initialMeasurementsCache')
    await (isVirtualizer ? handle(route) : route.fulfill({ response: answer }))
  })
}

function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight)
}

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
