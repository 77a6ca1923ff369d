import { randomBytes } from 'node:crypto'
import {
  type Browser,
  type BrowserContext,
  chromium,
  expect as expectPage,
  type Page,
} from '@playwright/test'
import { authResultSchema } from '@tend/contracts'
import { createTasksClientWithToken, unwrap } from '@tend/contracts/client'
import { createTestDatabase } from '@tend/database/test-database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readChromium } from './env.ts'
import { type App, runApp, stopProcess } from './run-app.ts'
import { runTend, type Tend } from './run-tend.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let tend: Tend
let browser: Browser
let restarted: App | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  tend = await runTend(database.url)
  browser = await chromium.launch(readChromium())
})
afterAll(async () => {
  await browser.close()
  await restarted?.stop()
  await tend.stop()
  await database.drop()
})

/** Registers somebody in a browser, and gives the API in their name beside it. */
async function signUp({ request }: BrowserContext) {
  const tag = randomBytes(4).toString('hex')
  const answer = await request.post(`${tend.webUrl}/api/auth/register`, {
    headers: { origin: tend.webUrl },
    data: { email: `ada-${tag}@example.org`, password: `moss and stones ${tag}` },
  })
  const { accessToken } = authResultSchema.parse(await answer.json())
  return createTasksClientWithToken(tend.apiUrl, accessToken)
}

/** Opens the list and waits until it hears of changes. */
async function openList(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const connected = page.waitForResponse(/\/api\/tasks\/events$/)
  await page.goto(`${tend.webUrl}/dashboard`)
  await connected
  return page
}

const rowOf = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Tasks' }).getByRole('listitem').filter({ hasText: title })

it('open pages outlive a restart of the API: nothing is lost, nothing comes twice, and they go on', async () => {
  const desk = await browser.newContext()
  const tasks = await signUp(desk)
  const phone = await browser.newContext({ storageState: await desk.storageState() })
  await unwrap(tasks.create({ body: { title: 'Pay rent' } }))
  const [one, other] = [await openList(desk), await openList(phone)]
  await expectPage(rowOf(other, 'Pay rent')).toBeVisible()

  await stopProcess(tend.api.child, 'SIGKILL')
  const field = one.getByRole('textbox', { name: 'Add a task' })
  await field.fill('Write to Grace')
  await field.press('Enter')
  const unsent = one.getByRole('list', { name: 'Not saved yet' })
  await expectPage(unsent).toContainText('Tend cannot be reached.')
  await rowOf(one, 'Pay rent').getByText('Pay rent', { exact: true }).click()
  const details = one.getByRole('complementary', { name: 'Task details' })
  await details.getByRole('textbox', { name: 'Title' }).fill('Pay the rent')
  await one.keyboard.press('Enter')
  await expectPage(details.getByText('Not saved. What you wrote is still here.')).toBeVisible()
  await other.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
  await expectPage(other.getByText(/could not be completed\. Tend cannot be reached/)).toBeVisible()
  await expectPage(other.getByText('Reconnecting…')).toBeVisible()
  await expectPage(other.getByRole('checkbox', { name: 'Complete Pay rent' })).not.toBeChecked()

  restarted = await runApp('api', tend.environment)
  const patience = { timeout: 40_000 }
  await expectPage(rowOf(other, 'Write to Grace')).toHaveCount(1, patience)
  await expectPage(other.getByText('Reconnecting…')).toBeHidden(patience)
  await expectPage(unsent).toBeHidden()
  await expectPage(rowOf(one, 'Write to Grace')).toHaveCount(1)
  await details.getByRole('button', { name: 'Try again' }).click()
  await expectPage(rowOf(other, 'Pay the rent')).toBeVisible()
  await unwrap(tasks.create({ body: { title: 'Water the plants' } }))
  for (const page of [one, other]) {
    await expectPage(rowOf(page, 'Water the plants')).toBeVisible(patience)
  }
  const { items } = await unwrap(tasks.list())
  expect(items.map(({ title }) => title)).toEqual([
    ...['Water the plants', 'Write to Grace', 'Pay the rent'],
  ])
})
