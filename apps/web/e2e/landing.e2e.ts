import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, rowOf, test } from './fixtures.ts'

const rent = 'Pay the rent'
const samples = [
  'Water the tomatoes before the sun gets to them',
  rent,
  'Write back to Ada',
  'Have the good knife sharpened',
]

const tickOf = (page: Page, title: string) =>
  page.getByRole('checkbox', { name: `Complete ${title}` })
const titleOf = (page: Page, title: string) => rowOf(page, title).getByText(title, { exact: true })

test('its tasks can be ticked and are forgotten, its theme is kept, by key and by pointer', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const count = page.getByRole('status')
  await expect(count).toHaveText('4 left')
  await expect(titleOf(page, 'Return the library books')).toHaveCSS(
    'text-decoration-line',
    'line-through',
  )
  await tickOf(page, rent).click()
  await expect(count).toHaveText('3 left')
  await expect(titleOf(page, rent)).toHaveCSS('text-decoration-line', 'line-through')
  await tickOf(page, rent).press('Space')
  await expect(count).toHaveText('4 left')
  await expect(titleOf(page, rent)).toHaveCSS('text-decoration-line', 'none')
  for (const title of samples) await tickOf(page, title).check()
  await expect(count).toHaveText('All tended')

  const html = page.locator('html')
  const papers = page.locator('meta[name="theme-color"]')
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('body')).toHaveCSS('color-scheme', 'dark')
  for (const paper of await papers.all()) await expect(paper).toHaveAttribute('content', '#111512')
  await page.reload()
  await expect(count).toHaveText('4 left')
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expectNoViolations(page)

  // What is chosen elsewhere holds on the way back, whatever the browser remembers of the page.
  await page.goto('/login')
  await page.getByRole('radio', { name: 'Dark' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.goBack()
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked()
  await expect(html).toHaveAttribute('data-theme', 'light')

  await page.getByRole('radio', { name: 'Light' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
  await expect(html).not.toHaveAttribute('data-theme')
  await expect(papers.first()).toHaveAttribute('content', '#fbfaf7')
  await expect(papers.last()).toHaveAttribute('content', '#111512')
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).not.toContain('tend.theme')
})

test('without scripts it reads well and its tasks can be ticked', async ({ openBrowser }) => {
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage()
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await tickOf(page, rent).click()
  await expect(tickOf(page, rent)).toBeChecked()
  await expect(titleOf(page, rent)).toHaveCSS('text-decoration-line', 'line-through')
  // Neither says what is not so, nor offers what does not work.
  await expect(page.getByText('4 left')).toBeHidden()
  await expect(page.getByRole('radio')).toHaveCount(0)
  await page.getByRole('main').getByRole('link', { name: 'Start' }).click()
  await expect(page).toHaveURL('/register')
})

test('its head says the same as those of the other pages', async ({ page }) => {
  const readHead = async (path: string) => {
    await page.goto(path)
    const found = page.locator(
      'head :is(meta[name], link[rel=manifest], link[rel=icon], link[rel=apple-touch-icon], link[rel=stylesheet])',
    )
    const all = await found.evaluateAll((elements) =>
      elements.map((element) => {
        const read = (name: string) => element.getAttribute(name)
        // Next.js puts a mark of the version behind the icons' addresses.
        const href = read('href')?.replace(/\?icon.*|\?apple-icon.*/, '')
        return [read('name') ?? read('rel'), read('content') ?? href, read('media'), read('sizes')]
      }),
    )
    const fonts = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    )
    return {
      // Only says that its faces have fallbacks of the same metrics.
      all: all
        .filter(([name]) => name !== 'next-size-adjust')
        .map(String)
        .sort(),
      fonts: fonts.filter((name) => name.endsWith('.woff2')).sort(),
      root: await page.evaluate(() => {
        const { lang, className } = document.documentElement
        return { lang, className }
      }),
    }
  }
  expect(await readHead('/')).toEqual(await readHead('/login'))
  await page.goto('/')
  await expect(page).toHaveTitle('Tend')
})

test('what its router has beside it is not there, and no address fails', async ({ request }) => {
  for (const path of ['/index', '/_app', '/_document', '/_error', '/500', '/404', '/nowhere']) {
    const answer = await request.get(path)
    expect(answer.status(), path).toBe(404)
    expect(await answer.text(), path).toContain('There is nothing at this address.')
  }
  for (const path of ['/?account=deleted&account=x', '/?account[]=deleted&%00=%3Cscript%3E']) {
    const answer = await request.get(path)
    expect(answer.status(), path).toBe(200)
    expect(await answer.text(), path).not.toContain('Your account is deleted')
  }
  const head = await request.head('/')
  expect(head.status()).toBe(200)
  expect(await head.text()).toBe('')
  expect(head.headers()['cache-control']).toContain('no-store')
  expect(head.headers()).not.toHaveProperty('x-powered-by')
})
