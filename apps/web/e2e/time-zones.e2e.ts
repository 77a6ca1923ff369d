import { expect, rowOf, seedTasks, test } from './fixtures.ts'

/** The date somewhere, as in `2026-11-21`. */
function dayIn(timeZone: string, moment = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment)
}

for (const timezoneId of ['Pacific/Auckland', 'America/Los_Angeles']) {
  test(`a person in ${timezoneId} sees their own today`, async ({
    person,
    context,
    openBrowser,
  }) => {
    const now = new Date()
    const later = new Date(now.getTime() + 24 * 60 * 60 * 1000)
    const earlier = new Date(now.getTime() - 24 * 60 * 60 * 1000)
    await seedTasks(person, [
      { title: 'Pay rent', dueDate: dayIn(timezoneId, now) },
      { title: 'Return the books', dueDate: dayIn(timezoneId, later) },
      { title: 'Renew the passport', dueDate: dayIn(timezoneId, earlier) },
    ])
    const there = await openBrowser({ timezoneId, storageState: await context.storageState() })
    const page = await there.newPage()
    await page.goto('/dashboard?view=today')
    await expect(page).toHaveTitle('(2) Today · Tend')
    const today = page.getByRole('list', { name: 'Today' })
    await expect(today).toContainText('Pay rent')
    await expect(page.getByRole('list', { name: 'Overdue' })).toContainText('Renew the passport')
    await expect(page.getByRole('list', { name: 'Overdue' })).toContainText('yesterday')
    await expect(rowOf(page, 'Return the books')).toBeHidden()
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await expect(page.getByRole('list', { name: 'Tomorrow' })).toContainText('Return the books')
  })
}

test('the day changes at the person’s own midnight', async ({ person, context, openBrowser }) => {
  const timezoneId = 'Pacific/Auckland'
  await seedTasks(person, [
    { title: 'Pay rent', dueDate: '2027-03-10' },
    { title: 'Return the books', dueDate: '2027-03-11' },
  ])
  const there = await openBrowser({ timezoneId, storageState: await context.storageState() })
  const page = await there.newPage()
  // 23:59 in Auckland, when it is 10:59 in London.
  await page.clock.install({ time: new Date('2027-03-10T10:59:00Z') })
  await page.goto('/dashboard?view=today')
  await expect(page).toHaveTitle('(1) Today · Tend')
  await expect(rowOf(page, 'Pay rent')).toBeVisible()
  await expect(rowOf(page, 'Return the books')).toBeHidden()
  await page.clock.runFor(70_000)
  await expect(page.getByRole('list', { name: 'Today' })).toContainText('Return the books')
  await expect(page.getByRole('list', { name: 'Overdue' })).toContainText('Pay rent')
  await expect(page).toHaveTitle('(2) Today · Tend')
})
