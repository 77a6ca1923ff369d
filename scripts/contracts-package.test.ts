import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment, workspaceRoot } from './env.ts'
import { readExample } from './read-example.ts'
import { runInWorkspace } from './scratch-copy.ts'
import { type RunningTend, startTend } from './start-tend.ts'

const contracts = join(workspaceRoot, 'packages', 'contracts')
const readme = 'packages/contracts/README.md'
const clientExamples = [readme, 'README.md'].filter((document) =>
  existsSync(join(workspaceRoot, document)),
)

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ['*.ts'],
}

let scratch: string
let consumer: string
let tarball: string

/** Packs the package and installs it with npm into an empty project outside the workspace. */
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tend-package-'))
  // The account of the embedded database has to get in.
  chmodSync(scratch, 0o755)
  const packed = runInWorkspace('pnpm', ['pack', '--pack-destination', scratch], contracts)
  expect(packed.status, packed.output).toBe(0)
  tarball = join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '')
  consumer = join(scratch, 'consumer')
  mkdirSync(consumer)
  write('package.json', JSON.stringify({ type: 'module', private: true }))
  write('tsconfig.json', JSON.stringify(tsconfig))
  write('client.ts', readExample(readme, 'The typed client'))
  write('verify.ts', readExample(readme, 'Verify access tokens in a service of your own'))
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const installed = runInWorkspace('npm', ['install', ...quietly, tarball, 'jose'], consumer)
  expect(installed.status, installed.output).toBe(0)
}, 240_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function write(name: string, text: string): void {
  writeFileSync(join(consumer, name), text)
}

function checkTypes() {
  return runInWorkspace('tsc', ['-p', '.'], consumer)
}

describe('the packed package', () => {
  it('is as publint wants it', { timeout: 60_000 }, () => {
    const { status, output } = runInWorkspace('publint', ['run', tarball, '--strict'], contracts)
    expect(output).toContain('All good!')
    expect(status).toBe(0)
  })

  it('has types that resolve', { timeout: 60_000 }, () => {
    const { status, output } = runInWorkspace('attw', [tarball, '--profile', 'esm-only'], contracts)
    expect(output).toContain('🟢')
    expect(status, output).toBe(0)
  })

  it('has what it promises and nothing else', () => {
    const installed = join(consumer, 'node_modules', '@tend', 'contracts')
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => /\.test\.|(?<!\.d)\.ts$/.test(name))).toEqual([])
    const text = files
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(installed, 'dist', name), 'utf8'))
      .join()
    expect(text).not.toMatch(/from 'node:|\brequire\(|\bprocess\.|\bBuffer\b/)
  })
})

it('type-checks the examples of its own documentation', { timeout: 60_000 }, () => {
  const { status, output } = checkTypes()
  expect(output).toBe('')
  expect(status).toBe(0)
})

describe('a program outside the workspace', () => {
  let tend: RunningTend

  beforeAll(async () => {
    tend = await startTend(readEnvironment(), join(scratch, 'data'))
  }, 600_000)

  afterAll(() => tend?.stop(), 60_000)

  /** Makes the account that an example signs in to. */
  async function register(program: string): Promise<void> {
    const [, email] = /email: '([^']+)'/.exec(program) ?? []
    const [, password] = /password: '([^']+)'/.exec(program) ?? []
    const response = await fetch(`${tend.webUrl}/api/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: tend.webUrl },
      body: JSON.stringify({ email, password }),
    })
    expect(response.status).toBe(201)
  }

  it.each(clientExamples)(
    'made of the example in %s runs against Tend',
    { timeout: 60_000 },
    async (document) => {
      const example = readExample(document, 'The typed client')
      const program = example
        .replaceAll('http://localhost:3000', tend.webUrl)
        .replaceAll('http://localhost:4000', tend.apiUrl)
        .replaceAll('ada@example.com', `${randomUUID()}@example.com`)
      expect(program).toContain(tend.webUrl)
      if (!program.includes('auth.register')) await register(program)
      write('client.ts', program)
      const types = checkTypes()
      expect(types.status, types.output).toBe(0)
      const { status, output } = runInWorkspace(process.execPath, ['client.ts'], consumer)
      expect(status, output).toBe(0)
      expect(output).not.toBe('')
    },
  )
})

it('breaks the program when a field or a claim changes', { timeout: 120_000 }, () => {
  const source = join(scratch, 'packages', 'contracts')
  for (const name of ['src', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(contracts, name), join(source, name), { recursive: true })
  }
  cpSync(join(workspaceRoot, 'tsconfig.base.json'), join(scratch, 'tsconfig.base.json'))
  symlinkSync(join(contracts, 'node_modules'), join(source, 'node_modules'))
  change(join(source, 'src', 'task.ts'), 'title: titleSchema', 'heading: titleSchema')
  change(join(source, 'src', 'access-token.ts'), 'email: z', 'mail: z')
  const outDir = join(consumer, 'node_modules', '@tend', 'contracts', 'dist')
  runInWorkspace('tsc', ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', outDir], source)
  const { status, output } = checkTypes()
  expect(output).toMatch(/client\.ts.*'title' does not exist/)
  expect(output).toMatch(/verify\.ts.*'email' does not exist/)
  expect(status).not.toBe(0)
})

function change(path: string, from: string, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
}
