import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import {
  addTasks,
  alertOf,
  dayFromNow,
  detailsOf,
  expect,
  openDetails,
  seedTasks,
  shownTitles,
  test,
} from './fixtures.ts'
import { openDashboard } from './quiet.ts'

test('each field of a task is saved on its own', async ({ page, person }) => {
  await unwrap(person.tasks.create({ body: { title: 'Sweep', labels: ['home', 'hobby'] } }))
  const [task] = await addTasks(person, 'Pay rent')
  const params = { id: task?.id ?? '' }
  const read = () => unwrap(person.tasks.get({ params }))
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  await details.getByRole('textbox', { name: 'Title' }).fill('Pay the rent')
  await page.keyboard.press('Enter')
  await expect.poll(read).toMatchObject({ title: 'Pay the rent' })
  await expect.poll(() => shownTitles(page)).toContain('Pay the rent')

  await details.getByText('High', { exact: true }).click()
  await expect.poll(read).toMatchObject({ priority: 'high' })

  const labels = details.getByRole('combobox', { name: 'Add a label' })
  await labels.fill('HO')
  await expect(page.getByRole('option')).toHaveText(['#hobby', '#home'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(read).toMatchObject({ labels: ['home'] })
  await labels.fill('home')
  await page.keyboard.press('Enter')
  await expect(labels).toHaveAccessibleDescription('The task has the label home already.')
  await expect(labels).toHaveValue('home')
  await labels.fill('to read')
  await page.keyboard.press(',')
  await expect.poll(read).toMatchObject({ labels: ['home', 'to read'] })
  await details.getByRole('button', { name: 'Take away label home' }).click()
  await expect.poll(read).toMatchObject({ labels: ['to read'] })

  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('e')
  await page.keyboard.type('From the **new** account')
  await page.keyboard.press('Control+Enter')
  await expect(details.locator('strong')).toHaveText('new')
  await expect.poll(read).toMatchObject({ description: 'From the **new** account' })
  await details.getByText('account').click()
  await page.keyboard.type(', soon')
  await details.getByText('Low', { exact: true }).click()
  await expect.poll(read).toMatchObject({
    ...{ description: 'From the **new** account, soon', priority: 'low' },
  })
  await details.getByRole('checkbox', { name: 'Complete Pay the rent' }).click()
  await expect.poll(read).toMatchObject({ isCompleted: true })
  await expect(details.getByText(/^Created .* · changed /)).toBeVisible()
})

test('a due date is chosen by words, from the usual ones, or in the calendar', async ({
  page,
  person,
}) => {
  await page.clock.setFixedTime('2026-11-21T10:00:00')
  const [task] = await addTasks(person, 'Pay rent')
  const dueDate = async () =>
    (await unwrap(person.tasks.get({ params: { id: task?.id ?? '' } })))?.dueDate
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  const button = details.getByRole('button', { name: /^Due date/ })
  await button.click()
  const words = page.getByLabel('Type a date')
  await expect(words).toBeFocused()
  await words.fill('never')
  await page.keyboard.press('Enter')
  await expect(words).toHaveAccessibleDescription(/no day from today on/)
  await words.fill('next friday')
  await expect(words).toHaveAccessibleDescription('Enter sets Friday, 27 November 2026')
  await page.keyboard.press('Enter')
  await expect(button).toHaveAccessibleName(/Friday, 27 November 2026$/)
  await expect.poll(dueDate).toBe('2026-11-27')

  await button.click()
  await page.getByRole('gridcell', { selected: true }).getByRole('button').focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', 'Home', 'Shift+PageDown']) {
    await page.keyboard.press(key)
  }
  // 28 November, 5 December, 5 January, the Sunday before it, a year later.
  const focused = page.locator('[role=gridcell] :focus')
  await expect(focused).toHaveAccessibleName(/^Monday,? 3 January 2028$/)
  await page.keyboard.press('Enter')
  await expect.poll(dueDate).toBe('2028-01-03')
  await button.click()
  await page.getByRole('button', { name: 'Next week' }).click()
  await expect.poll(dueDate).toBe('2026-11-28')
  await button.click()
  await page.getByRole('button', { name: 'No date' }).click()
  await expect.poll(dueDate).toBe(null)
  await expect(button).toBeFocused()
  await button.click()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Type a date')).toBeHidden()
  await expect(details).toBeVisible()
})

test('notes are shown as Markdown, and nothing in them runs or is loaded', async ({
  page,
  person,
}) => {
  const [task] = await addTasks(person, 'Pay rent')
  const description = [
    ...[
      '# Rent',
      'See [the bank](https://example.org/bank) or [here](javascript:document.title=1).',
    ],
    ...[
      '<img src="https://evil.example/a.png" onerror="document.title=1">',
      '<script>document.title=1</script>',
    ],
    ...['![a fern](https://evil.example/fern.png)', '- [x] ask', '- [ ] pay'],
  ].join('\n\n')
  await unwrap(person.tasks.update({ params: { id: task?.id ?? '' }, body: { description } }))
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto('/dashboard')
  const details = await openDetails(page, 'Pay rent')
  await expect(details.getByRole('heading', { name: 'Rent' })).toBeVisible()
  const links = details.getByRole('link')
  await expect(links).toHaveText(['the bank', 'a fern'])
  await expect(links.first()).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect(details).toContainText('<script>document.title=1</script>')
  await expect(details.locator('img, script')).toHaveCount(0)
  await expect(details.getByRole('img', { name: 'done', exact: true })).toBeVisible()
  expect(await page.title()).not.toBe('1')
  expect(requests.filter((url) => url.includes('evil.example'))).toEqual([])
})

test('a title is changed in its row', async ({ page, person }) => {
  const [task] = await addTasks(person, 'Pay rent')
  const read = async () =>
    (await unwrap(person.tasks.get({ params: { id: task?.id ?? '' } })))?.title
  await page.goto('/dashboard')
  const title = page.getByRole('list', { name: 'Tasks' }).getByRole('textbox', { name: 'Title' })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await button('Pay rent').focus()
  await page.keyboard.press('e')
  await expect(title).toBeFocused()
  await title.fill(' ')
  await page.keyboard.press('Enter')
  await expect(title).toHaveAccessibleDescription('Write a few words first.')
  await page.keyboard.press('Escape')
  await expect(button('Pay rent')).toBeFocused()
  await page.keyboard.press('e')
  await title.fill('Pay the rent')
  await page.keyboard.press('Enter')
  await expect(button('Pay the rent')).toBeFocused()
  await expect.poll(read).toBe('Pay the rent')
  await button('Pay the rent').dblclick()
  await title.fill('Pay')
  await page.getByRole('heading', { level: 1 }).click()
  await expect(button('Pay')).toBeVisible()
  await expect.poll(read).toBe('Pay')
})

test('a double click edits the task that was pressed first, though the details have moved the rows', async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 })
  await seedTasks(person, [
    {
      title: 'Water the plants in the kitchen and on the balcony, not too much',
      dueDate: dayFromNow(1),
      labels: ['home'],
    },
    {
      title: 'Renew the car insurance before it runs out in December',
      dueDate: dayFromNow(9),
      priority: 'high',
      labels: ['car'],
    },
    { title: 'Call the plumber' },
  ])
  await openDashboard(page)
  // What the browser tells of it, whenever the rows happen to move.
  await page.evaluate(() => {
    const [, second, third] = document.querySelectorAll<HTMLElement>('[data-task] [id^=task-]')
    third?.click()
    second?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  })
  await expect(detailsOf(page)).toBeVisible()
  const title = page.getByRole('list', { name: 'Tasks' }).getByRole('textbox', { name: 'Title' })
  await expect(title).toHaveValue('Call the plumber')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the details have no violations in ${colorScheme}`, async ({
    page,
    person,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 412/)
    await page.emulateMedia({ colorScheme })
    const { id } = await unwrap(
      person.tasks.create({
        body: {
          ...{ title: 'Pay rent', labels: ['home'], priority: 'medium', dueDate: '2026-11-01' },
          description: '# A\n\n- [x] b\n\n[c](https://example.org) `d`\n\n> e',
        },
      }),
    )
    await page.goto('/dashboard')
    const details = await openDetails(page, 'Pay rent')
    await expect(details.getByRole('link', { name: 'c' })).toBeVisible()
    await details.getByRole('button', { name: /^Due date/ }).click()
    await expect(page.getByRole('grid')).toBeVisible()
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await details.getByRole('textbox', { name: 'Title' }).fill('Pay rent on Monday')
    await unwrap(person.tasks.update({ params: { id }, body: { title: 'Pay all' } }))
    await page.keyboard.press('Enter')
    await expect(alertOf(page)).toContainText('changed somewhere else')
    await details.getByRole('combobox').fill('home')
    await page.keyboard.press('Enter')
    await expectNoViolations(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(page.getByRole('dialog', { name: 'Task details' })).toBeVisible()
    await expectNoViolations(page)
  })
}
