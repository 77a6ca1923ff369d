import { unwrap } from '@tend/contracts/client'
import { breakOff, intercept } from './faults.ts'
import { addTasks, alertOf, expect, openDetails, rowOf, shownTitles, test } from './fixtures.ts'

test('a change from elsewhere is shown beside my own words', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  const read = async () => (await unwrap(person.tasks.get({ params })))?.title
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  const title = details.getByRole('textbox', { name: 'Title' })
  await title.fill('Pay rent on Monday')
  await unwrap(person.tasks.update({ params, body: { title: 'Pay rent and water' } }))
  await page.keyboard.press('Enter')
  const note = alertOf(page)
  await expect(note).toContainText('changed somewhere else while you were writing')
  await expect(note).toContainText('Pay rent on Monday')
  await expect(note).toContainText('Pay rent and water')
  await expect(title).toHaveValue('Pay rent on Monday')
  await details.getByRole('button', { name: 'Keep mine' }).click()
  await expect.poll(read).toBe('Pay rent on Monday')
  await expect(note).toBeHidden()
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent on Monday'])

  await title.fill('Pay nothing')
  await unwrap(person.tasks.update({ params, body: { title: 'Pay rent by mail' } }))
  await page.keyboard.press('Enter')
  await details.getByRole('button', { name: 'Take theirs' }).click()
  await expect(title).toHaveValue('Pay rent by mail')
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent by mail'])

  await title.fill('Pay rent at noon')
  await page.keyboard.press('Enter')
  await expect.poll(read).toBe('Pay rent at noon')
  await unwrap(person.tasks.update({ params, body: { title: 'Pay rent at one' } }))
  await details.getByRole('button', { name: 'Close details' }).click()
  await page.keyboard.press('u')
  await expect(
    page.getByText(/could not be changed back. It was changed somewhere else/),
  ).toBeVisible()
})

test('changes of other fields elsewhere are no conflict for the one I write', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('textbox', { name: 'Title' }).fill('Pay rent on Monday')
  await unwrap(
    person.tasks.update({
      params,
      body: { isCompleted: true, labels: ['theirs'], description: 'Theirs', priority: 'high' },
    }),
  )
  await details.getByRole('combobox', { name: 'Add a label' }).fill('mine')
  await page.keyboard.press('Enter')
  await expect(details.getByRole('radio', { name: 'High' })).toBeChecked()
  await expect(details.getByText('Theirs', { exact: true })).toBeVisible()
  await expect
    .poll(() => unwrap(person.tasks.get({ params })))
    .toMatchObject({
      title: 'Pay rent on Monday',
      isCompleted: true,
      labels: ['theirs', 'mine'],
    })
})

test('what was saved without the blanks around it, the answer lost, is no conflict', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await intercept(page, 'PATCH', /./, async (route) => {
    await route.fetch()
    await breakOff(route)
  })
  const title = (await openDetails(page, 'Pay rent')).getByRole('textbox', { name: 'Title' })
  await title.fill('Pay the rent ')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownTitles(page)).toEqual(['Pay the rent'])
  await expect(title).toHaveValue('Pay the rent')
  await expect(alertOf(page)).toBeHidden()
})

test('a tick set elsewhere is not taken back by ticking here', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/, /net::ERR_/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  // The page is not told in time.
  await intercept(page, 'GET', /\/api\/tasks\/events$/, breakOff)
  await page.goto('/dashboard')
  await unwrap(person.tasks.toggle({ params }))
  const answer = page.waitForResponse((to) => /\/api\/tasks\/[^/]+$/.test(to.url()))
  await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await answer
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent' })).toBeChecked()
  expect((await unwrap(person.tasks.get({ params })))?.isCompleted).toBe(true)
})

test('words for a task that was deleted elsewhere become a new task', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/)
  const { id } = await unwrap(
    person.tasks.create({ body: { title: 'Pay rent', labels: ['home'], description: 'Soon' } }),
  )
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('textbox', { name: 'Title' }).fill('Pay rent on Monday')
  await unwrap(person.tasks.delete({ params: { id } }))
  await page.keyboard.press('Enter')
  await expect(details.getByRole('alert')).toContainText('deleted somewhere else')
  await expect(details.getByRole('alert')).toContainText('Pay rent on Monday')
  await details.getByRole('button', { name: 'Add as new' }).click()
  await expect(rowOf(page, 'Pay rent on Monday')).toBeVisible()
  await expect
    .poll(async () => (await unwrap(person.tasks.list())).items)
    .toMatchObject([{ title: 'Pay rent on Monday', labels: ['home'], description: 'Soon' }])
})
