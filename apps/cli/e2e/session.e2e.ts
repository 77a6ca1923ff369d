import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { currentSessionSchema } from '@tend/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHome, type Home } from './run-tend.ts'
import { credentials, logIn, loginArguments, register, servers } from './test-server.ts'

let home: Home

beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

async function readCookies(name?: string): Promise<string> {
  return JSON.parse(await readFile(home.profileFile(name), 'utf8')).cookies
}

describe('signing in', () => {
  it('keeps the session where nobody else can read it, and the password nowhere', async () => {
    const person = await logIn(home)
    const who = await home.run(['whoami'])
    expect(who).toMatchObject({ code: 0, stdout: `${person.email}\n` })
    const file = home.profileFile()
    expect(await readFile(file, 'utf8')).not.toContain(person.password)
    if (process.platform === 'win32') return
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700)
    expect((await stat(dirname(dirname(file)))).mode & 0o777).toBe(0o700)
  })

  it('says as JSON who it is, in the shape of the contract', async () => {
    const person = await logIn(home)
    const { stdout } = await home.run(['whoami', '--json'])
    expect(currentSessionSchema.parse(JSON.parse(stdout)).user.email).toBe(person.email)
  })

  it('refuses a wrong password in one sentence, without it, and keeps nothing', async () => {
    const { email } = await register()
    const env = credentials({ email, password: 'not-the-right-one' })
    const outcome = await home.run(loginArguments, { env })
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: 'tend: Email or password is wrong: check both and try again.\n',
    })
    await expect(stat(home.profileFile())).rejects.toThrow('ENOENT')
  })

  it('asks for email and password in a terminal, and shows nothing of the password', async () => {
    const person = await register()
    const { code, screen } = await home.runInTerminal(loginArguments, [
      ['Email', `${person.email}\r`],
      ['Password', `${person.password}\r`],
    ])
    expect(code).toBe(0)
    expect(screen).toContain(`Signed in to ${servers.webUrl} as ${person.email}`)
    for (const part of [person.password, person.password.slice(0, 6), '▪', '•', '***'])
      expect(screen).not.toContain(part)
    expect((await home.run(['whoami'])).stdout).toBe(`${person.email}\n`)
  })

  it('ends with 130 when the question is interrupted, without a trace and with the cursor back', async () => {
    for (const question of ['Email', 'Password']) {
      const env: Record<string, string> =
        question === 'Password' ? { TEND_EMAIL: 'a@example.org' } : {}
      const { code, screen } = await home.runInTerminal(loginArguments, [[question, '\u0003']], env)
      expect(code).toBe(130)
      expect(screen).toContain('tend: Interrupted: nothing was changed.')
      expect(screen).not.toMatch(/\bat .*\.(ts|js|mjs):\d+/)
      expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'))
    }
  })

  it('ends with 2 where there is no terminal to ask in', async () => {
    const { code, stderr } = await home.run([...loginArguments, '--email', 'a@example.org'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'tend: There is no terminal to ask for the password: set TEND_PASSWORD.\n',
    })
  })

  it('ends the session that was there before', async () => {
    await logIn(home)
    const before = await readCookies()
    await logIn(home)
    const answer = await fetch(`${servers.webUrl}/api/auth/session`, {
      headers: { cookie: before },
    })
    expect(answer.status).toBe(401)
    expect((await home.run(['whoami'])).code).toBe(0)
  })
})

