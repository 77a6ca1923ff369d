import { unwrap } from '@tend/contracts/client'
import { breakOff, intercept, interceptLateScripts } from './faults.ts'
import {
  addTasks,
  alertOf,
  detailsOf,
  expect,
  openDetails,
  rowOf,
  shownTitles,
  test,
} from './fixtures.ts'

test('Escape leaves the details for the row they were opened from', async ({ page, person }) => {
  await addTasks(person, 'Write to Grace', 'Pay rent')
  await page.goto('/dashboard')
  await openDetails(page, 'Pay rent')
  await expect(detailsOf(page)).toBeFocused()
  const current = rowOf(page, '').locator('[aria-current]')
  await expect(current).toHaveText(['Pay rent'])
  await openDetails(page, 'Write to Grace')
  await expect(current).toHaveText(['Write to Grace'])
  await page.keyboard.press('e')
  await expect(detailsOf(page).getByRole('textbox', { name: 'Notes' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(detailsOf(page).getByRole('button', { name: 'Add notes' })).toBeFocused()
  await page.keyboard.press('e')
  await page.keyboard.type('By hand')
  await page.keyboard.press('Control+Enter')
  await expect(detailsOf(page).getByRole('button', { name: 'Edit notes' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(detailsOf(page)).toBeHidden()
  await openDetails(page, 'Pay rent')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(detailsOf(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Pay rent', exact: true })).toBeFocused()
  await expect(current).toHaveCount(0)
})

test('on a small or zoomed screen Escape closes the calendar, then the details, and all of both is in reach', async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('button', { name: /^Due/ }).click()
  const calendar = details.getByRole('dialog', { name: 'Due date' })
  const box = await calendar.boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(450)
  await page.keyboard.press('Escape')
  await expect(calendar).toBeHidden()
  await expect(details).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
})

test('a label that is typed and not entered is kept when its field or the details are left', async ({
  page,
  person,
}) => {
  const [task] = await addTasks(person, 'Pay rent')
  const labels = async () =>
    (await unwrap(person.tasks.get({ params: { id: task?.id ?? '' } })))?.labels
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  const field = details.getByRole('combobox', { name: 'Add a label' })
  await field.fill('home')
  // The first label makes room for itself above: the press still meets what it was meant for.
  await details.getByRole('button', { name: 'Add notes' }).click({ delay: 80 })
  await expect(details.getByRole('textbox', { name: 'Notes' })).toBeFocused()
  await expect.poll(labels).toEqual(['home'])
  await field.fill('#to read')
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  await expect.poll(labels).toEqual(['home', 'to read'])
  await openDetails(page, 'Pay rent')
  await field.fill('travel')
  await details.getByRole('button', { name: 'Close details' }).click({ delay: 80 })
  await expect.poll(labels).toEqual(['home', 'to read', 'travel'])
})

test('Escape right after Enter closes the details, and what Enter saved is not lost', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  await addTasks(person, 'Write to Grace', 'Pay rent')
  await page.goto('/dashboard')
  const closed = Promise.withResolvers<void>()
  await intercept(page, 'PATCH', /./, async (route) => {
    await closed.promise
    await breakOff(route)
  })
  const details = await openDetails(page, 'Pay rent')
  const title = details.getByRole('textbox', { name: 'Title' })
  await title.fill('Pay the rent')
  await page.keyboard.press('Enter')
  await page.keyboard.type(' and more')
  await page.keyboard.press('Escape')
  await expect(title).toHaveValue('Pay the rent')
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  closed.resolve()
  const waiting = page.getByRole('list', { name: 'Changes not saved yet' })
  await expect(waiting).toContainText('Pay the rent')
  await expect(waiting).not.toContainText('and more')
  await waiting.getByRole('button', { name: 'Open' }).click()
  await expect(details.getByText('Not saved. What you wrote is still here.')).toBeVisible()
  await title.press('Escape')
  await expect(details).toBeHidden()
  await expect(waiting).toContainText('Pay the rent')

  await openDetails(page, 'Write to Grace')
  await title.fill('Write to Ada')
  await page.keyboard.press('Enter')
  await expect(details.getByText('Not saved. What you wrote is still here.')).toBeVisible()
  await page.keyboard.press('Escape')
  const discard = waiting.getByRole('button', { name: 'Discard' })
  await expect(discard).toHaveCount(2)
  await discard.last().press('Enter')
  await expect(discard).toHaveCount(1)
  await expect(waiting.getByRole('button', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('Enter')
  await details.getByRole('button', { name: 'Discard' }).press('Enter')
  await expect(waiting).toBeHidden()
  await expect(details).toBeFocused()
})

test('deleting from the details hands the focus on, and can be undone', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Second')
  await details.getByRole('button', { name: 'Delete Second' }).click()
  await expect(details).toBeHidden()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])
  const next = page.getByRole('button', { name: 'Third', exact: true })
  await expect(next).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])

  await openDetails(page, 'Second')
  await rowOf(page, 'Second').getByRole('button', { name: 'Delete Second' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])
  await expect(details).toBeHidden()
  await expect(next).toBeFocused()
})

test('what is typed while an answer is on its way, or left by Back, is saved', async ({
  page,
  person,
}) => {
  const [task] = await addTasks(person, 'Pay rent')
  const read = async () =>
    (await unwrap(person.tasks.get({ params: { id: task?.id ?? '' } })))?.title
  await page.goto('/dashboard')
  let answer = () => {}
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve
  })
  const restore = await intercept(page, 'PATCH', /./, async (route) => {
    await mayAnswer
    await route.fallback()
  })
  const details = await openDetails(page, 'Pay rent')
  const title = details.getByRole('textbox', { name: 'Title' })
  await title.fill('Pay rent on')
  await title.press('Enter')
  await title.fill('Pay rent on Monday')
  await details.getByRole('button', { name: 'Close details' }).click()
  await expect(details).toBeHidden()
  answer()
  await expect.poll(read).toBe('Pay rent on Monday')
  await restore()

  await openDetails(page, 'Pay rent on Monday')
  await title.fill('Pay all')
  await page.goBack()
  await expect(details).toBeHidden()
  await expect.poll(read).toBe('Pay all')

  await openDetails(page, 'Pay all')
  await title.fill('')
  await page.goBack()
  const waiting = page.getByRole('list', { name: 'Changes not saved yet' })
  await expect(waiting).toContainText('Write a few words first.')
})

test('what is not saved survives leaving, and is offered above the list', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  const [task] = await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  const restore = await intercept(page, 'PATCH', /./, breakOff)
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('button', { name: 'Add notes' }).click()
  await page.keyboard.type('From the new account')
  await page.reload()
  if (await detailsOf(page).isHidden()) await openDetails(page, 'Pay rent')
  const notes = details.getByRole('textbox', { name: 'Notes' })
  await expect(notes).toHaveValue('From the new account')
  await notes.focus()
  await page.keyboard.press('Escape')
  await expect(alertOf(page)).toContainText('Not saved. What you wrote is still here.')
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  const waiting = page.getByRole('list', { name: 'Changes not saved yet' })
  await expect(waiting).toContainText('Not saved: the notes of “\u2068Pay rent\u2069”.')
  await restore()
  await waiting.getByRole('button', { name: 'Open' }).click()
  await details.getByRole('button', { name: 'Try again' }).click()
  await expect(rowOf(page, 'Pay rent').getByLabel('has notes')).toBeVisible()
  await expect(details.getByText('From the new account')).toBeVisible()
  await expect
    .poll(
      async () => (await unwrap(person.tasks.get({ params: { id: task?.id ?? '' } })))?.description,
    )
    .toBe('From the new account')
})

