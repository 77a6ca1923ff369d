import type { Locator, Page } from '@playwright/test'
import { intercept } from './faults.ts'
import {
  addTasks,
  dayFromNow,
  expect,
  quickAdd,
  rowOf,
  seedTasks,
  shownTitles,
  test,
} from './fixtures.ts'
import { openDashboard, waitForQuiet } from './quiet.ts'

/** The link to a view at the side, with the number it shows: "Today 2". */
function viewLink(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })
}

/** What a section of a view lists. */
function section(page: Page, name: string): Locator {
  return page.getByRole('main').getByRole('list', { name }).getByRole('button')
}

test('the title names the view that was opened before the page was all at work', async ({
  page,
  person,
}) => {
  await seedTasks(person, [{ title: 'Pay rent', dueDate: dayFromNow(0) }, { title: 'Read' }])
  // Once is not enough to see a title that comes late and takes the place of the right one.
  for (let visit = 1; visit <= 2; visit += 1) {
    await page.goto('/dashboard', { waitUntil: 'commit' })
    await viewLink(page, 'Today').click()
    await expect(page).toHaveURL('/dashboard?view=today')
    await waitForQuiet(page)
    expect(await page.title()).toBe('(1) Today · Tend')
  }
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(page).toHaveTitle('Settings · Tend')
  await waitForQuiet(page)
  expect(await page.title()).toBe('Settings · Tend')
})

