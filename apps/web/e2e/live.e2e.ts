import type { BrowserContext, Page } from '@playwright/test'
import { unwrap } from '@tend/contracts/client'
import {
  addTasks,
  expect,
  fromSomewhere,
  type Person,
  quickAdd,
  readAddresses,
  rowOf,
  test,
} from './fixtures.ts'

const stream = /\/api\/tasks\/events$/

/** Signs the person in on another device. */
async function signIn(context: BrowserContext, { email, password }: Person): Promise<Page> {
  const { webUrl } = readAddresses()
  const data = { email, password }
  await context.request.post(`${webUrl}/api/auth/login`, { headers: fromSomewhere(), data })
  return context.newPage()
}

/** Opens the list and waits until its page hears of changes. */
async function openList(page: Page): Promise<void> {
  const connected = page.waitForResponse(stream)
  await page.goto('/dashboard')
  await connected
}

/** Milliseconds from the answer to a change until the page shows a row with the title. */
async function timeUntilShown(
  page: Page,
  title: string,
  change: () => Promise<unknown>,
): Promise<number> {
  const shown = page.waitForFunction((text) => {
    const rows = [...document.querySelectorAll('li')]
    return rows.some((row) => row.textContent?.includes(text)) && Date.now()
  }, title)
  await change()
  const changedAt = Date.now()
  return Number(await (await shown).jsonValue()) - changedAt
}

test('what one device does, the other shows in a moment, and nothing stands there twice', async ({
  page,
  person,
  openBrowser,
}) => {
  const [task] = await addTasks(person, 'Pay rent')
  const other = await signIn(await openBrowser(), person)
  await openList(page)
  await openList(other)
  await expect(rowOf(other, 'Pay rent')).toBeVisible()

  // The most rows with the same title that were ever painted: 1, unless an own change flickers.
  await page.evaluate(() => {
    let most = 0
    const look = () => {
      const rows = [...document.querySelectorAll('li')]
      const same = rows.filter((row) => row.textContent?.includes('Write to Grace'))
      most = Math.max(most, same.length)
      document.body.dataset.most = String(most)
      requestAnimationFrame(look)
    }
    look()
  })
  await quickAdd(page).fill('Write to Grace')
  await quickAdd(page).press('Enter')
  await expect(rowOf(other, 'Write to Grace')).toBeVisible()
  await expect(page.locator('body')).toHaveAttribute('data-most', '1')

  await other.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).toBeChecked()

  const params = { id: task?.id ?? '' }
  const times: number[] = []
  for (const title of ['Pay some rent', 'Pay most rent', 'Pay all rent']) {
    times.push(
      await timeUntilShown(page, title, () =>
        unwrap(person.tasks.update({ params, body: { title } })),
      ),
    )
  }
  // The quickest of three, for the machine may be busy with other tests. Alone on it, one takes 50 ms.
  expect(Math.min(...times)).toBeLessThan(1000)
  await unwrap(person.tasks.delete({ params }))
  await expect(rowOf(page, 'Pay all rent')).toBeHidden()
  await expect(rowOf(other, 'Pay all rent')).toBeHidden()
})

test('eight tabs share one connection, and another tab takes it over', async ({
  context,
  person,
}) => {
  // Eight pages on two cores.
  test.slow()
  const streams: Page[] = []
  context.on('request', (request) => {
    if (stream.test(request.url()) && request.method() === 'GET') {
      streams.push(request.frame().page())
    }
  })
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()))
  await Promise.all(tabs.map((tab) => tab.goto('/dashboard')))
  for (const tab of tabs) await expect(tab.getByText('Nothing to tend to yet.')).toBeVisible()
  await expect.poll(() => streams.length).toBe(1)
  await addTasks(person, 'Pay rent')
  for (const tab of tabs) await expect(rowOf(tab, 'Pay rent')).toBeVisible()
  expect(streams).toHaveLength(1)

  const [leader] = streams
  const other = tabs.find((tab) => tab !== leader)
  if (leader === undefined || other === undefined) throw new Error('No tab leads the others.')
  await other.goto('/dashboard?status=open')
  const completed = other.waitForResponse(/\/toggle$/)
  await other.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await completed
  await expect(rowOf(other, 'Pay rent')).toBeVisible()
  await leader.close()
  await expect.poll(() => streams.length).toBe(2)
  // Nobody has told the tabs of what happened between the two connections, so no completed task keeps its place.
  await expect(rowOf(other, 'Pay rent')).toBeHidden()
  await addTasks(person, 'Water the plants')
  for (const tab of tabs) {
    if (!tab.isClosed()) await expect(rowOf(tab, 'Water the plants')).toBeVisible()
  }
})

test('a lost connection is said after a while, and nothing is missed', async ({
  page,
  context,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  await context.route(stream, (route) => route.abort())
  await page.goto('/dashboard')
  await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
  await expect(page.getByText('Reconnecting…')).toBeVisible()
  await addTasks(person, 'Pay rent')
  await context.unroute(stream)
  await expect(rowOf(page, 'Pay rent')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Reconnecting…')).toBeHidden()

  await context.setOffline(true)
  await addTasks(person, 'Water the plants')
  await context.setOffline(false)
  await expect(rowOf(page, 'Water the plants')).toBeVisible({ timeout: 40_000 })
})

test('the list of a session that was ended elsewhere goes away', async ({
  page,
  person,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  const { webUrl } = readAddresses()
  await openList(page)
  const elsewhere = (await openBrowser()).request
  const data = { email: person.email, password: person.password }
  await elsewhere.post(`${webUrl}/api/auth/login`, { headers: fromSomewhere(), data })
  const ended = await elsewhere.delete(`${webUrl}/api/auth/sessions`, { headers: fromSomewhere() })
  expect(ended.status()).toBe(204)
  await expect(page).toHaveURL(/\/login\?next=\/dashboard&ended=1/)
})
