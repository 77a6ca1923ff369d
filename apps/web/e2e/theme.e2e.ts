import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { addTasks, expect, quickAdd, readAddresses, test } from './fixtures.ts'

test('a theme that is chosen holds at once, from the first paint on, and until another one is', async ({
  page,
  person,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/dashboard')
  const body = page.locator('body')
  const light = await body.evaluate((element) => getComputedStyle(element).backgroundColor)
  await page.getByRole('button', { name: 'Account' }).click()
  await expect(page.getByText(person.email)).toBeVisible()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(body).not.toHaveCSS('background-color', light)
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked()
  await expectNoViolations(page)

  // Without any script: what the server sends is dark already.
  const html = await (await page.request.get('/dashboard')).text()
  expect(html).toMatch(/<html[^>]* data-theme="dark"/)
  await page.reload()
  await expect(body).not.toHaveCSS('background-color', light)
  await expect(page.locator('meta[name="theme-color"]').first()).toHaveAttribute(
    'content',
    '#111512',
  )

  await page.goto('/settings')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await page.getByRole('radio', { name: 'System' }).check()
  await expect(body).toHaveCSS('background-color', light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(body).not.toHaveCSS('background-color', light)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
})

test('strangers choose with the keyboard, before they sign in', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/login')
  await page.getByRole('radio', { name: 'System' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('Tend can be installed: its manifest and every icon are there', async ({ page, request }) => {
  await page.goto('/')
  const address = await page.locator('link[rel="manifest"]').getAttribute('href')
  const manifest = await (await request.get(address ?? '')).json()
  expect(manifest).toMatchObject({ name: 'Tend', start_url: '/dashboard', display: 'standalone' })
  const linked = page.locator('link[rel~="icon"], link[rel="apple-touch-icon"]')
  const links = await linked.evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(links.length).toBeGreaterThanOrEqual(2)
  const icons: string[] = [...manifest.icons.map(({ src }: { src: string }) => src), ...links]
  for (const icon of icons) {
    const answer = await request.get(icon)
    expect(answer.status(), icon).toBe(200)
    expect(answer.headers()['content-type'], icon).toMatch(/^image\/(png|svg\+xml)/)
  }
})

/** How light some pixels are, from 0 to 255, of what the page looks like now. */
async function readPixels(page: Page, places: { x: number; y: number }[]): Promise<number[]> {
  const picture = (await page.screenshot({ animations: 'disabled' })).toString('base64')
  return page.evaluate(
    async ({ source, at }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const drawing = canvas.getContext('2d')
      drawing?.drawImage(image, 0, 0)
      return at.map(({ x, y }) => drawing?.getImageData(x, y, 1, 1).data[1] ?? -1)
    },
    { source: `data:image/png;base64,${picture}`, at: places },
  )
}

test('a dialog shades the place of the scroll bar, too, and moves nothing aside', async ({
  person,
  context,
  playwright,
  launchOptions,
}) => {
  await addTasks(person, ...Array.from({ length: 30 }, (_, index) => `Task ${index}`))
  // Playwright hides scroll bars, which people have.
  const ignoreDefaultArgs = ['--hide-scrollbars']
  const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs })
  const page = await browser.newPage({
    ...{ baseURL: readAddresses().webUrl, storageState: await context.storageState() },
    viewport: { width: 1280, height: 800 },
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/dashboard')
    await expect(page).toHaveTitle('(30) All tasks · Tend')
    const place = await quickAdd(page).boundingBox()
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
    // The field is hidden from the tree of names while the dialog is open.
    expect(await page.locator('#quick-add').boundingBox()).toEqual(place)
    const [inside = 0, outside = 255] = await readPixels(page, [
      ...[
        { x: 1255, y: 700 },
        { x: 1275, y: 700 },
      ],
    ])
    // But for what rounding does.
    expect(Math.abs(outside - inside), colorScheme).toBeLessThanOrEqual(1)
  }
  await browser.close()
})
