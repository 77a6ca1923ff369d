import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import { answerWith, intercept } from './faults.ts'
import { addTasks, dayFromNow, expect, quickAdd, rowOf, shownTitles, test } from './fixtures.ts'

test('several tasks are completed, deleted and brought back at once', async ({ page, person }) => {
  await addTasks(person, 'Fifth', 'Fourth', 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(5) All tasks · Tend')
  const title = (name: string) => page.getByRole('button', { name, exact: true })
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' })

  await page.keyboard.press('j')
  await expect(title('First')).toBeFocused()
  await page.keyboard.press('x')
  await title('Third').click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('3 selected')
  await page.emulateMedia({ forcedColors: 'active' })
  await expect(rowOf(page, 'First').locator('[data-selected]')).toHaveCSS('outline-style', 'solid')
  await expect(bar).toHaveCSS('border-top-style', 'solid')
  await page.emulateMedia({ forcedColors: 'none' })
  await expect(page.getByRole('status').filter({ hasText: '3 selected' })).toBeAttached()
  await bar.getByRole('button', { name: 'Complete' }).click()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(3)
  await expect(page.getByText('2 left')).toBeVisible()
  await expect(bar).toBeHidden()
  await expect(title('First')).toBeFocused()
  // The message with Undo hides nothing of the bar.
  await title('Second').click({ modifiers: ['ControlOrMeta'] })
  await bar.getByRole('button', { name: 'Reopen' }).click({ trial: true })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('5 left')).toBeVisible()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)

  await title('Second').click({ modifiers: ['ControlOrMeta'] })
  await title('Fourth').click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Delete')
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third', 'Fifth'])
  await expect(title('Fifth')).toBeFocused()
  await expect(page.getByText('2 tasks moved to the trash')).toBeVisible()
  await page.keyboard.press('u')
  await expect
    .poll(() => shownTitles(page))
    .toEqual(['First', 'Second', 'Third', 'Fourth', 'Fifth'])
  await expect.poll(async () => (await unwrap(person.tasks.counts()))?.deleted).toBe(0)

  const answer = Promise.withResolvers<void>()
  await intercept(page, 'POST', /\/api\/tasks$/, async (route) => {
    await answer.promise
    await route.fallback()
  })
  await quickAdd(page).fill('Newest')
  await quickAdd(page).press('Enter')
  await expect.poll(async () => (await shownTitles(page))[0]).toBe('Newest')
  await title('First').focus()
  await page.keyboard.press('Control+a')
  // What is still on its way to the server cannot be among them.
  await expect(bar).toContainText('5 selected')
  await bar.getByRole('button', { name: 'Complete' }).click()
  await expect.poll(async () => (await unwrap(person.tasks.counts()))?.completed).toBe(5)
  answer.resolve()
})

test('several tasks get one due date, and Undo gives each its own back', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 503/)
  const tasks = await addTasks(person, 'Third', 'Second', 'First')
  const [third] = tasks
  const own = dayFromNow(5)
  await unwrap(person.tasks.update({ params: { id: third?.id ?? '' }, body: { dueDate: own } }))
  const dates = async () => {
    const { items } = await unwrap(person.tasks.list())
    return items.map(({ dueDate }) => dueDate)
  }
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(3) All tasks · Tend')
  const date = page.getByRole('toolbar').getByRole('button', { name: 'Date' })
  const picker = page.getByRole('dialog', { name: 'Due date of the selected tasks' })
  await page.keyboard.press('Control+a')
  await date.click()
  await expect(picker.getByLabel('Type a date')).toBeFocused()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(date).toBeFocused()
  await expect(page.getByRole('toolbar')).toContainText('3 selected')
  await date.press('Enter')
  await picker.getByRole('button', { name: 'Tomorrow' }).click()
  await expect(page.getByText('3 tasks due tomorrow')).toBeVisible()
  await expect(page.getByRole('button', { name: 'First', exact: true })).toBeFocused()
  await expect.poll(dates).toEqual(Array.from({ length: 3 }, () => dayFromNow(1)))
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(dates).toEqual([null, null, own])

  await intercept(page, 'PATCH', new RegExp(third?.id ?? ''), answerWith('UNAVAILABLE'))
  await page.keyboard.press('Control+a')
  await date.click()
  await picker.getByRole('button', { name: 'Today' }).click()
  await expect(page.getByText(/1 of 3 tasks could not be changed/)).toBeVisible()
  await expect.poll(dates).toEqual([dayFromNow(0), dayFromNow(0), own])
})

test('several tasks get one more label, and Undo takes it away from those that had it not', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Third', 'Second', 'First')
  const garden = { title: 'Weed', labels: ['garden', 'home'] }
  await unwrap(person.tasks.create({ body: garden }))
  const labels = async () => {
    const { items } = await unwrap(person.tasks.list())
    return items.map((task) => task.labels)
  }
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(4) All tasks · Tend')
  const label = page.getByRole('toolbar').getByRole('button', { name: 'Label' })
  const choice = page.getByRole('dialog', { name: 'Label for the selected tasks' })
  const field = choice.getByRole('combobox', { name: 'Add a label' })
  await page.keyboard.press('Control+a')
  await label.click()
  await expect(field).toBeFocused()
  await expect(choice.getByRole('option')).toHaveText(['#garden', '#home'])
  await expectNoViolations(page)
  // A word that is left is none.
  await field.fill('never')
  await page.keyboard.press('Escape')
  await expect(label).toBeFocused()
  await expect(page.getByRole('toolbar')).toContainText('4 selected')

  await label.press('Enter')
  await field.fill('a'.repeat(31))
  await page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription(/at most 30 characters; this one has 31/)
  await field.fill('ho')
  await choice.getByRole('option', { name: 'home' }).click()
  await expect(page.getByText('3 tasks labelled home')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Weed', exact: true })).toBeFocused()
  await expect(page.getByRole('toolbar')).toBeHidden()
  const home = ['home']
  await expect.poll(labels).toEqual([garden.labels, home, home, home])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(labels).toEqual([garden.labels, [], [], []])

  await page.keyboard.press('Control+a')
  await label.click()
  await field.fill('new')
  await page.keyboard.press('Enter')
  await expect.poll(labels).toEqual([[...garden.labels, 'new'], ['new'], ['new'], ['new']])
})

test('undo goes back step by step, whatever was done', async ({ page, person }) => {
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(3) All tasks · Tend')
  await page.getByRole('checkbox', { name: 'Complete First' }).click()
  await rowOf(page, 'Second').hover()
  await page.getByRole('button', { name: 'Delete Second' }).click()
  await page.getByRole('checkbox', { name: 'Complete First' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])

  await page.keyboard.press('u')
  await expect(page.getByRole('checkbox', { name: 'Complete First' })).toBeChecked()
  await page.keyboard.press('Control+z')
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
  await page.keyboard.press('u')
  await expect(page.getByRole('checkbox', { name: 'Complete First' })).not.toBeChecked()
  await page.keyboard.press('u')
  await expect(page.getByText('There is nothing to undo')).toBeVisible()
  await expect(page.getByText('3 left')).toBeVisible()
})

test('what could not be done to several tasks is shown undone', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 503/)
  await addTasks(person, 'Second', 'First')
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(2) All tasks · Tend')
  await intercept(page, 'POST', /\/bulk$/, answerWith('UNAVAILABLE', { 'retry-after': '5' }))
  await page.keyboard.press('Control+a')
  await page.keyboard.press('#')
  await expect(page.getByText(/2 tasks could not be moved to the trash/)).toBeVisible()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second'])
  await expect(page.getByText('2 left')).toBeVisible()
})
