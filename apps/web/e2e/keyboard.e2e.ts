import type { Page } from '@playwright/test'
import { expect, inventPerson, quickAdd, shownTitles, test } from './fixtures.ts'

test('everything can be done without a pointer', async ({ page }) => {
  const person = inventPerson()
  await page.goto('/')
  await tabTo(page, 'Start')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/register')
  await tabTo(page, 'Name (optional)')
  await typeAndTab(page, person.name)
  await typeAndTab(page, person.email)
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard')

  await expect(quickAdd(page)).toBeFocused()
  for (const title of ['Third', 'Second', 'First']) {
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
  }
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])

  await tabTo(page, 'Complete First')
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: 'Complete First' })).toBeChecked()
  await page.keyboard.press('Alt+t')
  await tabTo(page, 'Undo')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('checkbox', { name: 'Complete First' })).not.toBeChecked()

  await tabTo(page, 'Second')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Title')
  await page.keyboard.press('End')
  await page.keyboard.type(' of all')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second of all', 'Third'])
  await expect(page.getByRole('button', { name: 'Second of all', exact: true })).toBeFocused()

  await tabTo(page, 'Delete Second of all')
  await page.keyboard.press('Enter')
  await expect.poll(() => shownTitles(page)).toEqual(['First', 'Third'])
  await expect(page.getByRole('button', { name: 'Third', exact: true })).toBeFocused()

  await page.reload()
  await tabTo(page, 'Account')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/login')
})

/** Presses Tab until what has the focus bears the name. Everything on the way has to show that it is focused. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) === 0) continue
    await expect.poll(() => isFocusShown(page)).toBe(true)
    if ((await accessibleName(page)) === name) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

async function typeAndTab(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}

function accessibleName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
  })
}

/** Whether the focused element, a part of it, or what stands beside or around it has a ring. */
function isFocusShown(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null) return false
    const around = [element.nextElementSibling, element.parentElement]
    const candidates = [element, ...element.children, ...around]
    return candidates.some((candidate) => {
      if (candidate === null) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(candidate)
      return outlineStyle !== 'none' && outlineWidth === '2px'
    })
  })
}
