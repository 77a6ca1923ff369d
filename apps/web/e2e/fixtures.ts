import { randomInt } from 'node:crypto'
import {
  type APIRequestContext,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { authResultSchema, type Task } from '@tend/contracts'
import { createTasksClientWithToken, type TendClient, unwrap } from '@tend/contracts/client'

export { expect }

/** A person with an account, signed in in a browser of their own. */
export type Person = {
  name: string
  email: string
  password: string
  /** The API in the person's name, beside the browser: another device of theirs. */
  tasks: TendClient['tasks']
}

type Fixtures = {
  /** Console and page errors that a test brings about on purpose. Any other fails it. */
  expectedErrors: RegExp[]
  /** Opens another browser, as of another person or another device. */
  openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>
  /** The person of the test; `page` is signed in as them. */
  person: Person
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  expectedErrors: async ({}, use) => use([]),
  openBrowser: async ({ browser, expectedErrors }, use) => {
    const errors: string[] = []
    const contexts: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext(options)
      await giveAddress(context)
      contexts.push(context)
      watchErrors(context, errors)
      return context
    })
    for (const context of contexts) await context.close()
    const unexpected = errors.filter((text) => !expectedErrors.some((known) => known.test(text)))
    if (unexpected.length > 0) throw new Error(`The browser reported:\n${unexpected.join('\n')}`)
  },
  context: async ({ openBrowser }, use) => use(await openBrowser()),
  page: async ({ context }, use) => use(await context.newPage()),
  person: async ({ context }, use) => use(await signUp(context.request)),
})

function watchErrors(context: BrowserContext, errors: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
}

/** Where the running Tend is. Throws when the tests were started without the root's test command. */
export function readAddresses(): { webUrl: string; apiUrl: string } {
  const { TEND_E2E_WEB_URL: webUrl, TEND_E2E_API_URL: apiUrl } = process.env
  if (!webUrl || !apiUrl) {
    throw new Error('TEND_E2E_WEB_URL and TEND_E2E_API_URL name no running Tend: use `npm test`.')
  }
  return { webUrl, apiUrl }
}

let count = 0

/** Makes up a person who has no account yet. */
export function inventPerson(): { name: string; email: string; password: string } {
  count += 1
  const tag = `${process.pid}-${Date.now()}-${count}`
  return {
    name: `Ada ${count}`,
    email: `ada-${tag}@example.org`,
    password: `moss and stones ${tag}`,
  }
}

/** Registers a new person; the browser whose requests these are is signed in afterwards. */
export async function signUp(request: APIRequestContext): Promise<Person> {
  const { webUrl, apiUrl } = readAddresses()
  const invented = inventPerson()
  const answer = await request.post(`${webUrl}/api/auth/register`, {
    headers: fromSomewhere(),
    data: invented,
  })
  const { accessToken } = authResultSchema.parse(await answer.json())
  return { ...invented, tasks: createTasksClientWithToken(apiUrl, accessToken) }
}

/** Adds tasks in the person's name, the first title first, so that the last one stands on top. */
export async function addTasks(person: Person, ...titles: string[]): Promise<Task[]> {
  const added: Task[] = []
  for (const title of titles) added.push(await unwrap(person.tasks.create({ body: { title } })))
  return added
}

/** Puts tasks into the person's list as they are given, whatever their number, the first on top. */
export async function seedTasks(person: Person, tasks: Partial<Task>[]): Promise<Task[]> {
  const now = Date.now()
  const whole = tasks.map((task, index): Task => {
    const time = new Date(now - index * 1000).toISOString()
    return {
      id: createId(now - index * 1000),
      title: `Task ${index + 1}`,
      description: null,
      isCompleted: false,
      dueDate: null,
      priority: 'none',
      labels: [],
      createdAt: time,
      updatedAt: time,
      ...task,
    }
  })
  const body = { version: 1 as const, exportedAt: new Date(now).toISOString(), tasks: whole }
  await unwrap(person.tasks.import({ body }))
  return whole
}

/** A UUID of version 7 for a moment in milliseconds (RFC 9562, section 5.7). */
function createId(moment: number): string {
  const time = moment.toString(16).padStart(12, '0')
  const random = () => randomInt(0x1000).toString(16).padStart(3, '0')
  const rest = Array.from({ length: 4 }, random).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random()}-8${random()}-${rest}`
}

/** The date so many days from now, as in `2026-11-21`, where this program and the browser are. */
export function dayFromNow(days: number): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12)
  return day.toISOString().slice(0, 10)
}

/** The words of all tasks that the list shows, from top to bottom. */
export async function shownTitles(page: Page): Promise<string[]> {
  const rows = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem')
  // A space parts the title from the mark of notes.
  return (await rows.allInnerTexts()).map((text) => text.trim())
}

/** The row of a task. */
export function rowOf(page: Page, title: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: title })
}

/** The details of the open task: a panel beside the list, or a sheet over it. */
export function detailsOf(page: Page) {
  const name = 'Task details'
  return page.getByRole('complementary', { name }).or(page.getByRole('dialog', { name }))
}

/** Opens the details of a task with the pointer. */
export async function openDetails(page: Page, title: string) {
  await rowOf(page, title).getByText(title, { exact: true }).click()
  const details = detailsOf(page)
  await expect(details.getByRole('textbox', { name: 'Title' })).toBeVisible()
  return details
}

/** A section of the settings, by its heading. */
export function settingsSection(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true })
}

/** What the page says in words that cannot wait. Next.js keeps an alert of its own for the names of pages. */
export function alertOf(page: Page) {
  return page.locator('[role=alert]:not(#__next-route-announcer__)')
}

/** The field on top of the list. */
export function quickAdd(page: Page) {
  return page.getByRole('textbox', { name: 'Add a task' })
}

/**
 * Headers of a request to the web app from an address of its own, so that the limits per address do not meet across
 * tests. The server of the tests believes them because it trusts this machine as a proxy.
 */
export function fromSomewhere(): { origin: string; 'x-forwarded-for': string } {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
  return { origin: readAddresses().webUrl, 'x-forwarded-for': address }
}

/** Gives a browser an address of its own for the routes that count tries. */
async function giveAddress(context: BrowserContext): Promise<void> {
  const { origin: _origin, ...address } = fromSomewhere()
  await context.route(`${readAddresses().webUrl}/api/auth/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), ...address } }),
  )
}
