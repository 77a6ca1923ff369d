import { expect, readAddresses, test } from './fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the API's documentation shows all by itself, in ${colorScheme} colours`, async ({
    page,
  }) => {
    test.slow()
    const { apiUrl } = readAddresses()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== apiUrl && protocol !== 'data:') elsewhere.push(request.url())
    })
    await page.emulateMedia({ colorScheme })
    await page.goto(`${apiUrl}/docs`)
    // Redoc draws the whole API at once.
    await expect(page.getByRole('heading', { name: /^Tend.tasks/ })).toBeVisible({
      timeout: 30_000,
    })
    await expect(page.getByRole('heading', { name: 'Add a task' })).toBeVisible()
    await page.getByRole('button', { name: /^201/ }).first().click()
    const [ink, paper] = await page.evaluate(() => {
      const { color } = getComputedStyle(document.querySelector('h1') ?? document.body)
      return [color, getComputedStyle(document.documentElement).backgroundColor]
    })
    expect([ink, paper]).toEqual(
      colorScheme === 'light'
        ? ['rgb(31, 37, 33)', 'rgb(251, 250, 247)']
        : ['rgb(233, 232, 227)', 'rgb(18, 22, 20)'],
    )
    expect(elsewhere).toEqual([])
  })
}