test('every view shows its tasks, and every count follows at once', async ({ page, person }) => {
  await seedTasks(person, [
    { title: 'Renew the passport', dueDate: dayFromNow(-2) },
    { title: 'Pay rent', dueDate: dayFromNow(0), labels: ['home'] },
    { title: 'Water the plants', dueDate: dayFromNow(0), isCompleted: true },
    { title: 'Return the books', dueDate: dayFromNow(1) },
    { title: 'Book the train', dueDate: dayFromNow(9), labels: ['travel'] },
    { title: 'Read a chapter' },
  ])
  await openDashboard(page)
  await expect(viewLink(page, 'All')).toHaveAccessibleName('All 5')

  await test.step('Today, with a server that takes its time', async () => {
    await viewLink(page, 'Today').click()
    await expect(page).toHaveURL('/dashboard?view=today')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today')
    await expect(page).toHaveTitle('(2) Today · Tend')
    await expect(section(page, 'Overdue').filter({ hasText: 'Renew' })).toBeVisible()
    await expect(rowOf(page, 'Water the plants').getByRole('checkbox')).toBeChecked()
    const restore = await intercept(page, 'POST', /\/toggle$/, async (route) => {
      await page.waitForTimeout(800)
      await route.fallback()
    })
    await page.getByRole('checkbox', { name: 'Complete Renew the passport' }).click()
    await expect(page).toHaveTitle('(1) Today · Tend', { timeout: 600 })
    await expect(viewLink(page, 'Today')).toHaveAccessibleName('Today 1', { timeout: 100 })
    await expect(viewLink(page, 'Completed')).toHaveAccessibleName('Completed 2')
    await restore()
  })

  await test.step('what was completed keeps its place until the view is left', async () => {
    await expect(rowOf(page, 'Renew the passport').getByRole('checkbox')).toBeChecked()
    await page.waitForTimeout(900)
    await expect(section(page, 'Overdue').filter({ hasText: 'Renew' })).toBeVisible()
    await viewLink(page, 'Upcoming').click()
    await expect(section(page, 'Tomorrow').filter({ hasText: 'Return the books' })).toBeVisible()
    await expect(page).toHaveTitle('(2) Upcoming · Tend')
    await page.goBack()
    await expect(page).toHaveURL('/dashboard?view=today')
    await expect(rowOf(page, 'Pay rent')).toBeVisible()
    await expect(rowOf(page, 'Renew the passport')).toBeHidden()
  })

  await test.step('Completed, opened before the server has answered, and a label', async () => {
    const isOpen = Promise.withResolvers<void>()
    const restore = await intercept(page, 'POST', /\/toggle$/, async (route) => {
      await isOpen.promise
      await route.fallback()
    })
    await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
    await expect(page.getByText('All tended.')).toBeVisible()
    await expect(viewLink(page, 'home')).toBeHidden()
    await viewLink(page, 'Completed').click()
    await expect.poll(() => shownTitles(page)).toHaveLength(3)
    isOpen.resolve()
    await restore()
    await waitForQuiet(page)
    await expect.poll(() => shownTitles(page)).toHaveLength(3)
    await viewLink(page, 'travel').click()
    await expect(page).toHaveURL('/dashboard?label=travel')
    await expect(page).toHaveTitle('(1) travel · Tend')
    await expect(rowOf(page, 'Book the train')).toBeVisible()
  })

  await test.step('the trash', async () => {
    await rowOf(page, 'Book the train').hover()
    await page.getByRole('button', { name: 'Delete Book the train' }).click()
    await expect(viewLink(page, 'Trash')).toHaveAccessibleName('Trash 1')
    await expect(viewLink(page, 'All')).toHaveAccessibleName('All 2')
    await viewLink(page, 'Trash').click()
    await page.getByRole('button', { name: 'Restore Book the train' }).click()
    await expect(page.getByText('The trash is empty.')).toBeVisible()
    await expect(viewLink(page, 'Upcoming')).toHaveAccessibleName('Upcoming 2')
    await page.keyboard.press('u')
    await expect(rowOf(page, 'Book the train')).toBeVisible()
    await page.getByRole('button', { name: 'Delete Book the train for good' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click()
    await expect(page.getByText('The trash is empty.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('The trash is empty.')).toBeVisible()
    await expect(viewLink(page, 'All')).toHaveAccessibleName('All 2')
  })
})

test('filters, order and search stand in the address, for Back and for a copied link', async ({
  page,
  person,
  context,
}) => {
  await seedTasks(person, [
    { title: 'Buy soil', priority: 'low', labels: ['garden'] },
    { title: 'Ask Ada', isCompleted: true },
    { title: 'Call the bank', priority: 'high', description: 'About the garden loan' },
  ])
  await page.goto('/dashboard')
  await expect.poll(() => shownTitles(page)).toHaveLength(3)
  await page.getByRole('button', { name: 'Filter and order' }).click()
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Open')
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By priority')
  await expect(page).toHaveURL('/dashboard?status=open&sort=priority')
  const open = page.getByRole('list', { name: 'Tasks' }).getByRole('checkbox')
  await expect(open).toHaveCount(2)
  await expect(open.first()).toHaveAccessibleName('Complete Call the bank')

  const copy = await context.newPage()
  await copy.goto(page.url())
  await expect(copy.getByRole('checkbox').first()).toHaveAccessibleName('Complete Call the bank')
  await copy.close()

  await page.keyboard.press('/')
  const field = page.getByRole('searchbox', { name: 'Search all tasks' })
  await expect(field).toBeFocused()
  await page.keyboard.type('garden')
  await expect(page).toHaveURL(/[?&]q=garden/)
  await expect(rowOf(page, 'Call the bank')).toBeVisible()
  await expect(rowOf(page, 'Buy soil')).toBeHidden()
  await field.fill('zebra')
  await expect(page.getByText('Nothing found for “⁨zebra⁩”.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(rowOf(page, 'Buy soil')).toBeVisible()
  await expect(page).toHaveURL('/dashboard?status=open&sort=priority')
  await page.goBack()
  await expect(page).toHaveURL('/dashboard?status=open&sort=priority')
  await page.goBack()
  await expect(page).toHaveURL('/dashboard?status=open')
  await page.goBack()
  await expect(page).toHaveURL('/dashboard')
  await expect.poll(() => shownTitles(page)).toHaveLength(3)

  await page.keyboard.press('/')
  await viewLink(page, 'Today').click()
  await expect(field).toBeHidden()
  await viewLink(page, 'All').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All tasks')
  await expect(field).toBeHidden()
  await viewLink(page, 'Today').click()
  await page.keyboard.press('/')
  await page.keyboard.type('garden')
  await expect(page).toHaveURL(/[?&]q=garden/)
  await viewLink(page, 'Today').click()
  await expect(field).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today')
})

test('what cannot be read in the address counts as not said', async ({ page, person }) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard?view=nowhere&sort=%00&q=%20%20&task=x&label=')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All tasks')
  await expect(rowOf(page, 'Pay rent')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the views are in reach of the thumb, and several tasks are selected by touch', async ({
    person,
    openBrowser,
    context,
  }) => {
    const phone = await openBrowser({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      storageState: await context.storageState(),
    })
    const page = await phone.newPage()
    await seedTasks(person, [
      { title: 'Pay rent', dueDate: dayFromNow(0), labels: ['home'] },
      { title: 'Read a chapter', labels: ['home'] },
    ])
    await page.goto('/dashboard')
    await page.getByRole('link', { name: 'Today' }).tap()
    await expect(page).toHaveURL('/dashboard?view=today')
    await page.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('dialog').getByRole('link', { name: 'home 2' }).tap()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page).toHaveURL('/dashboard?label=home')
    await page.getByRole('button', { name: 'Select tasks' }).tap()
    await page.getByRole('button', { name: 'Pay rent', exact: true }).tap()
    await page.getByRole('button', { name: 'Read a chapter', exact: true }).tap()
    await page.getByRole('toolbar').getByRole('button', { name: 'Complete' }).tap()
    await expect(page.getByText('2 tasks completed')).toBeVisible()
    await expect(page.getByText('0 left')).toBeVisible()
    await page.getByRole('button', { name: 'Write a task' }).tap()
    await expect(quickAdd(page)).toBeFocused()
    await page.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('button', { name: 'Find or do' }).tap()
    const palette = page.getByRole('dialog', { name: 'Commands and tasks' })
    await expect(palette.getByRole('combobox')).toBeFocused()
    await palette.getByRole('option', { name: 'Trash' }).tap()
    await expect(page).toHaveURL('/dashboard?view=trash')
  })
})
