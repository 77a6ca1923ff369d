import { randomBytes } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, expect as expectPage, type Page } from '@playwright/test'
import { afterAll, expect, it } from 'vitest'
import { startMailbox } from '../../../scripts/mailbox.ts'
import { readChromium } from './env.ts'
import { readMailedLink } from './read-mailed-link.ts'
import { runTend } from './run-tend.ts'
import { setUpDatabase } from './set-up-tend.ts'

const mailbox = await startMailbox()
afterAll(mailbox.stop)
const database = await setUpDatabase()
const tend = await runTend(database.url, {
  SMTP_URL: mailbox.smtpUrl,
  REQUIRE_EMAIL_VERIFICATION: 'true',
})
afterAll(tend.stop)
const browser = await chromium.launch(readChromium())
afterAll(() => browser.close())

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  }
}

async function register(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${tend.webUrl}/register`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expectPage(page).toHaveURL(`${tend.webUrl}/login?email=sent`)
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

it('a new account is opened with the link from the mail, and by nothing else', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const tag = randomBytes(4).toString('hex')
  const [email, password] = [`ada-${tag}@example.org`, `moss and stones ${tag}`]
  await register(page, email, password)
  await expectPage(page.getByText(/Check your mail/)).toBeVisible()
  await expectNoViolations(page)
  await signIn(page, email, password)
  await expectPage(page.getByText(/Confirm your email address first/)).toBeVisible()
  await expectNoViolations(page)

  const link = await readMailedLink(mailbox.mailUrl, {
    to: email,
    subject: 'Confirm your email address',
  })
  await page.goto(link.replace(/token=[^&]{20}/, `token=${'x'.repeat(20)}`))
  await expectPage(page.getByText(/has been used or is too old/)).toBeVisible()
  await expectNoViolations(page)
  await page.goto(link)
  await expectPage(page).toHaveURL(`${tend.webUrl}/login?email=confirmed`)
  await expectPage(page.getByText('Your email address is confirmed.')).toBeVisible()
  await expectNoViolations(page)
  await signIn(page, email, password)
  await expectPage(page).toHaveURL(`${tend.webUrl}/dashboard`)

  // Whoever tries the address sees the same as a new person does; only its owner is told.
  const other = await (await browser.newContext()).newPage()
  await register(other, email, `another ${password}`)
  await readMailedLink(mailbox.mailUrl, { to: email, subject: 'You already have an account' })
})
