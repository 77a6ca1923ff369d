import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { type Environment, workspaceRoot } from './env.ts'

/** A Tend of its own: `npm start` with a data folder and ports that nobody else has. */
export type RunningTend = { webUrl: string; apiUrl: string; stop(): Promise<void> }

/**
 * Runs the start command as a person does, and waits until it says that Tend is running. Throws when it ends before.
 * Without `smtpUrl`, mail goes to the log.
 */
export async function startTend(
  given: Environment,
  dataDir: string,
  smtpUrl?: string,
): Promise<RunningTend> {
  const [webPort, apiPort] = [await findFreePort(), await findFreePort()]
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: given.PATH,
      HOME: given.HOME,
      DATA_DIR: dataDir,
      WEB_PORT: String(webPort),
      API_PORT: String(apiPort),
      // Each browser test comes from an address of its own, so that the limits per address do not meet.
      TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
      LOG_LEVEL: 'warn',
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Tend <tend@example.org>',
    },
  })
  await waitForLine(child, 'Tend is running')
  return {
    webUrl: `http://localhost:${webPort}`,
    apiUrl: `http://localhost:${apiPort}`,
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve))
      child.kill('SIGINT')
      await ended
    },
  }
}

function waitForLine(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      if (chunk.includes(text)) resolve()
    })
    child.on('exit', (code) => reject(new Error(`The start command ended with code ${code}.`)))
    child.on('error', reject)
  })
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(),
      )
    })
  })
}
