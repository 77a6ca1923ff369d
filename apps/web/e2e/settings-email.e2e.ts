import {
  expect,
  fromSomewhere,
  inventPerson,
  readAddresses,
  settingsSection,
  test,
} from './fixtures.ts'
import { countMails, readMailedLink } from './mail.ts'
import { waitForQuiet } from './quiet.ts'

test('another email counts once the link in the mail to it was followed', async ({
  page,
  person,
  context,
}) => {
  const { email: newEmail } = inventPerson()
  await page.goto('/settings')
  const form = settingsSection(page, 'Email')
  await form.getByLabel('New email').fill(newEmail)
  await form.getByLabel('Password').fill(person.password)
  await form.getByRole('button', { name: 'Change email' }).click()
  await expect(form.getByRole('status')).toContainText(`A mail is on its way to ${newEmail}`)
  await expect(form.getByLabel('New email')).toHaveValue('')
  await page.goto(await readMailedLink(newEmail, 'Confirm your new email address'))
  await expect(page.getByText(`Your email address is ${newEmail} now.`)).toBeVisible()
  // What the page still asks for would be refused without its session.
  await waitForQuiet(page)
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
  const form = settingsSection(page, 'Email')
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
  await expect(settingsSection(page, 'Email')).toContainText(person.email)
})

test('a new address that somebody registers first is told on the page, also after signing in', async ({
  page,
  person,
  context,
  openBrowser,
}) => {
  const rival = inventPerson()
  await page.goto('/settings')
  const form = settingsSection(page, 'Email')
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
