import type { BrowserContext, Page } from '@playwright/test'
import { answerWith, intercept } from './faults.ts'
import { addTasks, expect, openDetails, quickAdd, readAddresses, rowOf, test } from './fixtures.ts'
import { openDashboard, waitForQuiet } from './quiet.ts'

const tokenPath = '**/api/auth/token'

/** Counts the requests for a token from all pages of a browser. */
async function countTokens(context: BrowserContext): Promise<() => number> {
  let count = 0
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/auth/token') count += 1
  })
  return () => count
}

/** What a browser says when the machine is back from sleep and has a network again. */
async function wakeUp(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
}

test('ten tabs that wake up at the same time ask for one token', async ({ person, context }) => {
  test.slow()
  await addTasks(person, 'Pay rent')
  await context.clock.install()
  const pages: Page[] = []
  for (let index = 0; index < 10; index += 1) {
    const page = await context.newPage()
    // Its first one is not what is counted.
    const hasToken = page.waitForResponse(tokenPath)
    await page.goto('/dashboard')
    await hasToken
    await waitForQuiet(page)
    pages.push(page)
  }
  const tokens = await countTokens(context)
  // The clocks of the pages are moved one after the other; no answer arrives before the last one shows the new time.
  let release = () => {}
  const allAwake = new Promise<void>((resolve) => {
    release = resolve
  })
  await context.route(tokenPath, async (route) => {
    await allAwake
    await route.continue()
  })
  await context.clock.fastForward('08:00:00')
  await Promise.all(pages.map(wakeUp))
  release()
  await expect.poll(tokens).toBe(1)
  const last = pages.at(-1) ?? (await context.newPage())
  const saved = last.waitForResponse((to) => to.url().endsWith('/toggle') && to.ok())
  await last.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await saved
  await last.waitForTimeout(500)
  expect(tokens()).toBe(1)
})

test('a token endpoint that fails three times costs nothing but a moment', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/, /status of 50\d/)
  await addTasks(person, 'Pay rent')
  await context.clock.install()
  await openDashboard(page)
  let tries = 0
  await page.route(tokenPath, async (route) => {
    tries += 1
    if (tries === 1) await route.abort('connectionfailed')
    else if (tries === 2) await answerWith('UNAVAILABLE')(route)
    else if (tries === 3) await route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' })
    else await route.fallback()
  })
  await context.clock.fastForward('01:00:00')
  const saved = page.waitForResponse((to) => to.url().endsWith('/toggle') && to.ok())
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await saved
  // The stream of live events asks as well; nobody asks without end.
  expect(tries).toBeGreaterThanOrEqual(4)
  expect(tries).toBeLessThan(8)
  await expect(page.getByText('All tended.')).toBeVisible()
  await expect(page).toHaveURL('/dashboard')
})

test('a token endpoint that stays away signs nobody out and loses no words', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 503/)
  await addTasks(person, 'Pay rent')
  await context.clock.install()
  await openDashboard(page)
  await page.route(tokenPath, answerWith('UNAVAILABLE'))
  await context.clock.fastForward('01:00:00')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('button', { name: 'Add notes' }).click()
  await page.keyboard.type('From the new account')
  await page.keyboard.press('Control+Enter')
  await expect(details).toContainText('Not saved. What you wrote is still here.', {
    timeout: 30_000,
  })
  await expect(page).toHaveURL(/\/dashboard/)
  await page.unroute(tokenPath)
  await details.getByRole('button', { name: 'Try again' }).click()
  await expect(rowOf(page, 'Pay rent').getByLabel('has notes')).toBeVisible()
})

test('a session ended elsewhere, in the middle of editing, leads back to the words', async ({
  page,
  person,
  context,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await quickAdd(page).fill('Half a thought')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('button', { name: 'Add notes' }).click()
  await page.keyboard.type('From the new account')
  await endSessionOf(context, person, await openBrowser())
  await expect(page).toHaveURL(/\/login\?next=\/dashboard.*&ended=1/, { timeout: 15_000 })
  await signIn(page, person)
  await expect(page).toHaveURL(/\/dashboard/)
  if (await details.isHidden()) await openDetails(page, 'Pay rent')
  const notes = details.getByRole('textbox', { name: 'Notes' })
  await expect(notes).toHaveValue('From the new account')
  await notes.press('Control+Enter')
  await expect(rowOf(page, 'Pay rent').getByLabel('has notes')).toBeVisible()
  await expect(quickAdd(page)).toHaveValue('Half a thought')
})

test('nothing but a 401 is taken for the end of the session', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of [45]\d\d/)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const failures = {
    INTERNAL_ERROR: /could not be completed\. Something went wrong/,
    RATE_LIMITED: /could not be completed\. That was a lot at once/,
    ORIGIN_REFUSED: /could not be completed\. This page was opened under an address/,
  }
  for (const code of ['INTERNAL_ERROR', 'RATE_LIMITED', 'ORIGIN_REFUSED'] as const) {
    const restore = await intercept(page, 'POST', /\/toggle$/, answerWith('INVALID_TOKEN'))
    await page.route(tokenPath, answerWith(code, { 'retry-after': '60' }))
    await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
    const words = page.getByText(failures[code])
    await expect(words).toBeVisible({ timeout: 15_000 })
    await expect(page).toHaveURL('/dashboard')
    await page.unroute(tokenPath)
    await restore()
  }
})

/** Ends the browser's session from another device, which signs in and ends all sessions but its own. */
async function endSessionOf(
  context: BrowserContext,
  { email, password }: { email: string; password: string },
  other: BrowserContext,
): Promise<void> {
  const { webUrl } = readAddresses()
  const headers = { origin: webUrl }
  await other.request.post(`${webUrl}/api/auth/login`, { headers, data: { email, password } })
  const ended = await other.request.delete(`${webUrl}/api/auth/sessions`, { headers })
  expect(ended.status()).toBe(204)
  expect((await context.request.get(`${webUrl}/api/auth/session`)).status()).toBe(401)
}

async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
