import { answerWith, breakOff, intercept, interceptLateScripts } from './faults.ts'
import {
  addTasks,
  alertOf,
  expect,
  openDetails,
  quickAdd,
  readAddresses,
  rowOf,
  shownTitles,
  test,
} from './fixtures.ts'
import { openDashboard, waitForQuiet } from './quiet.ts'

const lostConnection = /net::ERR_/
const badStatus = /status of [45]\d\d/

test('a task that could not be added waits, survives a reload, and is sent once', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const restore = await intercept(page, 'POST', /\/api\/tasks$/, breakOff)
  await quickAdd(page).fill('Write to Grace')
  await quickAdd(page).press('Enter')
  const unsent = page.getByRole('list', { name: 'Not saved yet' })
  await expect(unsent).toContainText('Write to Grace')
  await expect(unsent).toContainText('Tend cannot be reached.')
  await quickAdd(page).fill('Read to Ada')
  await quickAdd(page).press('Enter')
  await expect(unsent.getByRole('listitem')).toHaveCount(2)
  await unsent.getByRole('button', { name: 'Discard' }).first().press('Enter')
  await expect(unsent.getByRole('listitem')).toHaveCount(1)
  await expect(unsent.getByRole('button', { name: /Try again|Sending/ })).toBeFocused()
  await page.reload()
  await expect(unsent).toContainText('Write to Grace')
  await restore()
  // It is sent again by itself.
  await expect(unsent).toBeHidden()
  await expect.poll(() => shownTitles(page)).toEqual(['Write to Grace', 'Pay rent'])
  await page.reload()
  expect(await shownTitles(page)).toEqual(['Write to Grace', 'Pay rent'])
})

test('a tick shows at once and goes back when the server refuses', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  await addTasks(person, 'Pay rent')
  await openDashboard(page)
  await intercept(page, 'POST', /\/toggle$/, async (route) => {
    await page.waitForTimeout(600)
    await answerWith('INTERNAL_ERROR')(route)
  })
  const tick = page.getByRole('checkbox', { name: 'Complete Pay rent' })
  const waited = await tick.evaluate(async (element) => {
    const start = performance.now()
    if (element instanceof HTMLElement) element.click()
    while (element.closest('li')?.querySelector('.line-through') == null) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return performance.now() - start
  })
  // Well before the answer, even on a busy machine.
  expect(waited).toBeLessThan(300)
  await expect(tick).not.toBeChecked()
  await expect(page.getByText(/could not be completed\. Something went wrong/)).toBeVisible()
  await expect(page.getByText(/report injected-fault/)).toBeVisible()
})

test('a change made while the page fetches what sends it shows at once, and goes back with a message when that cannot be fetched', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Pay rent')
  const held = Promise.withResolvers<void>()
  const restore = await interceptLateScripts(page, async (route) => {
    await held.promise
    await breakOff(route)
  })
  await page.goto('/dashboard', { waitUntil: 'commit' })
  const tick = page.getByRole('checkbox', { name: 'Complete Pay rent' })
  await tick.check()
  await expect(page.getByText('Task completed')).toBeVisible()
  await expect(tick).toBeChecked()
  held.resolve()
  await expect(page.getByText(/could not be completed\. Tend cannot be reached/)).toBeVisible()
  await expect(tick).not.toBeChecked()
  await restore()
  await quickAdd(page).fill('Write to Grace')
  await quickAdd(page).press('Enter')
  await tick.check()
  await waitForQuiet(page)
  await page.reload()
  await expect(tick).toBeChecked()
  await expect.poll(() => shownTitles(page)).toEqual(['Write to Grace', 'Pay rent'])
})

test('a part of Today that cannot be read is asked for again', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  await addTasks(person, 'Pay rent')
  // When it begins to follow the changes, the page reads anew by itself.
  await openDashboard(page)
  const { apiUrl } = readAddresses()
  const isDoneList = (url: URL) =>
    url.origin === apiUrl && url.searchParams.get('status') === 'completed'
  await page.route(isDoneList, answerWith('INTERNAL_ERROR'))
  await page.getByRole('link', { name: 'Today' }).first().click()
  await expect(page.getByText('Your tasks could not be loaded.')).toBeVisible()
  await page.unroute(isDoneList)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Nothing is due today.')).toBeVisible()
})

