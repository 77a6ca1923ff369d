import { expect, fromSomewhere, inventPerson, signUp, test } from './fixtures.ts'

const refused = [/status of 4\d\d/]

test.describe('signing in', () => {
  test('says what is wrong under each field, and keeps what was typed', async ({ page }) => {
    await page.goto('/login')
    await page.getByLabel('Email').fill('ada')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const summary = page.getByRole('alert').filter({ hasText: '2 fields need another look' })
    await expect(summary).toBeFocused()
    await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/not an email address/)
    await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Enter a password.')
    await expect(page.getByLabel('Email')).toHaveValue('ada')
    await summary.getByRole('link', { name: 'Password' }).click()
    await expect(page.getByLabel('Password')).toBeFocused()
  })

  test('refuses a wrong password without saying which of the two was wrong', async ({
    page,
    expectedErrors,
  }) => {
    expectedErrors.push(...refused)
    await page.goto('/login')
    await page.getByLabel('Email').fill(inventPerson().email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(
      page.getByRole('alert').filter({ hasText: 'Email or password is wrong' }),
    ).toBeFocused()
    await expect(page.getByLabel('Password')).toHaveValue('not the password')
  })

  test('says calmly how long to wait after too many tries', async ({
    page,
    person,
    context,
    expectedErrors,
  }) => {
    expectedErrors.push(...refused)
    await context.clearCookies()
    const data = { email: person.email, password: 'not the password' }
    for (let tries = 0; tries < 10; tries += 1) {
      await context.request.post('/api/auth/login', { headers: fromSomewhere(), data })
    }
    await page.goto('/login')
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText(/Try again in \d+ (minutes|seconds)/)).toBeVisible()
    await expect(page.getByLabel('Password')).toHaveValue(person.password)
  })

  test('keeps what was typed when the server is away, and works when it is back', async ({
    page,
    person,
    context,
    expectedErrors,
  }) => {
    expectedErrors.push(/net::ERR_FAILED/)
    await context.clearCookies()
    await page.route('**/api/auth/login', (route) => route.abort())
    await page.goto('/login')
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Tend cannot be reached.')).toBeVisible()
    await page.unroute('**/api/auth/login')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL('/dashboard')
  })

  test('shows the password on request and suits password managers', async ({ page }) => {
    await page.goto('/login')
    const password = page.getByLabel('Password')
    await expect(page.getByLabel('Email')).toHaveAttribute('autocomplete', 'username')
    await expect(password).toHaveAttribute('autocomplete', 'current-password')
    await password.fill('open sesame')
    await page.getByRole('button', { name: 'Show password' }).click()
    await expect(password).toHaveAttribute('type', 'text')
    await page.getByRole('button', { name: 'Hide password' }).click()
    await expect(password).toHaveAttribute('type', 'password')
    await page.goto('/register')
    await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'new-password')
  })
})

test.describe('registering', () => {
  test('leads somebody who has an account to signing in, with the email typed', async ({
    page,
    openBrowser,
    expectedErrors,
  }) => {
    expectedErrors.push(...refused)
    const known = await signUp((await openBrowser()).request)
    await page.goto('/register?next=/dashboard')
    await page.getByLabel('Email').fill(known.email)
    await page.getByLabel('Password').fill(known.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/already an account/)
    await page.getByRole('link', { name: 'Sign in instead' }).click()
    await expect(page).toHaveURL(/\/login\?next=/)
    await expect(page.getByLabel('Email')).toHaveValue(known.email)
    await page.getByLabel('Password').fill(known.password)
    await page.getByLabel('Password').press('Enter')
    await expect(page).toHaveURL('/dashboard')
  })

  test('refuses short and common passwords under their field', async ({ page, expectedErrors }) => {
    expectedErrors.push(...refused)
    await page.goto('/register')
    const password = page.getByLabel('Password')
    await page.getByLabel('Email').fill(inventPerson().email)
    await password.fill('short')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(password).toHaveAccessibleDescription('Use at least 8 characters; this has 5.')
    await password.fill('password1')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(password).toHaveAccessibleDescription(/common/)
    await expect(password).toHaveValue('password1')
  })
})

test('where addresses have to be confirmed, registering leads to the mail', async ({ page }) => {
  await page.route('**/api/auth/register', (route) => route.fulfill({ status: 202 }))
  await page.goto('/register')
  await page.getByLabel('Email').fill(inventPerson().email)
  await page.getByLabel('Password').fill('fern and river stones')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/login?email=sent')
  await expect(page.getByText('Check your mail')).toBeVisible()
})

test.describe('the way back', () => {
  test('a stranger is sent to sign in before anything of the page is sent', async ({ context }) => {
    const answer = await context.request.get('/dashboard', { maxRedirects: 0 })
    expect(answer.status()).toBe(307)
    expect(answer.headers().location).toBe('/login?next=/dashboard')
    const view = await context.request.get('/dashboard?view=today&task=x', { maxRedirects: 0 })
    expect(view.headers().location).toBe('/login?next=/dashboard%3Fview%3Dtoday%26task%3Dx')
  })

  test('next is kept between the two forms and followed afterwards', async ({ page }) => {
    await page.goto('/login?next=/dashboard%3Fview%3Done')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await expect(page.getByLabel('Name')).toBeVisible()
    const person = inventPerson()
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL('/dashboard?view=one')
  })

  for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    test(`next never leads to another site: ${elsewhere}`, async ({ page, person }) => {
      await page.goto(`/login?next=${encodeURIComponent(elsewhere)}`)
      await expect(page).toHaveURL('/dashboard')
      await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
      expect(person.email).toContain('@')
    })
  }

  test('the landing page and both forms know who is signed in', async ({ page, person }) => {
    await page.goto('/register')
    await expect(page).toHaveURL('/dashboard')
    await page.goto('/')
    await page.getByRole('main').getByRole('link', { name: 'Open Tend' }).click()
    await expect(page.getByRole('button', { name: 'Account' })).toHaveText(person.name.slice(0, 1))
  })
})
