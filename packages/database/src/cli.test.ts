import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { connectDatabase } from './connect-database.ts'
import { removeEmbeddedPostgres } from './embedded-postgres/embedded-postgres.ts'
import { createTestDatabase } from './test-database.ts'

vi.setConfig({ testTimeout: 60_000 })

let url: string
let drop: () => Promise<void>

beforeAll(async () => {
  ;({ url, drop } = await createTestDatabase())
})
afterAll(() => drop())

type Outcome = { code: unknown; stdout: string; stderr: string }

async function runCommand(args: string[], environment: Record<string, string>): Promise<Outcome> {
  const cli = path.join(import.meta.dirname, 'cli.ts')
  const child = spawn(process.execPath, [cli, ...args], { env: environment })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: url })

it('migrates, shows the status, seeds and begins anew', async () => {
  expect(await run('reset', '--yes')).toMatchObject({ code: 0, stderr: '' })
  expect((await run('migrate')).stdout).toBe('Nothing to migrate.\n')
  const status = await run('status')
  expect(status.stdout).toMatch(/^0001_better_auth {2}applied 20/)
  expect(status.stdout).toContain('keeps the tasks of different people apart')
  expect((await run('seed')).stdout).toContain('Log in as ada@example.com with')
  expect((await run('seed')).stdout).toBe('The demo people are there already.\n')
  await run('reset', '--yes')
  const db = connectDatabase(url)
  expect(await db.selectFrom('user').selectAll().execute()).toEqual([])
  await db.destroy()
})

it('deletes nothing unless it is meant', async () => {
  const { code, stderr } = await run('reset')
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'reset deletes every account and task: repeat it with --yes.\n',
  })
})

it.each([[['seed']], [['reset', '--yes']]])('leaves another machine alone: %s', async (args) => {
  const environment = { DATABASE_URL: 'postgres://tend:hunter2@db.example/tend' }
  const { code, stderr } = await runCommand(args, environment)
  expect(code).toBe(1)
  expect(stderr).toContain('repeat it with --force')
  expect(stderr).not.toContain('hunter2')
})

it('goes by the machine it would connect to, whatever stands ahead of the query of the address', async () => {
  const environment = { DATABASE_URL: 'postgres://tend@localhost/tend?host=db.example' }
  const { code, stderr } = await runCommand(['reset', '--yes'], environment)
  expect(code).toBe(1)
  expect(stderr).toContain('repeat it with --force')
})

it('says in one sentence that the database does not answer', async () => {
  const environment = { DATABASE_URL: 'postgres://tend:hunter2@127.0.0.1:1/tend' }
  const { code, stderr } = await runCommand(['migrate'], environment)
  expect(code).toBe(1)
  expect(stderr).toBe(
    'DATABASE_URL does not answer at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1. Check that PostgreSQL runs there and lets this machine in.\n',
  )
})

it.each([[[]], [['nonsense']], [['seed', 'twice']], [['--help']]])(
  'explains itself: %s',
  async (args) => {
    const { code, stderr } = await runCommand(args, { DATABASE_URL: url })
    expect(code).toBe(1)
    expect(stderr).toContain('Usage: pnpm db <command>')
  },
)

it('uses the embedded server when no DATABASE_URL is set, and stops it again', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tend-cli-'))
  // Root's server runs as another account.
  await chmod(dataDir, 0o755)
  // Empty, so that no .env of this checkout can name a database.
  const environment = { DATA_DIR: dataDir, DATABASE_URL: '' }
  expect((await runCommand(['seed'], environment)).stdout).toContain('Log in as ada@example.com')
  expect((await runCommand(['seed'], environment)).stdout).toContain('there already')
  expect(await removeEmbeddedPostgres(dataDir)).toBe(true)
  await rm(dataDir, { recursive: true, force: true })
})