test('a title that was on its way when the page was left is offered above the list', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Pay rent')
  let isHeld = true
  await interceptLateScripts(page, (route) => (isHeld ? new Promise(() => {}) : route.continue()))
  await page.goto('/dashboard')
  await page.getByRole('button', { name: 'Pay rent', exact: true }).focus()
  await page.keyboard.press('e')
  await page.keyboard.press('End')
  await page.keyboard.type(' today')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeHidden()
  isHeld = false
  await page.reload()
  const waiting = page.getByRole('list', { name: 'Changes not saved yet' })
  await expect(waiting).toContainText('Pay rent today')
  await expect(waiting).toContainText('The page was left before it was saved.')
})

test('what is being typed in one tab is left alone by another one with the same task open', async ({
  page,
  person,
  context,
}) => {
  const [task] = await addTasks(person, 'Pay rent')
  const url = `/dashboard?task=${task?.id}`
  const other = await context.newPage()
  const sent: string[] = []
  other.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(request.postData() ?? '')
  })
  await other.goto(url)
  await page.goto(url)
  const titleIn = (tab: typeof page) => detailsOf(tab).getByRole('textbox', { name: 'Title' })
  await titleIn(page).fill('Pay the')
  await expect(titleIn(other)).toHaveValue('Pay the')
  await other.reload()
  await expect(titleIn(other)).toHaveValue('Pay the')
  await expect(alertOf(page)).toHaveCount(0)
  await detailsOf(other).getByRole('button', { name: 'Close details' }).click()
  await expect(detailsOf(other)).toBeHidden()
  await titleIn(page).fill('Pay the rent')
  await page.keyboard.press('Enter')
  await expect(rowOf(other, 'Pay the rent')).toBeVisible()
  expect(sent).toEqual([])
})
