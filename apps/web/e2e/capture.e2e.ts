import type { Page } from '@playwright/test'
import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import { answerWith, breakOff, intercept } from './faults.ts'
import { addTasks, alertOf, expect, type Person, quickAdd, shownTitles, test } from './fixtures.ts'
import { waitForQuiet } from './quiet.ts'

const lostConnection = /net::ERR_/

test('quick add understands dates, priorities and labels, and shows what it understood', async ({
  page,
  person,
}) => {
  await unwrap(person.tasks.create({ body: { title: 'Sweep', labels: ['home', 'hobby'] } }))
  await page.goto('/dashboard')
  await quickAdd(page).pressSequentially('pay rent tomorrow !high #ho')
  await expect(page.getByRole('option')).toHaveText([/^#hobby/, '#home'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(quickAdd(page)).toHaveValue('pay rent tomorrow !high #home ')
  const chips = page.getByRole('list', { name: 'Understood' }).getByRole('listitem')
  await expect(chips).toHaveText(['Tomorrow', 'High', '#home'])
  await page.keyboard.press('Enter')
  await expect(quickAdd(page)).toHaveValue('')
  await expect(quickAdd(page)).toBeFocused()
  await expect(chips).toHaveCount(0)

  await quickAdd(page).pressSequentially('Read the Friday news on Friday #ideas')
  await expect(chips).toHaveText([/^\w{3}$|today|tomorrow/i, '#ideas'])
  await page.getByRole('button', { name: /^Without \w+, \d/ }).click()
  await expect(quickAdd(page)).toBeFocused()
  await page.getByRole('button', { name: 'Without label ideas' }).click()
  await expect(chips).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect.poll(() => listTitles(person)).toHaveLength(3)
  const [news, rent] = (await unwrap(person.tasks.list())).items
  expect(rent).toMatchObject({
    ...{ title: 'pay rent', dueDate: await dayThere(page, 1), priority: 'high', labels: ['home'] },
  })
  expect(news).toMatchObject({
    ...{ title: 'Read the Friday news on Friday #ideas', dueDate: null, labels: [] },
  })
})

test('a new task gets what its view says, unless that is taken away', async ({ page, person }) => {
  await unwrap(person.tasks.create({ body: { title: 'Sweep', labels: ['home'] } }))
  const chips = page.getByRole('list', { name: 'Understood' }).getByRole('listitem')
  await page.goto('/dashboard?view=today')
  await quickAdd(page).pressSequentially('Pay rent')
  await expect(chips).toHaveText(['Today'])
  await page.keyboard.press('Enter')
  await expect.poll(() => shownTitles(page)).toHaveLength(1)
  await page.goto('/dashboard?label=home')
  await quickAdd(page).pressSequentially('Mop')
  await expect(chips).toHaveText(['#home'])
  await page.keyboard.press('Enter')
  await expect.poll(() => shownTitles(page)).toHaveLength(2)
  await quickAdd(page).pressSequentially('Call')
  await page.getByRole('button', { name: 'Without label home' }).click()
  await page.keyboard.press('Enter')
  await expect.poll(() => listTitles(person)).toEqual(['Call', 'Mop', 'Pay rent', 'Sweep'])
  const [call, mop, rent] = (await unwrap(person.tasks.list())).items
  expect([call?.labels, mop?.labels]).toEqual([[], ['home']])
  expect(rent?.dueDate).toBe(await dayThere(page, 0))
})

test('several pasted lines become several tasks, or one', async ({ page, person, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await addTasks(person, 'Sweep')
  await page.goto('/dashboard')
  const paste = async (text: string) => {
    await quickAdd(page).focus()
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await page.keyboard.press('Control+v')
  }
  await paste('- milk\n- bread #food\n\n- butter tomorrow\n')
  await page.getByRole('button', { name: 'Keep as one' }).click()
  await expect(quickAdd(page)).toHaveValue('milk bread #food butter tomorrow')
  await quickAdd(page).fill('')

  await paste(`- milk\n- bread #food\n- ${'x'.repeat(201)}\n- butter tomorrow\n`)
  await page.reload()
  await page.getByRole('button', { name: 'Add 4 tasks' }).click()
  await expect(quickAdd(page)).toHaveAccessibleDescription(/at most 200 characters/)
  await expect(quickAdd(page)).toHaveValue('x'.repeat(201))
  await expect.poll(() => listTitles(person)).toEqual(['milk', 'bread', 'butter', 'Sweep'])
  const labels = (await unwrap(person.tasks.list())).items.map((task) => task.labels)
  expect(labels).toEqual([[], ['food'], [], []])

  await quickAdd(page).fill('')
  await paste('#home\neggs')
  await page.getByRole('button', { name: 'Add 2 tasks' }).click()
  await expect(quickAdd(page)).toHaveAccessibleDescription('Write what to do, too.')
  await expect(quickAdd(page)).toHaveValue('#home')
})

test('a task whose answer is lost is sent again, and is there once', async ({
  page,
  person,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Sweep')
  await page.goto('/dashboard')
  let calls = 0
  await intercept(page, 'POST', /\/api\/tasks$/, async (route) => {
    calls += 1
    if (calls > 2) return route.fallback()
    await route.fetch()
    await breakOff(route)
  })
  await quickAdd(page).fill('Pay rent')
  await quickAdd(page).press('Enter')
  const unsent = page.getByRole('list', { name: 'Not saved yet' })
  await expect(unsent).toContainText('Pay rent')
  await unsent.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => calls).toBe(2)
  // From here on nobody presses anything: the page sends by itself.
  await expect(unsent).toBeHidden()
  await expect.poll(() => shownTitles(page)).toHaveLength(2)
  expect(await listTitles(person)).toEqual(['Pay rent', 'Sweep'])
})

test('of two tabs one sends what waits, and a closed tab loses nothing', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection)
  await addTasks(person, 'Sweep')
  await page.goto('/dashboard')
  const restore = await intercept(page, 'POST', /\/api\/tasks$/, breakOff)
  await quickAdd(page).fill('Pay rent')
  await quickAdd(page).press('Enter')
  await expect(page.getByRole('list', { name: 'Not saved yet' })).toContainText('Pay rent')
  await quickAdd(page).fill('Half a thou')
  let posts = 0
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/tasks')) posts += 1
  })
  await restore()
  const other = await context.newPage()
  await other.goto('/dashboard')
  await expect(quickAdd(other)).toHaveValue('Half a thou')
  for (const tab of [page, other]) {
    await tab.evaluate(() => dispatchEvent(new Event('online')))
  }
  for (const tab of [page, other]) {
    await expect(tab.getByRole('list', { name: 'Not saved yet' })).toBeHidden()
  }
  expect(posts).toBe(1)
  expect(await listTitles(person)).toEqual(['Pay rent', 'Sweep'])
  await page.close()
  await quickAdd(other).press('Enter')
  await expect.poll(() => listTitles(person)).toEqual(['Half a thou', 'Pay rent', 'Sweep'])
})

