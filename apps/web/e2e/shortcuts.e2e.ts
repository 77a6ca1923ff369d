import { addTasks, expect, quickAdd, rowOf, shownTitles, test } from './fixtures.ts'

test('single keys walk through the list and act on it', async ({ page, person }) => {
  await addTasks(person, 'Third', 'Second', 'First')
  await page.goto('/dashboard')
  // From here on the page is alive.
  await expect(page).toHaveTitle('(3) All tasks · Tend')
  const title = (name: string) => page.getByRole('button', { name, exact: true })
  const tick = (name: string) => page.getByRole('checkbox', { name: `Complete ${name}` })
  const press = (keys: string) => page.keyboard.press(keys)

  await test.step('j, k and arrows move a focus that is seen', async () => {
    await press('j')
    await expect(title('First')).toBeFocused()
    await press('ArrowDown')
    await press('j')
    await expect(title('Third')).toBeFocused()
    await press('j')
    await expect(title('Third')).toBeFocused()
    await press('k')
    await expect(title('Second')).toBeFocused()
    const row = rowOf(page, 'Second').locator('> div')
    await expect(row).toHaveCSS('box-shadow', /inset/)
    await press('ArrowUp')
    await expect(title('First')).toBeFocused()
  })

  await test.step('c, Space, x, # and u', async () => {
    await press('c')
    await expect(tick('First')).toBeChecked()
    await press('Space')
    await expect(tick('First')).not.toBeChecked()
    await expect(page.getByRole('dialog')).toBeHidden()
    await press('x')
    await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toContainText('1 selected')
    await press('x')
    await press('#')
    await expect.poll(() => shownTitles(page)).toEqual(['Second', 'Third'])
    await expect(title('Second')).toBeFocused()
    await press('u')
    await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
  })

  await test.step('g and a letter go to a view', async () => {
    for (const [key, address] of [
      ['t', '/dashboard?view=today'],
      ['u', '/dashboard?view=upcoming'],
      ['c', '/dashboard?view=completed'],
      ['a', '/dashboard'],
    ]) {
      // Sent together: on a busy machine the second would come too late for the first.
      await Promise.all([press('g'), press(key ?? '')])
      await expect(page).toHaveURL(address ?? '')
    }
    await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
    await expect(page.getByText('3 left')).toBeVisible()
  })

  await test.step('q writes, and keys rest while one types', async () => {
    await press('q')
    await expect(quickAdd(page)).toBeFocused()
    await page.keyboard.type('jxc#?u/')
    await expect(quickAdd(page)).toHaveValue('jxc#?u/')
    await expect(page.getByRole('dialog')).toBeHidden()
    await quickAdd(page).fill('')
    await quickAdd(page).blur()
  })

  await test.step('? shows the keys; nothing behind a dialog is acted on', async () => {
    await press('j')
    await press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await expect(help).toContainText('Complete, reopen')
    await press('c')
    await press('#')
    await press('Escape')
    await expect(help).toBeHidden()
    await expect.poll(() => shownTitles(page)).toEqual(['First', 'Second', 'Third'])
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
  })
})
