import { answerWith } from './faults.ts'
import { expect, inventPerson, test } from './fixtures.ts'
import { countMails, readMailedLink } from './mail.ts'

test('a forgotten password is replaced with the link from a mail, once', async ({
  page,
  person,
  context,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 410/)
  const device = await (await openBrowser()).newPage()
  await device.goto('/login')
  await device.getByLabel('Email').fill(person.email)
  await device.getByRole('link', { name: 'Set a new one' }).click()
  await expect(device).toHaveURL('/forgot-password')
  await expect(device).toHaveTitle('Forgot your password · Tend')
  await expect(device.getByLabel('Email')).toHaveValue(person.email)
  await device.getByRole('button', { name: 'Send the link' }).click()
  await expect(device.getByText(/If there is an account for/)).toBeVisible()
  const link = await readMailedLink(person.email, 'Set a new password')

  await device.goto(link)
  const password = device.getByLabel('New password')
  await expect(password).toHaveAttribute('autocomplete', 'new-password')
  await expect(password).toHaveAccessibleDescription(/At least 8 characters/)
  await password.fill('short')
  await device.getByRole('button', { name: 'Set password' }).click()
  await expect(password).toHaveAccessibleDescription('Use at least 8 characters; this has 5.')
  await password.fill('fern and river stones')
  await device.getByRole('button', { name: 'Set password' }).click()
  await expect(device).toHaveURL('/login?reset=1')
  await expect(device.getByText('Your new password is set')).toBeVisible()
  await device.getByLabel('Email').fill(person.email)
  await device.getByLabel('Password').fill('fern and river stones')
  await device.getByRole('button', { name: 'Sign in' }).click()
  await expect(device).toHaveURL('/dashboard')

  await page.goto('/dashboard')
  await expect(page).toHaveURL('/login?next=/dashboard')

  await context.clearCookies()
  await page.goto(link)
  await page.getByLabel('New password').fill('another one entirely')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('This link has been used or is too old.')).toBeVisible()
  await page.getByRole('link', { name: 'Get a new link' }).click()
  await expect(page).toHaveURL('/forgot-password')
})

test('the answer is the same for an address without an account, which gets no mail', async ({
  page,
}) => {
  const { email } = inventPerson()
  await page.goto('/forgot-password')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  const note = page.getByRole('status').filter({ hasText: `If there is an account for ${email}` })
  await expect(note).toBeFocused()
  expect(await countMails(email)).toBe(0)
  await page.getByRole('button', { name: 'Send it again' }).click()
  await expect(page.getByLabel('Email')).toHaveValue(email)
})

for (const [address, name] of [
  ['/reset-password', 'without a token'],
  ['/reset-password?token=', 'with an empty token'],
  [`/reset-password?token=${'x'.repeat(300)}`, 'with a token that is none'],
] as const) {
  test(`a link ${name} is explained, with a way to get a new one`, async ({ page }) => {
    await page.goto(address)
    await expect(page.getByText('This link has been used or is too old.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Get a new link' })).toBeVisible()
  })
}

for (const [code, words] of [
  ['RATE_LIMITED', /Too many tries in a short time\. Try again in 4 minutes/],
  ['UNAVAILABLE', /Tend is not available right now/],
] as const) {
  test(`both pages meet ${code} calmly and keep what was typed`, async ({
    page,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of [45]\d\d/)
    await page.route('**/api/auth/{forgot-password,password-reset}', (route) =>
      answerWith(code, { 'retry-after': '240' })(route),
    )
    await page.goto('/forgot-password')
    await page.getByLabel('Email').fill('ada@example.org')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByText(words)).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue('ada@example.org')
    await page.goto('/reset-password?token=something')
    await page.getByLabel('New password').fill('fern and river stones')
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByText(words)).toBeVisible()
    await expect(page.getByLabel('New password')).toHaveValue('fern and river stones')
  })
}

test('an address that is none is caught before it is sent', async ({ page }) => {
  await page.goto('/forgot-password')
  await page.getByLabel('Email').fill('ada')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/not an email address/)
  await expect(page.getByLabel('Email')).toHaveValue('ada')
})
