import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHome, type Home } from '../e2e/run-tend.ts'
import { DEFAULT_PROFILE, openProfiles } from './profiles.ts'

let home: Home

beforeAll(async () => {
  home = await createHome()
})
afterAll(() => home.remove())

describe('the command without a server', () => {
  it('ends with 2 and one complaint when it is used wrongly', async () => {
    for (const [args, complaint] of [
      [['lsit'], "unknown command 'lsit'"],
      [['list', '--due', 'never'], "argument 'never' is invalid"],
      [['list', '--limit', '0'], 'It must be a whole number from 1 on'],
      [['add'], "missing required argument 'words'"],
      [['add', 'tomorrow'], 'The title is not valid: Must not be empty'],
      [['add', 'x', '--label', 'y'.repeat(31)], 'Must have at most 30 characters'],
      [['add', 'x', '--due', 'never'], '“never” is no day'],
      [['edit', 'abcdef'], 'There is nothing to change'],
      [['list', '--profile', '../x'], 'A profile is named'],
      [['login', '--web-url', 'ftp://x'], 'is no address of a server'],
      [['login', '--web-url', 'https://tend.example'], 'add --api-url'],
      [['login'], 'set TEND_EMAIL or add --email'],
    ] as const) {
      const { code, stdout, stderr } = await home.run([...args])
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
      expect(stderr).toContain(`tend: `)
      expect(stderr).toContain(complaint)
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
    }
  }, 60_000)

  it('helps, and says its version', async () => {
    expect(await home.run(['--help'])).toMatchObject({ code: 0, stderr: '' })
    expect((await home.run(['add', '--help'])).stdout).toContain('pay rent tomorrow !high #home')
    expect((await home.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  }, 60_000)

  it('warns of a server that others on the way could listen to', async () => {
    for (const [webUrl, apiUrl, open] of [
      ['http://tend.example', 'https://api.tend.example', 'http://tend.example'],
      ['https://tend.example', 'http://10.0.0.7:4000', 'http://10.0.0.7:4000'],
      ['http://127.0.0.1:3000', 'http://[::1]:4000', null],
      ['http://localhost:3000', 'https://tend.example', null],
    ] as const) {
      const { stderr } = await home.run(['login', '--web-url', webUrl, '--api-url', apiUrl])
      const warning = `Beware: ${open} is no https address, so others on the way can read your password and tasks.\n`
      expect(stderr).toBe(
        `${open === null ? '' : warning}tend: There is no terminal to ask for the email: set TEND_EMAIL or add --email.\n`,
      )
    }
  }, 60_000)

  it('says that the server is away, and never the password', async () => {
    const server = ['--web-url', 'http://127.0.0.1:1', '--api-url', 'http://127.0.0.1:1']
    const env = { TEND_EMAIL: 'a@example.org', TEND_PASSWORD: 'a very secret word' }
    const outcome = await home.run(['login', ...server], { env })
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'tend: No answer from http://127.0.0.1:1: check that Tend is running there and that the network is up.\n',
    })
    const invalid = await home.run(['login'], { env: { ...env, TEND_PASSWORD: 'p'.repeat(200) } })
    expect(invalid.code).toBe(2)
    expect(invalid.stderr).not.toContain('pppp')
  }, 60_000)
})

it('says that an export broke off, and leaves no half of a file', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/api/auth/token') {
      response.end('{"accessToken":"t","tokenType":"Bearer","expiresIn":300}')
      return
    }
    response.write('{"version":1,"tasks":[')
    setTimeout(() => response.destroy(), 50)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const address = `http://127.0.0.1:${port}`
  await openProfiles(home.configFolder).write(DEFAULT_PROFILE, {
    webUrl: address,
    apiUrl: address,
    email: 'a@example.org',
    cookies: 'session=x',
  })
  const before = await readdir(home.configFolder)
  for (const output of [[], ['--output', `${home.configFolder}/tasks.json`]]) {
    expect(await home.run(['export', ...output])).toMatchObject({
      code: 1,
      stderr:
        'tend: The export broke off: check that Tend is running there and that the network is up.\n',
    })
  }
  expect(await readdir(home.configFolder)).toEqual(before)
  server.closeAllConnections()
  server.close()
}, 60_000)
