import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import { addTasks, alertOf, expect, rowOf, signUp, test } from './fixtures.ts'

async function download(page: Page, button: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const file = await started
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

async function choose(page: Page, text: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import…' }).click()
  const buffer = Buffer.from(text)
  await (await chooser).setFiles({ name: 'tasks.json', mimeType: 'application/json', buffer })
}

test('tasks go out as JSON and CSV, and come back into another account', async ({
  page,
  person,
  openBrowser,
}) => {
  const titles = ['=HYPERLINK("https://evil.example")', 'Two', 'Three', 'Four', 'Five', 'Six']
  await addTasks(person, ...titles)
  await page.goto('/settings')
  const csv = await download(page, 'Export as CSV')
  expect(csv.name).toMatch(/^tend-tasks-\d{4}-\d\d-\d\d\.csv$/)
  // A spreadsheet would run it as a formula without the apostrophe.
  expect(csv.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  const json = await download(page, 'Export as JSON')
  expect(JSON.parse(json.text)).toMatchObject({
    version: 1,
    tasks: titles.map((title) => ({ title })),
  })

  const browser = await openBrowser()
  const friend = await signUp(browser.request)
  const [first] = JSON.parse(json.text).tasks
  await unwrap(friend.tasks.import({ body: { ...JSON.parse(json.text), tasks: [first] } }))
  const other = await browser.newPage()
  await other.goto('/settings')
  await choose(other, json.text)
  const dialog = other.getByRole('dialog', { name: 'Import tasks' })
  await expect(dialog).toContainText('6 tasks in this file, 5 new. What you have already stays')
  await expect(dialog.getByRole('listitem')).toHaveText(titles.slice(1))
  await expectNoViolations(other)
  await dialog.getByRole('button', { name: 'Add 5 tasks' }).click()
  await expect(dialog).toContainText('5 tasks added. 1 task was here already.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(other.getByRole('button', { name: 'Import…' })).toBeFocused()
  await choose(other, json.text)
  await expect(dialog).toContainText('none of them new')
  await other.goto('/dashboard')
  for (const title of titles) await expect(rowOf(other, title)).toBeVisible()
})

test('a file that cannot be imported is explained, with the place of the mistake', async ({
  page,
  person,
}) => {
  await addTasks(person, 'Pay rent')
  await page.goto('/settings')
  const { text } = await download(page, 'Export as JSON')
  await choose(page, '{\n  "version" 1\n}')
  await expect(alertOf(page)).toContainText('line 2, column 13')
  await page.keyboard.press('Escape')
  await choose(page, text.replace('"medium"', '"urgent"').replace('"none"', '"urgent"'))
  await expect(alertOf(page)).toContainText('Task 1 (“Pay rent”), priority')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Close' }).last().click()
  await choose(page, '[]')
  await expect(alertOf(page)).toContainText('no export of tasks')
})
