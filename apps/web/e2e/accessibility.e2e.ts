import { unwrap } from '@tend/contracts/client'
import { expectNoViolations } from './axe.ts'
import { breakOff, intercept } from './faults.ts'
import {
  addTasks,
  dayFromNow,
  expect,
  openDetails,
  quickAdd,
  rowOf,
  seedTasks,
  test,
} from './fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme axe finds nothing`, () => {
    test('on the pages for strangers', async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.goto('/')
      await expectNoViolations(page)
      await page.goto('/login?ended=1')
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByText('Enter a password.')).toBeVisible()
      await expectNoViolations(page)
      await page.goto('/register')
      await expectNoViolations(page)
    })

    test('on a page that does not exist', async ({ page, expectedErrors }) => {
      expectedErrors.push(/status of 404/)
      await page.emulateMedia({ colorScheme })
      await page.goto('/nowhere')
      await expect(page.getByText('There is nothing at this address.')).toBeVisible()
      await expectNoViolations(page)
    })

    test('on the list, empty and full', async ({ page, person }) => {
      await page.emulateMedia({ colorScheme })
      await page.goto('/dashboard')
      await expect(page.getByText('Nothing to tend to yet.')).toBeVisible()
      await expectNoViolations(page)
      const [task] = await addTasks(person, 'Pay rent', 'Write to Grace', 'Water the plants')
      await unwrap(
        person.tasks.update({ params: { id: task?.id ?? '' }, body: { description: 'By Monday' } }),
      )
      await page.reload()
      await page.getByRole('checkbox', { name: 'Complete Water the plants' }).click()
      await expect(page.getByText('Task completed')).toBeVisible()
      await quickAdd(page).fill(' ')
      await quickAdd(page).press('Enter')
      await rowOf(page, 'Pay rent').hover()
      await expectNoViolations(page)
    })

    test('on every view, filtered, searched and selected in', async ({ page, person }) => {
      test.slow()
      await page.emulateMedia({ colorScheme })
      const [, , gone] = await seedTasks(person, [
        { title: 'Renew the passport', dueDate: dayFromNow(-2), priority: 'high' },
        { title: 'Pay rent', dueDate: dayFromNow(0), labels: ['home'], priority: 'medium' },
        { title: 'Write to Grace' },
        { title: 'Book the train', dueDate: dayFromNow(3), priority: 'low', isCompleted: true },
      ])
      await unwrap(person.tasks.delete({ params: { id: gone?.id ?? '' } }))
      await page.goto('/dashboard?view=today')
      await expect(page).toHaveTitle('(2) Today · Tend')
      await expectNoViolations(page)
      await page.keyboard.press('Control+a')
      await expect(page.getByRole('toolbar')).toContainText('2 selected')
      await expectNoViolations(page)
      for (const address of ['?view=trash', '?view=upcoming', '?label=home&sort=due', '?q=zebra']) {
        await page.goto(`/dashboard${address}`)
        await expectNoViolations(page)
      }
      await page.goto('/dashboard')
      await expect(page).toHaveTitle('(2) All tasks · Tend')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
      await expectNoViolations(page)
      await page.keyboard.press('Escape')
      await page.setViewportSize({ width: 390, height: 844 })
      await page.getByRole('button', { name: 'More' }).click()
      await expect(page.getByRole('dialog', { name: 'More' })).toBeVisible()
      await expectNoViolations(page)
    })

    test('on the menu', async ({ page, person }) => {
      await page.emulateMedia({ colorScheme })
      await addTasks(person, 'Pay rent')
      await page.goto('/dashboard')
      await page.getByRole('button', { name: 'Account' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectNoViolations(page)
    })

    test('on what has failed', async ({ page, person, context, expectedErrors }) => {
      expectedErrors.push(/net::ERR_/, /status of 412/)
      await page.emulateMedia({ colorScheme })
      await addTasks(person, 'Pay rent')
      await page.goto('/dashboard')
      const restore = await intercept(page, 'POST', /\/api\/tasks$/, breakOff)
      await quickAdd(page).fill('Write to Grace')
      await quickAdd(page).press('Enter')
      await expect(page.getByRole('list', { name: 'Not saved yet' })).toBeVisible()
      await restore()
      await context.setOffline(true)
      await page.getByRole('checkbox', { name: 'Complete Pay rent' }).click()
      await expect(page.getByText(/could not be completed/)).toBeVisible()
      await expectNoViolations(page)
      await context.setOffline(false)
    })
  })
}

test('motion is left out for those who asked for none', async ({ page, person }) => {
  await addTasks(person, 'Pay rent')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/dashboard')
  await expect(await openDetails(page, 'Pay rent')).toHaveCSS('animation-name', 'none')
})

test('a theme set on the root element wins over the setting of the system', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/')
  const body = page.locator('body')
  const light = await body.evaluate((element) => getComputedStyle(element).backgroundColor)
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'))
  await expect(body).not.toHaveCSS('background-color', light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
  await expect(body).toHaveCSS('background-color', light)
})
