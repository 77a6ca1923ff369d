import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import { answerWith, intercept } from './faults.ts'
import {
  addTasks,
  detailsOf,
  expect,
  type Person,
  rowOf,
  seedTasks,
  shownTitles,
  test,
} from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

/** Fills the trash of a person; gives the tasks, the first on top. */
async function fillTrash(person: Person, count: number) {
  const tasks = await seedTasks(
    person,
    Array.from({ length: count }, () => ({})),
  )
  for (let start = 0; start < count; start += 100) {
    const ids = tasks.slice(start, start + 100).map(({ id }) => id)
    await unwrap(person.tasks.bulk({ body: { action: 'delete', ids } }))
  }
  return tasks
}

test('the trash is emptied in one press, after asking, and in other tabs too', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 412/)
  const tasks = await fillTrash(person, 130)
  const restored = tasks[40]?.id ?? ''
  const other = await context.newPage()
  await other.goto('/dashboard?view=trash')
  await page.goto('/dashboard?view=trash')
  await expect(page.getByText('130 tasks')).toBeVisible()
  await page.bringToFront()

  const button = page.getByRole('button', { name: 'Empty trash' })
  const dialog = page.getByRole('alertdialog', { name: 'Delete 130 tasks for good?' })
  await button.click()
  await expect(dialog).toHaveAccessibleDescription(/It cannot be undone/)
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()

  await button.click()
  await expect(dialog.getByRole('button', { name: 'Keep them' })).toBeFocused()
  // What is brought back elsewhere while the question stands there is not deleted.
  await unwrap(person.tasks.restore({ params: { id: restored } }))
  await dialog.getByRole('button', { name: 'Empty trash' }).click()
  await expect(page.getByText('The trash is empty.')).toBeVisible()
  await expect(page.getByText('129 tasks deleted for good')).toBeVisible()
  await expect(button).toBeHidden()
  await expect(other.getByText('The trash is empty.')).toBeVisible()
  await expect
    .poll(async () => await unwrap(person.tasks.counts()))
    .toMatchObject({ open: 1, deleted: 0 })
  const views = page.getByRole('navigation', { name: 'Views' })
  await expect(views.getByRole('link', { name: 'All' })).toHaveAccessibleName('All 1')
})

test('a trash that can only be emptied in part says so, and keeps the rest', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 503/)
  const tasks = await fillTrash(person, 6)
  await page.goto('/dashboard?view=trash')
  const fails = new Set(tasks.slice(2).map(({ id }) => id))
  const restore = await intercept(page, 'DELETE', /./, (route) =>
    fails.has(new URL(route.request().url()).pathname.split('/').at(-1) ?? '')
      ? answerWith('UNAVAILABLE', { 'retry-after': '5' })(route)
      : route.fallback(),
  )
  const empty = async () => {
    await page.getByRole('button', { name: 'Empty trash' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Empty trash' }).click()
  }
  await empty()
  await expect(page.getByText(/^4 tasks could not be deleted for good\. Tend is not/)).toBeVisible()
  await expect(rowOf(page, 'Task 3')).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(4)
  await restore()
  let atOnce = 0
  let most = 0
  await intercept(page, 'DELETE', /./, async (route) => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await page.waitForTimeout(150)
    atOnce -= 1
    await route.fallback()
  })
  await fillTrash(person, 8)
  await page.reload()
  await waitForQuiet(page)
  await page.keyboard.press('Control+a')
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete for good' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('12 tasks deleted for good')).toBeVisible()
  // A person has a number of requests a minute, and a browser a number of connections.
  expect(most).toBeLessThanOrEqual(4)
  await expect(page.getByText('The trash is empty.')).toBeVisible()
  await expect.poll(async () => (await unwrap(person.tasks.counts())).deleted).toBe(0)
})

test('a live task opened over the trash is moved there, not deleted for good, and the trash stays', async ({
  page,
  person,
}) => {
  const [gone, live] = await addTasks(person, 'Old list', 'Pay rent')
  await unwrap(person.tasks.delete({ params: { id: gone?.id ?? '' } }))
  await page.goto(`/dashboard?view=trash&task=${live?.id}`)
  const details = detailsOf(page)
  await details.getByRole('button', { name: 'Close details' }).click()
  await expect(details).toBeHidden()
  await expect(page.getByRole('button', { name: 'Old list', exact: true })).toBeFocused()
  await expect(page).toHaveURL(/\?view=trash$/)
  await page.goBack()
  await details.getByRole('button', { name: 'Delete Pay rent' }).click()
  await expect(details).toBeHidden()
  await expect.poll(() => shownTitles(page)).toEqual(['Pay rent', 'Old list'])
  await expect(page).toHaveURL(/\?view=trash$/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => shownTitles(page)).toEqual(['Old list'])
  await expect
    .poll(async () => await unwrap(person.tasks.counts()))
    .toMatchObject({ open: 1, deleted: 1 })
})
