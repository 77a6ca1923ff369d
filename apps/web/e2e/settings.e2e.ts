import { readFile } from 'node:fs/promises'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { accountExportSchema } from '@tend/contracts'
import { answerWith } from './faults.ts'
import {
  addTasks,
  expect,
  fromSomewhere,
  inventPerson,
  type Person,
  readAddresses,
  test,
} from './fixtures.ts'
import { countMails, readMailedLink } from './mail.ts'

const badStatus = /status of [45]\d\d/

function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}

async function signInElsewhere(person: Person, context: BrowserContext): Promise<Page> {
  const answer = await context.request.post(`${readAddresses().webUrl}/api/auth/login`, {
    headers: fromSomewhere(),
    data: { email: person.email, password: person.password },
  })
  expect(answer.status()).toBe(200)
  const page = await context.newPage()
  await page.goto('/dashboard')
  return page
}

test('a stranger is sent to sign in and comes back to the settings', async ({ page, context }) => {
  const answer = await context.request.get('/settings', { maxRedirects: 0 })
  expect(answer.headers().location).toBe('/login?next=/settings')
  await page.goto('/settings')
  await expect(page).toHaveTitle('Sign in · Tend')
})

test('the name is changed, here and in the head of the page', async ({ page, person }) => {
  await page.goto('/dashboard')
  await page.getByRole('button', { name: 'Account', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(page).toHaveURL('/settings')
  await expect(page).toHaveTitle('Settings · Tend')
  const form = section(page, 'Name')
  await expect(form.getByLabel('Name')).toHaveValue(person.name)
  await form.getByLabel('Name').fill('   ')
  await form.getByRole('button', { name: 'Save name' }).click()
  await expect(form.getByLabel('Name')).toHaveAccessibleDescription('Enter a name.')
  await form.getByLabel('Name').fill('Grace Hopper')
  await form.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Name saved')).toBeVisible()
  await page.getByRole('button', { name: 'Account', exact: true }).click()
  await expect(page.getByRole('menu')).toContainText('Grace Hopper')
})

test('changing the password asks the old one and ends the other sessions', async ({
  page,
  person,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  const other = await signInElsewhere(person, await openBrowser())
  await page.goto('/settings')
  const form = section(page, 'Password')
  const [current, next] = [form.getByLabel('Current password'), form.getByLabel('New password')]
  await expect(current).toHaveAttribute('autocomplete', 'current-password')
  await expect(next).toHaveAttribute('autocomplete', 'new-password')
  await expect(next).toHaveAccessibleDescription(/At least 8 characters/)
  await current.fill('not my password')
  await next.fill('fern and river stones')
  await form.getByRole('button', { name: 'Change password' }).click()
  await expect(current).toHaveAccessibleDescription('This is not your password.')
  await expect(next).toHaveValue('fern and river stones')
  await next.fill('password1')
  await current.fill(person.password)
  await form.getByRole('button', { name: 'Change password' }).click()
  await expect(next).toHaveAccessibleDescription(/common/)
  await next.fill('fern and river stones')
  await form.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Password changed. All other sessions have ended.')).toBeVisible()
  await expect(current).toHaveValue('')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  // The page finds out by itself.
  await expect(other).toHaveURL(/\/login/)
  await other.getByLabel('Email').fill(person.email)
  await other.getByLabel('Password').fill('fern and river stones')
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other).toHaveURL('/dashboard')
  await readMailedLink(person.email, 'Your password was changed')
})

test('sessions are listed with this one marked, and ended one by one or together', async ({
  page,
  person,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  const others: Page[] = []
  for (let index = 0; index < 3; index += 1) {
    others.push(await signInElsewhere(person, await openBrowser()))
  }
  await page.goto('/settings')
  const list = page.getByRole('list', { name: 'Sessions' })
  await expect(list.getByRole('listitem')).toHaveCount(4)
  await expect(list.getByRole('listitem').filter({ hasText: 'This device' })).toHaveCount(1)
  await expect(list.getByRole('listitem').filter({ hasText: 'In use now' })).toHaveCount(1)
  await list
    .getByRole('button', { name: /^End the session of/ })
    .first()
    .click()
  await expect(page.getByText(/^The session of .* has ended\.$/)).toBeVisible()
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave them' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(3)
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End them' }).click()
  await expect(page.getByText('All other sessions have ended.')).toBeVisible()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.reload()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  for (const other of others) await expect(other).toHaveURL(/\/login/)
})

test('another email counts once the link in the mail to it was followed', async ({
  page,
  person,
  context,
}) => {
  const { email: newEmail } = inventPerson()
  await page.goto('/settings')
  const form = section(page, 'Email')
  await form.getByLabel('New email').fill(newEmail)
  await form.getByLabel('Password').fill(person.password)
  await form.getByRole('button', { name: 'Change email' }).click()
  await expect(form.getByRole('status')).toContainText(`A mail is on its way to ${newEmail}`)
  await expect(form.getByLabel('New email')).toHaveValue('')
  await page.goto(await readMailedLink(newEmail, 'Confirm your new email address'))
  await expect(page.getByText(`Your email address is ${newEmail} now.`)).toBeVisible()
  await context.clearCookies()
  await page.goto('/login')
  await page.getByLabel('Email').fill(newEmail)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/dashboard')
})

test('an address that has an account gets no link, and nobody learns of it', async ({
  page,
  person,
  openBrowser,
}) => {
  const taken = inventPerson()
  await (await openBrowser()).request.post(`${readAddresses().webUrl}/api/auth/register`, {
    headers: fromSomewhere(),
    data: taken,
  })
  const before = await countMails(taken.email)
  await page.goto('/settings')
  const form = section(page, 'Email')
  await form.getByLabel('New email').fill(taken.email)
  await form.getByLabel('Password').fill(person.password)
  await form.getByRole('button', { name: 'Change email' }).click()
  await expect(form.getByRole('status')).toContainText(`A mail is on its way to ${taken.email}`)
  await expect.poll(() => countMails(person.email)).toBeGreaterThan(0)
  expect(await countMails(taken.email)).toBe(before)
})

test('a link to confirm an address that is no good says so', async ({ page, person }) => {
  await page.goto('/api/auth/verify-email?token=nonsense&callbackURL=/settings?email=changed')
  await expect(page.getByText(/The link has been used or is too old/)).toBeVisible()
  await expect(section(page, 'Email')).toContainText(person.email)
})

test('a new address that somebody registers first is told on the page, also after signing in', async ({
  page,
  person,
  context,
  openBrowser,
}) => {
  const rival = inventPerson()
  await page.goto('/settings')
  const form = section(page, 'Email')
  await form.getByLabel('New email').fill(rival.email)
  await form.getByLabel('Password').fill(person.password)
  await form.getByRole('button', { name: 'Change email' }).click()
  const link = await readMailedLink(rival.email, 'Confirm your new email address')
  const { request } = await openBrowser()
  const taken = await request.post(`${readAddresses().webUrl}/api/auth/register`, {
    headers: fromSomewhere(),
    data: rival,
  })
  expect(taken.status()).toBe(201)
  await context.clearCookies()
  await page.goto(link)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(/has an account of its own by now/)).toContainText(person.email)
})

test('all data is handed over as one file', async ({ page, person }) => {
  await addTasks(person, 'Pay rent', 'Write to Grace')
  await page.goto('/settings')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download my data' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^tend-\d{4}-\d\d-\d\d\.json$/)
  const data = accountExportSchema.parse(JSON.parse(await readFile(await file.path(), 'utf8')))
  expect(data.user.email).toBe(person.email)
  expect(data.tasks.map(({ title }) => title).sort()).toEqual(['Pay rent', 'Write to Grace'])
  await expect(page.getByRole('status').filter({ hasText: 'downloaded' })).toBeAttached()
})

test('deleting the account says what is lost, asks the password, and is final', async ({
  page,
  person,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  await addTasks(person, 'Pay rent', 'Write to Grace')
  await page.goto('/dashboard')
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Nobody shall read this')
  const readDrafts = () => page.evaluate(() => JSON.stringify(localStorage))
  await expect.poll(readDrafts).toContain('Nobody shall read this')
  await page.goto('/settings')
  const open = page.getByRole('button', { name: 'Delete account…' })
  await open.click()
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
  await expect(dialog).toContainText('2 tasks, 2 of them open')
  await expect(dialog).toContainText('your session here')
  await dialog.getByRole('button', { name: 'Keep my account' }).click()
  await expect(dialog).toBeHidden()
  await expect(open).toBeFocused()
  await open.click()
  await dialog.getByLabel('Password').fill('not my password')
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(dialog.getByLabel('Password')).toHaveAccessibleDescription(
    'This is not your password.',
  )
  await dialog.getByLabel('Password').fill(person.password)
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page).toHaveURL('/?account=deleted')
  await expect(page.getByText('Your account is deleted')).toBeVisible()
  expect(await readDrafts()).not.toContain('Nobody shall read this')
  await page.goto('/settings')
  await expect(page).toHaveURL('/login?next=/settings')
  const answer = await (await openBrowser()).request.post(
    `${readAddresses().webUrl}/api/auth/login`,
    { headers: fromSomewhere(), data: { email: person.email, password: person.password } },
  )
  expect(answer.status()).toBe(401)
})

for (const [code, words] of [
  ['RATE_LIMITED', /Too many tries in a short time\. Try again in 30 seconds/],
  ['UNAVAILABLE', /Tend is not available right now/],
  ['INTERNAL_ERROR', /Something went wrong on our side.*report injected-fault/],
] as const) {
  test(`a form that meets ${code} says so calmly and keeps what was typed`, async ({
    page,
    person,
    expectedErrors,
  }) => {
    expectedErrors.push(badStatus)
    expect(person.email).toContain('@')
    await page.route('**/api/auth/{profile,email,password}', (route) =>
      answerWith(code, { 'retry-after': '30' })(route),
    )
    await page.goto('/settings')
    const name = section(page, 'Name')
    await name.getByLabel('Name').fill('Grace')
    await name.getByRole('button', { name: 'Save name' }).click()
    await expect(name.getByRole('alert')).toContainText(words)
    await expect(name.getByRole('alert')).toBeFocused()
    await expect(name.getByLabel('Name')).toHaveValue('Grace')
    const password = section(page, 'Password')
    await password.getByLabel('Current password').fill('the old one')
    await password.getByLabel('New password').fill('fern and river stones')
    await password.getByRole('button', { name: 'Change password' }).click()
    await expect(password.getByRole('alert')).toContainText(words)
    await expect(password.getByLabel('New password')).toHaveValue('fern and river stones')
  })
}

test('offline, every control says so and works again afterwards', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  await page.goto('/settings')
  await expect(page.getByRole('list', { name: 'Sessions' })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Download my data' }).click()
  await expect(section(page, 'Your data').getByRole('alert')).toContainText('cannot be reached')
  const name = section(page, 'Name')
  await name.getByLabel('Name').fill(`${person.name} Lovelace`)
  await name.getByRole('button', { name: 'Save name' }).click()
  await expect(name.getByRole('alert')).toContainText('cannot be reached')
  await context.setOffline(false)
  await name.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Name saved')).toBeVisible()
})

test('sessions that cannot be loaded say so, and are loaded on request', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(badStatus)
  expect(person.email).toContain('@')
  await page.route('**/api/auth/sessions', answerWith('INTERNAL_ERROR'))
  await page.goto('/settings')
  const sessions = section(page, 'Sessions')
  await expect(sessions.getByRole('alert')).toContainText('Your sessions could not be loaded.')
  await page.unroute('**/api/auth/sessions')
  await sessions.getByRole('button', { name: 'Try again' }).click()
  await expect(sessions.getByText('This device')).toBeVisible()
})

test('when the session has ended, signing in leads back to what was typed', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await page.goto('/settings')
  await expect(page.getByText('This device')).toBeVisible()
  await section(page, 'Name').getByLabel('Name').fill('Grace')
  await section(page, 'Email').getByLabel('New email').fill('grace@example.org')
  await section(page, 'Email').getByLabel('Password').fill('a secret')
  await context.clearCookies()
  await section(page, 'Name').getByRole('button', { name: 'Save name' }).click()
  await expect(page).toHaveURL('/login?next=/settings&ended=1')
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/settings')
  await expect(section(page, 'Name').getByLabel('Name')).toHaveValue('Grace')
  await expect(section(page, 'Email').getByLabel('New email')).toHaveValue('grace@example.org')
  await expect(section(page, 'Email').getByLabel('Password')).toHaveValue('')
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
  expect(kept).not.toContain('a secret')
  await section(page, 'Name').getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Name saved')).toBeVisible()
})
