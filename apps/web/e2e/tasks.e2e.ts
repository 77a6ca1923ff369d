import type { Page } from '@playwright/test'
import { unwrap } from '@tend/contracts/client'
import { addTasks, expect, quickAdd, readAddresses, rowOf, shownTitles, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

test('the first list comes with the page, and is read again only once it can change', async ({
  page,
  person,
}) => {
  const { apiUrl } = readAddresses()
  await addTasks(person, 'Pay rent')
  const calls: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(apiUrl)) calls.push(new URL(request.url()).pathname)
  })
  await page.goto('/dashboard')
  await expect(page).toHaveTitle('(1) All tasks · Tend')
  // What happened between reading the list and listening would be missed otherwise.
  await expect.poll(() => calls).toContain('/api/tasks')
  await waitForQuiet(page)
  expect(calls[0]).toBe('/api/tasks/events')
  expect(calls.filter((path) => path === '/api/tasks')).toHaveLength(1)
  const html = await (await page.context().request.get('/dashboard')).text()
  expect(html).toContain('Pay rent')
})

test('no token is kept where a script could read it', async ({ page, person }) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expect(page.getByText('Task completed')).toBeVisible()
  await waitForQuiet(page)
  const readable = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(readable).not.toMatch(/eyJ|[A-Za-z0-9_-]{30,}\./)
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('quick add refuses what cannot be a title, and keeps it in the field', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await quickAdd(page).fill('   ')
  await quickAdd(page).press('Enter')
  await expect(quickAdd(page)).toHaveAccessibleDescription('Write a few words first.')
  const long = 'a'.repeat(201)
  await quickAdd(page).fill(long)
  await quickAdd(page).press('Enter')
  await expect(quickAdd(page)).toHaveAccessibleDescription(/at most 200 characters/)
  await expect(quickAdd(page)).toHaveValue(long)
  await quickAdd(page).fill(long.slice(1))
  await page.getByRole('button', { name: 'Add task' }).click()
  await expect(quickAdd(page)).toBeFocused()
  await expect(quickAdd(page)).toHaveValue('')
  await expect.poll(() => shownTitles(page)).toEqual([long.slice(1), 'Pay rent'])
})

test('a task written in the last moment before leaving is there afterwards, once', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Pay rent')
  const ready = page.waitForResponse('**/api/auth/token')
  await page.goto('/dashboard')
  await ready
  await quickAdd(page).fill('Write to Grace')
  await quickAdd(page).press('Enter')
  await page.goto('/')
  await expect
    .poll(async () => (await unwrap(person.tasks.list())).items.map(({ title }) => title))
    .toEqual(['Write to Grace', 'Pay rent'])
  await page.goto('/dashboard')
  await expect.poll(() => shownTitles(page)).toEqual(['Write to Grace', 'Pay rent'])
  await expect(page.getByRole('list', { name: 'Not saved yet' })).toBeHidden()
})

test('what is typed survives a reload of the page', async ({ page, person }) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await quickAdd(page).fill('Half a thou')
  await page.reload()
  await expect(quickAdd(page)).toHaveValue('Half a thou')
})

test('completing can be undone', async ({ page, person }) => {
  await addTasks(person, 'Pay rent', 'Write to Grace')
  await page.goto('/dashboard')
  const toggles = countToggles(page)
  const tick = page.getByRole('checkbox', { name: 'Complete Pay rent' })
  await tick.click()
  await expect(tick).toBeChecked()
  await expect(page.getByText('1 left')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tick).not.toBeChecked()
  await expect(page.getByText('2 left')).toBeVisible()
  await expect.poll(toggles).toBe(2)
  await page.reload()
  await expect(tick).not.toBeChecked()
})

test('ticking fast and often ends as it was left', async ({ page, person }) => {
  const [task] = await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const tick = page.getByRole('checkbox', { name: 'Complete Pay rent' })
  const toggles = countToggles(page)
  for (let press = 0; press < 7; press += 1) await tick.click()
  await expect(tick).toBeChecked()
  await expect.poll(toggles).toBe(7)
  const params = { id: task?.id ?? '' }
  expect((await unwrap(person.tasks.get({ params })))?.isCompleted).toBe(true)
  await expect(tick).toBeChecked()
})

test('deleting hands the focus to the next task', async ({ page, person }) => {
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  await rowOf(page, 'Second').hover()
  await page.getByRole('button', { name: 'Delete Second' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])
  await expect(page.getByRole('button', { name: 'Third', exact: true })).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'Task deleted' })).toBeAttached()
  await page.reload()
  expect(await shownTitles(page)).toEqual(['First', 'Third'])
})

test('a deleted task can be brought back to its place', async ({ page, person }) => {
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  await rowOf(page, 'Second').hover()
  await page.getByRole('button', { name: 'Delete Second' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
  await page.reload()
  expect(await shownTitles(page)).toEqual(['First', 'Second', 'Third'])
})

test('a task that is ticked before the page is at work is completed', async ({ page, person }) => {
  await addTasks(person, 'Write to Grace', 'Pay rent')
  const scripts = Promise.withResolvers<void>()
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await scripts.promise
    await route.fallback()
  })
  await page.goto('/dashboard', { waitUntil: 'commit' })
  const tick = page.getByRole('checkbox', { name: 'Complete Pay rent' })
  await tick.click()
  await expect(tick).toBeChecked()
  scripts.resolve()
  await expect(page).toHaveTitle('(1) All tasks · Tend')
  await expect(tick).toBeChecked()
  await expect.poll(async () => (await unwrap(person.tasks.counts()))?.completed).toBe(1)
})

test('no tasks yet and all done are different things', async ({ page, person }) => {
  await page.goto('/dashboard')
  await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
  await addTasks(person, 'Pay rent')
  await page.reload()
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expect(page.getByText('All tended.')).toBeVisible()
  await expect(page.getByText('0 left')).toBeVisible()
  await expect(page).toHaveTitle('All tasks · Tend')
  await page.goto('/dashboard?q=rent')
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).toBeChecked()
  await expect(page.getByText('All tended.')).toBeHidden()
})

test('difficult titles are shown whole and in their own direction', async ({ page, person }) => {
  const endless = 'x'.repeat(200)
  await addTasks(person, endless, 'קנה חלב', '👩‍👩‍👧‍👦 <b>&amp;</b>')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/dashboard')
  expect(await shownTitles(page)).toEqual(['👩‍👩‍👧‍👦 <b>&amp;</b>', 'קנה חלב', endless])
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  await expect(page.getByRole('button', { name: 'קנה חלב', exact: true })).toHaveCSS(
    'direction',
    'rtl',
  )
})

test('signing out in one tab signs out the others', async ({ page, person, context }) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const other = await context.newPage()
  await other.goto('/dashboard')
  await other.getByRole('button', { name: 'Account' }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/login?next=/dashboard&ended=1')
})

/** How many toggles the server has answered. */
function countToggles(page: Page): () => number {
  let count = 0
  page.on('response', (response) => {
    const isToggle = response.url().endsWith('/toggle') && response.request().method() === 'POST'
    if (isToggle) count += 1
  })
  return () => count
}
