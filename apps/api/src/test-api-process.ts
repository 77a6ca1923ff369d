import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { audience, issuer, secret } from './auth/test-tokens.ts'

const mainFile = fileURLToPath(new URL('./main.ts', import.meta.url))

/** A real API process. */
export type ApiProcess = {
  child: ChildProcess
  port: number
  /** Its log so far, one object a line. */
  lines: Record<string, unknown>[]
}

/** The environment of a process that takes test tokens; nothing of the machine's own comes in. */
export function apiEnvironment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    JWT_SECRET: secret,
    WEB_URL: issuer,
    API_URL: audience,
    API_PORT: '0',
    RATE_LIMIT_PER_MINUTE: '0',
  }
}

/** Starts the API as `npm start` does, on a free port, and waits until it listens. */
export async function startApiProcess(environment: Record<string, string>): Promise<ApiProcess> {
  const child = spawn(process.execPath, [mainFile], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: Record<string, unknown>[] = []
  const listening = new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The API ended with code ${code}`)))
    createInterface(child.stdout).on('line', (text) => {
      // The last line of a process that was killed may be a part of one.
      if (!text.endsWith('}')) return
      const line: Record<string, unknown> = JSON.parse(text)
      lines.push(line)
      if (line.msg === 'listening') resolve(Number(line.port))
    })
  })
  return { child, port: await listening, lines }
}

/** Runs the API until it ends by itself, and gives its exit code and what it said on standard error. */
export async function runApiProcess(environment: Record<string, string>) {
  const child = spawn(process.execPath, [mainFile], { env: environment, stdio: 'pipe' })
  let message = ''
  child.stderr.on('data', (chunk) => {
    message += chunk
  })
  const [code]: unknown[] = await once(child, 'close')
  return { code, message }
}
