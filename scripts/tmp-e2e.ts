import { spawn } from 'node:child_process'
import { mkdtemp, chmod } from 'node:fs/promises'
import { readEnvironment, workspaceRoot } from './env.ts'
import { findBrowser } from './find-browser.ts'
import { startMailbox } from './mailbox.ts'
import { startTend } from './start-tend.ts'
const given = readEnvironment()
const scratch = await mkdtemp('/tmp/tend-sec-'); await chmod(scratch, 0o755)
const mailbox = await startMailbox()
const tend = await startTend(given, scratch + '/data', mailbox.smtpUrl)
const env = { ...given, TEND_CHROMIUM: findBrowser(given), TEND_E2E_WEB_URL: tend.webUrl, TEND_E2E_API_URL: tend.apiUrl, TEND_E2E_MAIL_URL: mailbox.mailUrl }
const child = spawn('pnpm', ['--filter', '@tend/web', 'exec', 'playwright', 'test', '--reporter=list', ...process.argv.slice(2)], { cwd: workspaceRoot, env, stdio: 'inherit' })
await new Promise((r) => child.on('exit', r))
await tend.stop(); await mailbox.stop(); process.exit(0)
