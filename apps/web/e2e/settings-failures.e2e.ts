import { answerWith } from './faults.ts'
import { expect, settingsSection, test } from './fixtures.ts'

const badStatus = /status of [45]\d\d/

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
    const name = settingsSection(page, 'Name')
    await name.getByLabel('Name').fill('Grace')
    await name.getByRole('button', { name: 'Save name' }).click()
    await expect(name.getByRole('alert')).toContainText(words)
    await expect(name.getByRole('alert')).toBeFocused()
    await expect(name.getByLabel('Name')).toHaveValue('Grace')
    const password = settingsSection(page, 'Password')
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
  await expect(settingsSection(page, 'Your data').getByRole('alert')).toContainText(
    'cannot be reached',
  )
  const name = settingsSection(page, 'Name')
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
  const sessions = settingsSection(page, 'Sessions')
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
  await settingsSection(page, 'Name').getByLabel('Name').fill('Grace')
  await settingsSection(page, 'Email').getByLabel('New email').fill('grace@example.org')
  await settingsSection(page, 'Email').getByLabel('Password').fill('a secret')
  await context.clearCookies()
  await settingsSection(page, 'Name').getByRole('button', { name: 'Save name' }).click()
  await expect(page).toHaveURL('/login?next=/settings&ended=1')
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/settings')
  await expect(settingsSection(page, 'Name').getByLabel('Name')).toHaveValue('Grace')
  await expect(settingsSection(page, 'Email').getByLabel('New email')).toHaveValue(
    'grace@example.org',
  )
  await expect(settingsSection(page, 'Email').getByLabel('Password')).toHaveValue('')
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
  expect(kept).not.toContain('a secret')
  await settingsSection(page, 'Name').getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Name saved')).toBeVisible()
})
