import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** Where the workspace begins. */
export const workspaceRoot = path.resolve(import.meta.dirname, '../../..')

/** One process of Tend. */
export type App = {
  child: ChildProcess
  port: number
  /** What it logged so far, one line each. */
  lines: string[]
  /** What it wrote to standard error so far. */
  errors: string[]
  /** Ends it as an operator does, and waits for it. */
  stop(): Promise<void>
}

const listeningSchema = z.object({ msg: z.literal('listening'), port: z.int() })

/** Starts the API or the web app as in production, with this environment alone, and waits until it listens. */
export async function runApp(
  name: 'api' | 'web',
  environment: Record<string, string>,
): Promise<App> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: path.join(workspaceRoot, 'apps', name),
    env: { PATH: '/usr/bin:/bin', NODE_ENV: 'production', ...environment },
    // Over the channel it notices when this process is gone, and stops by itself.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  const errors: string[] = []
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The ${name} server ended with code ${code}`)))
    if (!child.stdout || !child.stderr) throw new Error('The output of a server is not piped.')
    createInterface(child.stderr).on('line', (line) => {
      errors.push(line)
      process.stderr.write(`${line}\n`)
    })
    let isListening = false
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      const listening = isListening ? null : readListening(line)
      if (listening === null) return
      isListening = true
      resolve(listening)
    })
  })
  return { child, port, lines, errors, stop: () => stopProcess(child, 'SIGTERM') }
}

/** Ends a process with a signal and waits until it is gone. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

function readListening(line: string): number | null {
  if (!line.startsWith('{')) return null
  const parsed = listeningSchema.safeParse(JSON.parse(line))
  return parsed.success ? parsed.data.port : null
}