describe('registering', () => {
  const registerArguments = ['register', ...loginArguments.slice(1)]
  const newPerson = () => ({
    email: `new-${crypto.randomUUID()}@example.org`,
    password: 'a rare parsnip on tuesday',
  })

  it('asks for the password twice in a terminal, shows nothing of it, and signs in', async () => {
    const { email, password } = newPerson()
    const { code, screen } = await home.runInTerminal(registerArguments, [
      ['Email', `${email}\r`],
      ['Password', `${password}\r`],
      ['The same again', `${password}\r`],
    ])
    expect({ code, screen }).toMatchObject({ code: 0 })
    expect(screen).not.toContain(password.slice(0, 6))
    expect((await home.run(['whoami'])).stdout).toBe(`${email}\n`)
  })

  it('takes everything from options and environment, and refuses an address that has an account', async () => {
    const person = newPerson()
    const env = credentials(person)
    const first = await home.run([...registerArguments, '--name', 'Ada'], { env })
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('Signed in to') })
    const { stdout } = await home.run(['whoami', '--json'])
    expect(currentSessionSchema.parse(JSON.parse(stdout)).user.name).toBe('Ada')
    expect(await home.run(registerArguments, { env })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'tend: There is already an account with this email: sign in with tend login.\n',
    })
  })

  it('keeps nothing when the password is too short, too common, or typed in two ways', async () => {
    const { email } = newPerson()
    const short = await home.run(registerArguments, { env: credentials({ email, password: 'x' }) })
    expect(short).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^tend: The password is not valid: .*\.\n$/),
    })
    const common = await home.run(registerArguments, {
      env: credentials({ email, password: 'password1' }),
    })
    expect(common).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^tend: The server refused a value: password .*\.\n$/),
    })
    const { code, screen } = await home.runInTerminal(
      registerArguments,
      [
        ['Password', 'one of two parsnips\r'],
        ['The same again', 'two of two parsnips\r'],
      ],
      { TEND_EMAIL: email },
    )
    expect(code).toBe(2)
    expect(screen).toContain('tend: The two passwords differ: try again.')
    await expect(stat(home.profileFile())).rejects.toThrow('ENOENT')
  })
})

describe('being signed out', () => {
  it('ends with 3 and says what to do', async () => {
    for (const args of [
      ['list'],
      ['whoami'],
      ['add', 'x'],
      ['watch'],
      ['export'],
      ['done', 'abcdef'],
    ]) {
      const outcome = await home.run(args)
      expect(outcome).toEqual({
        code: 3,
        stdout: '',
        stderr: 'tend: You are not signed in: do so with tend login.\n',
      })
    }
  })

  it('ends with 3 when the session has ended on the server', async () => {
    await logIn(home)
    const ended = await fetch(`${servers.webUrl}/api/auth/logout`, {
      method: 'POST',
      headers: { cookie: await readCookies(), origin: servers.webUrl },
    })
    expect(ended.status).toBe(204)
    const first = await home.run(['list'])
    expect(first).toEqual({
      code: 3,
      stdout: '',
      stderr: 'tend: Your session has ended: sign in again with tend login.\n',
    })
    for (const args of [['list'], ['whoami'], ['watch'], ['export']]) {
      const { code, stdout, stderr } = await home.run(args)
      expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' })
      expect(stderr).toMatch(/with tend login\.\n$/)
    }
  })

  it('ends the session on the server as well', async () => {
    await logIn(home)
    const cookie = await readCookies()
    expect((await home.run(['logout'])).stderr).toBe(`Signed out of ${servers.webUrl}.\n`)
    const answer = await fetch(`${servers.webUrl}/api/auth/session`, { headers: { cookie } })
    expect(answer.status).toBe(401)
    expect((await home.run(['list'])).code).toBe(3)
    expect(await home.run(['logout'])).toMatchObject({
      code: 0,
      stderr: 'You were not signed in.\n',
    })
  })
})

describe('two profiles', () => {
  it('are two people, chosen by option or environment', async () => {
    const one = await logIn(home)
    const other = await logIn(home, '--profile', 'work')
    await home.run(['add', 'of one'])
    await home.run(['add', 'of the other', '--profile', 'work'])
    expect((await home.run(['whoami'])).stdout).toBe(`${one.email}\n`)
    expect((await home.run(['--profile', 'work', 'whoami'])).stdout).toBe(`${other.email}\n`)
    const list = await home.run(['list'], { env: { TEND_PROFILE: 'work' } })
    expect(list.stdout).toContain('of the other')
    expect(list.stdout).not.toContain('of one')
    const { stdout } = await home.run(['profiles'], { env: { TEND_PROFILE: 'work' } })
    expect(stdout).toBe(
      `  default  ${servers.webUrl}  ${one.email}\n* work  ${servers.webUrl}  ${other.email}\n`,
    )
  })
})
