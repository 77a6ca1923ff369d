import { expectNoViolations } from './axe.ts'
import { answerWith, intercept } from './faults.ts'
import { addTasks, expect, quickAdd, test } from './fixtures.ts'
import { openDashboard, waitForQuiet } from './quiet.ts'

test('the palette goes to views and tasks, and runs commands, by keys alone', async ({
  page,
  person,
}) => {
  const [task] = await addTasks(person, 'Water the plants', 'Pay rent')
  await openDashboard(page)
  await quickAdd(page).fill('Half a thought')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Commands and tasks' })
  const field = palette.getByRole('combobox')
  await expect(field).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(palette.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(quickAdd(page)).toBeFocused()
  await expect(quickAdd(page)).toHaveValue('Half a thought')
  await quickAdd(page).fill('')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('trash')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/view=trash/)
  await page.goBack()
  await expect(page).not.toHaveURL(/view=trash/)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('PLANTS')
  const found = palette.getByRole('option', { name: 'Water the plants' })
  await expect(found).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`task=${task?.id}`))
  await expect(page.getByRole('complementary', { name: 'Task details' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/task=/)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('write new')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(quickAdd(page)).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('rent')
  await palette.getByRole('option', { name: 'Search all tasks for “rent”' }).click()
  await expect(page).toHaveURL(/q=rent/)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await page.getByRole('button', { name: 'Find or do' }).click()
  await page.keyboard.type('sign out')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/login')
})

test('what is typed before a part of the page is there does nothing to the tasks', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Water the plants')
  await openDashboard(page)
  await page.route('**/_next/static/chunks/**', async (route) => {
    await page.waitForTimeout(700)
    await route.fallback()
  })
  await page.keyboard.press('j')
  await page.keyboard.press('Control+k')
  // Each of these letters is a key of the list as well.
  await page.keyboard.type('exc')
  await page.keyboard.press('Backspace')
  const field = page.getByRole('dialog', { name: 'Commands and tasks' }).getByRole('combobox')
  await expect(field).toHaveValue('ex')
  await page.keyboard.type('port as')
  await expect(field).toHaveValue('export as')
  await page.keyboard.press('Escape')
  await page.keyboard.press('x')
  await page.getByRole('toolbar').getByRole('button', { name: 'Label' }).click()
  await page.keyboard.type('c#')
  await expect(page.getByRole('dialog', { name: 'Label for the selected tasks' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('toolbar')).toContainText('1 selected')
  await expect(page.getByRole('checkbox', { name: 'Water the plants' })).not.toBeChecked()
})

test('the palette that was asked for and called off does not come', async ({ page, person }) => {
  await addTasks(person, 'Water the plants')
  await openDashboard(page)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/chunks/**', async (route) => {
    await held
    await route.fallback()
  })
  await page.keyboard.press('j')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('tr')
  await page.keyboard.press('Escape')
  release()
  await waitForQuiet(page)
  const palette = page.getByRole('dialog', { name: 'Commands and tasks' })
  await expect(palette).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox')).toHaveValue('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await expect(page.getByRole('checkbox', { name: 'Water the plants' })).toBeChecked()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the palette in the ${colorScheme} theme`, async ({
    page,
    person,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 500/)
    await page.emulateMedia({ colorScheme })
    await addTasks(person, 'Water the plants')
    await page.goto('/dashboard')
    await page.getByRole('button', { name: 'Find or do' }).click()
    const palette = page.getByRole('dialog', { name: 'Commands and tasks' })
    await expect(palette.getByRole('option', { name: 'Today' })).toBeVisible()
    await expectNoViolations(page)
    await page.keyboard.type('water')
    await expect(palette.getByRole('option', { name: 'Water the plants' })).toBeVisible()
    await expect(palette.getByText('1 task found')).toBeAttached()
    await expectNoViolations(page)
    await intercept(page, 'GET', /\/api\/tasks$/, answerWith('INTERNAL_ERROR'))
    await page.keyboard.type(' the')
    await expect(palette.getByText(/Tasks could not be searched/)).toBeVisible()
    await expectNoViolations(page)
  })
}
