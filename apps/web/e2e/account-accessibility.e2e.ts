import { expectNoViolations } from './axe.ts'
import { answerWith } from './faults.ts'
import { expect, fromSomewhere, readAddresses, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme axe finds nothing`, () => {
    test.slow()

    test('on the pages for a forgotten password', async ({ page, expectedErrors }) => {
      expectedErrors.push(/status of 4\d\d/)
      await page.emulateMedia({ colorScheme })
      await page.goto('/forgot-password')
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Send the link' }).click()
      await expect(page.getByText('Enter your email address.')).toBeVisible()
      await expectNoViolations(page)
      await page.route('**/api/auth/forgot-password', (route) => route.fulfill({ status: 202 }))
      await page.getByLabel('Email').fill('ada@example.org')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await expect(page.getByText(/If there is an account/)).toBeVisible()
      await expectNoViolations(page)
      await page.goto('/reset-password?token=something')
      await expectNoViolations(page)
      await page.route('**/api/auth/password-reset', answerWith('LINK_EXPIRED'))
      await page.getByLabel('New password').fill('fern and river stones')
      await page.getByRole('button', { name: 'Set password' }).click()
      await expect(page.getByText(/has been used or is too old/)).toBeVisible()
      await expectNoViolations(page)
      for (const path of [
        '/login?reset=1',
        '/login?email=confirmed',
        '/login?email=confirmed&error=UNAVAILABLE',
        '/?account=deleted',
      ]) {
        await page.goto(path)
        await expectNoViolations(page)
      }
    })

    test('on the settings, their errors and dialogs', async ({
      page,
      person,
      openBrowser,
      expectedErrors,
    }) => {
      expectedErrors.push(/status of 4\d\d/)
      await page.emulateMedia({ colorScheme })
      const data = { email: person.email, password: person.password }
      for (let index = 0; index < 2; index += 1) {
        const { request } = await openBrowser()
        await request.post(`${readAddresses().webUrl}/api/auth/login`, {
          headers: fromSomewhere(),
          data,
        })
      }
      await page.goto('/settings?email=changed&error=EMAIL_TAKEN')
      await expect(page.getByText(/has an account of its own/)).toBeVisible()
      await expectNoViolations(page)
      await page.goto('/settings?email=changed')
      await expect(page.getByText('This device')).toBeVisible()
      await expectNoViolations(page)
      for (const name of ['Change email', 'Change password']) {
        await page.getByRole('button', { name }).click()
      }
      await expect(page.getByText('Enter the password you have now.')).toBeVisible()
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'End all other sessions' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Leave them' }).click()
      await page.getByRole('button', { name: 'Delete account…' }).click()
      await expect(page.getByRole('dialog')).toContainText('sessions, this one among them')
      await page.getByRole('button', { name: 'Delete for good' }).click()
      await expect(page.getByRole('dialog').getByText('Enter a password.')).toBeVisible()
      await expectNoViolations(page)
    })
  })
}

for (const width of [360, 390, 1440]) {
  test(`at ${width} px nothing of the account pages sticks out`, async ({ page, person }) => {
    expect(person.email).toContain('@')
    await page.setViewportSize({ width, height: 800 })
    for (const path of [
      '/settings?email=changed',
      '/forgot-password',
      '/reset-password',
      '/reset-password?token=something',
    ]) {
      await page.goto(path)
      await waitForQuiet(page)
      const found = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(found, path).toBeLessThanOrEqual(width)
    }
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Delete account…' }).click()
    const box = await page.getByRole('dialog').boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
  })
}