test('a task that could not be deleted is back in its place', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  await intercept(page, 'DELETE', /./, answerWith('UNAVAILABLE', { 'retry-after': '5' }))
  await rowOf(page, 'Second').hover()
  await page.getByRole('button', { name: 'Delete Second' }).click()
  await expect(page.getByText(/could not be deleted\. .* Try again in 5 seconds/)).toBeVisible()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
})

test('a refused access token is renewed without the person noticing', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  let refusals = 0
  await intercept(page, 'POST', /\/toggle$/, (route) => {
    refusals += 1
    return refusals === 1 ? answerWith('INVALID_TOKEN')(route) : route.fallback()
  })
  const answer = page.waitForResponse((to) => to.url().endsWith('/toggle') && to.ok())
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await answer
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).toBeChecked()
  expect(refusals).toBe(2)
})

test('when the session has ended, signing in leads back to the words as they were typed', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await quickAdd(page).fill('Half a thought')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('button', { name: 'Add notes' }).click()
  await page.keyboard.type('From the new account')
  await context.clearCookies()
  const restore = await intercept(page, 'PATCH', /./, answerWith('INVALID_TOKEN'))
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/\/login\?next=\/dashboard.*&ended=1/)
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await restore()
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/dashboard/)
  if (await details.isHidden()) await openDetails(page, 'Pay rent')
  await expect(details.getByRole('textbox', { name: 'Notes' })).toHaveValue('From the new account')
  await details.getByRole('textbox', { name: 'Notes' }).press('Control+Enter')
  await expect(rowOf(page, 'Pay rent').getByLabel('has notes')).toBeVisible()
  await expect(quickAdd(page)).toHaveValue('Half a thought')
})

test('an edit that was saved after all, its answer lost, is not kept as unsaved', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Swep')
  await openDashboard(page)
  await intercept(page, 'PATCH', /\/api\/tasks\//, async (route) => {
    await route.fetch()
    await breakOff(route)
  })
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.keyboard.type('Sweep')
  const isLost = page.waitForEvent('requestfailed')
  await page.keyboard.press('Enter')
  await isLost
  await waitForQuiet(page)
  await expect(page.getByRole('list', { name: 'Changes not saved yet' })).toBeHidden()
  await expect(rowOf(page, 'Sweep')).toBeVisible()
})

test('a next page that fails can be asked for again', async ({ page, person, expectedErrors }) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, ...Array.from({ length: 105 }, (_, index) => `Task ${index}`))
  await openDashboard(page)
  const restore = await intercept(page, 'GET', /\/api\/tasks$/, breakOff)
  await page.getByRole('button', { name: 'Show more tasks' }).scrollIntoViewIfNeeded()
  await expect(alertOf(page)).toContainText('More could not be loaded.')
  await restore()
  await page.getByRole('button', { name: 'Show more tasks' }).click()
  await expect(page.getByText('105 left')).toBeVisible()
})

test('a list that cannot be read says so, and is read on request', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 429/)
  await addTasks(person, 'Pay rent')
  // The one way to keep the web server itself from reading the list: use up the person's requests of this minute.
  const calls = Array.from({ length: 620 }, () => person.tasks.list())
  const answers = await Promise.all(calls)
  expect(answers.some(({ status }) => status === 429)).toBe(true)
  await page.goto('/dashboard')
  await expect(page.getByText('Your tasks could not be loaded.')).toBeVisible()
  await expect(page.getByText(/That was a lot at once\. Try again in/)).toBeVisible()
  const answer = Promise.withResolvers<void>()
  await intercept(page, 'GET', /\/api\/tasks$/, async (route) => {
    await answer.promise
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: { items: [], nextCursor: null },
    })
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Loading your tasks')).toBeAttached()
  answer.resolve()
  await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
})

test('says so when there is no network, and when it is back', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await context.setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expect(page.getByText(/could not be completed\. Tend cannot be reached/)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).not.toBeChecked()
  await context.setOffline(false)
  await expect(page.getByText('You are offline.')).toBeHidden()
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expect(page.getByText('All tended.')).toBeVisible()
})
