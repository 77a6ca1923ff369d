// `npm test`: every test there is. First the unit and integration tests on a real PostgreSQL, then `npm start` as a
// person runs it, with the browser tests and those of the terminal client against it, and the tests that start servers of
// their own from its build. The last line counts.
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { type Environment, readEnvironment, workspaceRoot } from './env.ts'
import { findBrowser } from './find-browser.ts'
import { startMailbox } from './mailbox.ts'
import { startTend } from './start-tend.ts'

/** How a run of tests ended; `failures` are the names of those that failed, as far as the runner knows them. */
type Count = { passed: number; failed: number; skipped: number; failures: string[] }

const vitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})
/** A file of browser tests, or a group in it. */
const playwrightSuite = z.object({
  file: z.string(),
  get suites() {
    return z.array(playwrightSuite).optional()
  },
  specs: z.array(z.object({ title: z.string(), ok: z.boolean() })),
})
const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  suites: z.array(playwrightSuite),
})

async function main(): Promise<number> {
  // Tests make their own settings; those of a person's .env have no place here.
  const given = readEnvironment()
  const scratch = await mkdtemp(join(tmpdir(), 'tend-test-'))
  // Root's database runs as another account; closed to it, its data would land in /var/lib and stay there.
  await chmod(scratch, 0o755)
  try {
    const browser = findBrowser(given)
    const counts = [
      await runVitest([], given, join(scratch, 'vitest.json')),
      ...(await runTestsOnTend(given, scratch, browser)),
    ]
    const passed = counts.reduce((sum, count) => sum + count.passed, 0)
    const failed = counts.reduce((sum, count) => sum + count.failed + count.skipped, 0)
    const failures = counts.flatMap((count) => count.failures.map((name) => `failed: ${name}`))
    console.log(`\n${[...failures, `${passed} passed, ${failed} failed`].join('\n')}`)
    return failed === 0 && counts.every((count) => count.passed > 0) ? 0 : 1
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function runVitest(args: string[], given: Environment, file: string): Promise<Count> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run('vitest', ['run', ...args, ...reporters], given)
  const report = vitestReport.parse(JSON.parse(await readFile(file, 'utf8')))
  const failed = report.numFailedTests
  return {
    passed: report.numPassedTests,
    // A file that could not be loaded fails the run without failing a test.
    failed: failed === 0 && (code !== 0 || !report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, status, assertionResults }) => {
      const tests = assertionResults.filter((test) => test.status === 'failed')
      const file = relative(workspaceRoot, name)
      if (status === 'failed' && tests.length === 0) return [`${file}, as a whole`]
      return tests.map(({ fullName }) => `${file}: ${fullName}`)
    }),
  }
}

async function runTestsOnTend(
  given: Environment,
  scratch: string,
  browser: string,
): Promise<Count[]> {
  const mailbox = await startMailbox()
  const tend = await startTend(given, join(scratch, 'data'), mailbox.smtpUrl)
  const environment = {
    ...given,
    TEND_CHROMIUM: browser,
    TEND_E2E_WEB_URL: tend.webUrl,
    TEND_E2E_API_URL: tend.apiUrl,
    TEND_E2E_MAIL_URL: mailbox.mailUrl,
  }
  const terminal = ['--config', 'apps/cli/e2e/vitest.config.ts']
  const processes = ['--config', 'packages/faults/vitest.processes.config.ts']
  try {
    return [
      await runPlaywright(environment, join(scratch, 'playwright.json')),
      await runVitest(terminal, environment, join(scratch, 'terminal.json')),
      await runVitest(processes, environment, join(scratch, 'processes.json')),
    ]
  } finally {
    await tend.stop()
    await mailbox.stop()
  }
}

async function runPlaywright(given: Environment, file: string): Promise<Count> {
  const args = ['--filter', '@tend/web', 'exec', 'playwright', 'test', '--reporter=list,json']
  const code = await run('pnpm', args, { ...given, PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  const { stats, errors, suites } = playwrightReport.parse(JSON.parse(await readFile(file, 'utf8')))
  const failed = stats.unexpected + stats.flaky + errors.length
  return {
    passed: stats.expected,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: stats.skipped,
    failures: suites.flatMap(namesOfFailures),
  }
}

function namesOfFailures({ file, suites, specs }: z.infer<typeof playwrightSuite>): string[] {
  const failed = specs.filter(({ ok }) => !ok).map(({ title }) => `apps/web/e2e/${file}: ${title}`)
  return [...failed, ...(suites ?? []).flatMap(namesOfFailures)]
}

function run(command: string, args: string[], environment: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32'
    const child = spawn(command, args, {
      cwd: workspaceRoot,
      stdio: 'inherit',
      env: environment,
      shell,
    })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('\n0 passed, 1 failed')
  process.exit(1)
}
