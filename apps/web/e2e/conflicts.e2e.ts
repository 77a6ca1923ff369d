import { unwrap } from '@tend/contracts/client'
import { addTasks, alertOf, expect, rowOf, shownTitles, test } from './fixtures.ts'

test('a change from elsewhere is shown beside my own words', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  await page.goto('/dashboard')
  await rowOf(page, 'Pay rent').getByText('Pay rent').click()
  await unwrap(person.tasks.update({ params, body: { title: 'Pay rent and water' } }))
  await page.getByLabel('Title').fill('Pay rent on Monday')
  await page.getByRole('button', { name: 'Save' }).click()
  const note = alertOf(page)
  await expect(note).toContainText('changed somewhere else while you were writing')
  await expect(note).toContainText('Pay rent and water')
  await expect(page.getByLabel('Title')).toHaveValue('Pay rent on Monday')
  await page.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent on Monday'])

  await rowOf(page, 'Pay rent on Monday').getByText('Pay rent on Monday').click()
  await unwrap(person.tasks.update({ params, body: { title: 'Pay rent by mail' } }))
  await page.getByLabel('Title').fill('Pay nothing')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Take the other one' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('Pay rent by mail')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent by mail'])
})

test('a task completed elsewhere is no conflict for its words', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  await page.goto('/dashboard')
  await rowOf(page, 'Pay rent').getByText('Pay rent').click()
  await unwrap(person.tasks.toggle({ params }))
  await page.getByLabel('Title').fill('Pay rent on Monday')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('checkbox', { name: 'Complete Pay rent on Monday' })).toBeChecked()
})

test('a tick set elsewhere is not taken back by ticking here', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
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
  const [task] = await addTasks(person, 'Pay rent')
  await page.goto('/dashboard')
  await rowOf(page, 'Pay rent').getByText('Pay rent').click()
  await unwrap(person.tasks.delete({ params: { id: task?.id ?? '' } }))
  await page.getByLabel('Title').fill('Pay rent on Monday')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(alertOf(page)).toContainText('deleted somewhere else')
  await page.getByRole('button', { name: 'Add it as a new task' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent on Monday'])
})
