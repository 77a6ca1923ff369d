import type { Page } from '@playwright/test'
import {
  expect,
  inventPerson,
  openDetails,
  quickAdd,
  rowOf,
  shownTitles,
  test,
} from './fixtures.ts'

test('two people keep their tasks, each their own', async ({ page, openBrowser }) => {
  const ada = inventPerson()
  await test.step('Ada finds Tend and registers', async () => {
    await page.goto('/')
    await page.getByRole('main').getByRole('link', { name: 'Start' }).click()
    await register(page, ada)
    await expect(page).toHaveURL('/dashboard')
    await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
    await expect(quickAdd(page)).toBeFocused()
  })

  await test.step('she adds, edits, completes and deletes', async () => {
    for (const title of ['Pay rent', 'Write to Grace', 'Water the plants']) {
      await page.keyboard.type(title)
      await page.keyboard.press('Enter')
    }
    await expect
      .poll(() => shownTitles(page))
      .toEqual(['Water the plants', 'Write to Grace', 'Pay rent'])
    const details = await openDetails(page, 'Write to Grace')
    await details.getByRole('textbox', { name: 'Title' }).fill('Write to Grace about the compiler')
    await details.getByRole('button', { name: 'Add notes' }).click()
    await page.keyboard.type('She asked for the tables.')
    await details.getByRole('button', { name: 'Close details' }).click()
    await expect(details).toBeHidden()
    await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
    await rowOf(page, 'Water the plants').hover()
    await page.getByRole('button', { name: 'Delete Water the plants' }).click()
    await expectAdasList(page)
  })

  await test.step('she signs out and in again, and finds everything', async () => {
    await page.getByRole('button', { name: 'Account' }).click()
    await expect(page.getByRole('menu')).toContainText(ada.email)
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL('/login')
    await page.goto('/dashboard')
    await expect(page).toHaveURL('/login?next=/dashboard')
    await page.getByLabel('Email').fill(ada.email)
    await page.getByLabel('Password').fill(ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL('/dashboard')
    await expectAdasList(page)
    const details = await openDetails(page, 'Write to Grace about the compiler')
    await expect(details.getByText('She asked for the tables.')).toBeVisible()
  })

  await test.step('Grace sees none of it', async () => {
    const other = await (await openBrowser()).newPage()
    await other.goto('/register')
    await register(other, inventPerson())
    await expect(other.getByText('Nothing to tend to yet.')).toBeVisible()
    await quickAdd(other).fill('Answer Ada')
    await quickAdd(other).press('Enter')
    await expect(other.getByRole('status').filter({ hasText: 'Task added' })).toBeAttached()
    await other.reload()
    await expect.poll(() => shownTitles(other)).toEqual(['Answer Ada'])
  })

  await test.step('nor Ada any of hers', async () => {
    await page.goto('/dashboard')
    await expectAdasList(page)
  })
})

async function register(page: Page, person: ReturnType<typeof inventPerson>): Promise<void> {
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

async function expectAdasList(page: Page): Promise<void> {
  await expect
    .poll(() => shownTitles(page))
    .toEqual(['Write to Grace about the compiler', 'Pay rent'])
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).toBeChecked()
  await expect(page.getByText('1 left')).toBeVisible()
}