test('what cannot be read or sent yet waits, also over signing in again', async ({
  page,
  person,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(lostConnection, /status of 401/, /ChunkLoadError|Failed to fetch/)
  await addTasks(person, 'Sweep')
  await page.goto('/dashboard')
  await waitForQuiet(page)
  await page.route('**/_next/static/**', breakOff)
  await quickAdd(page).pressSequentially('Pay rent tomorrow #home')
  await quickAdd(page).press('Enter')
  await expect(quickAdd(page)).toHaveValue('')
  await expect(page.getByRole('list', { name: 'Not saved yet' })).toContainText('tomorrow #home')
  await page.unroute('**/_next/static/**')
  await context.clearCookies()
  await intercept(page, 'POST', /\/api\/tasks$/, answerWith('INVALID_TOKEN'))
  await quickAdd(page).fill('Write to Grace')
  await quickAdd(page).press('Enter')
  await expect(page).toHaveURL(/\/login\?next=\/dashboard/)
  await page.unrouteAll()
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.poll(() => listTitles(person)).toHaveLength(3)
  const { items } = await unwrap(person.tasks.list())
  expect(items.map(({ title }) => title).toSorted()).toEqual([
    'Pay rent',
    'Sweep',
    'Write to Grace',
  ])
  expect(items.find(({ title }) => title === 'Pay rent')).toMatchObject({ labels: ['home'] })
  await expect(page.getByRole('list', { name: 'Not saved yet' })).toBeHidden()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`capture has no violations in ${colorScheme}`, async ({ page, person, expectedErrors }) => {
    expectedErrors.push(lostConnection)
    await page.emulateMedia({ colorScheme })
    await unwrap(person.tasks.create({ body: { title: 'Sweep', labels: ['home'] } }))
    await page.goto('/dashboard')
    await intercept(page, 'POST', /\/api\/tasks$/, breakOff)
    await quickAdd(page).fill('Write to Grace')
    await quickAdd(page).press('Enter')
    await expect(page.getByRole('list', { name: 'Not saved yet' })).toBeVisible()
    await quickAdd(page).pressSequentially('pay tomorrow !low #h')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('option', { selected: true })).toBeVisible()
    await expectNoViolations(page)
    await quickAdd(page).fill(' ')
    await quickAdd(page).press('Enter')
    await expect(alertOf(page)).toContainText('Write a few words first.')
    await pasteLines(page, 'milk\nbread')
    await expect(page.getByRole('button', { name: 'Add 2 tasks' })).toBeVisible()
    await expectNoViolations(page)
  })
}

function pasteLines(page: Page, text: string): Promise<void> {
  return quickAdd(page).evaluate((input, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const options = { clipboardData, bubbles: true, cancelable: true }
    input.dispatchEvent(new ClipboardEvent('paste', options))
  }, text)
}

/** The date where the browser is, some days from now. */
function dayThere(page: Page, days: number): Promise<string> {
  return page.evaluate((ahead) => {
    const day = new Date()
    day.setDate(day.getDate() + ahead)
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-')
  }, days)
}

/** The titles that the server has, newest first. */
async function listTitles(person: Person): Promise<string[]> {
  return (await unwrap(person.tasks.list())).items.map(({ title }) => title)
}
