import { readFile } from 'node:fs/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { accountExportSchema } from '@tend/contracts'
import {
  addTasks,
  expect,
  fromSomewhere,
  type Person,
  readAddresses,
  settingsSection,
  test,
} from './fixtures.ts'
import { readMailedLink } from './mail.ts'

const badStatus = /status of [45]\d\d/

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
  const form = settingsSection(page, 'Name')
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
  const form = settingsSection(page, 'Password')
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
