import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { spawn as spawnInTerminal } from '@lydell/node-pty'

/** The command as it is installed. */
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** What a finished command said. */
export type Outcome = { code: number | null; stdout: string; stderr: string }

type Extras = { env?: Record<string, string>; input?: string }

/** A home of its own for the command: nothing of the machine's own settings comes in. */
export type Home = Awaited<ReturnType<typeof createHome>>

/** Makes an empty home; remove it when done. */
export async function createHome() {
  const folder = await mkdtemp(join(tmpdir(), 'tend-cli-'))
  const environment = (extra: Record<string, string> = {}): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    APPDATA: folder,
    ...extra,
  })

  /** Starts `tend` with its three streams as pipes. */
  const start = (args: string[], env?: Record<string, string>): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [main, ...args], { env: environment(env) })

  return {
    folder,
    configFolder: join(folder, 'tend'),
    profileFile: (name = 'default') => join(folder, 'tend', 'profiles', `${name}.json`),
    start,
    /** Runs `tend` to its end. */
    async run(args: string[], { env, input = '' }: Extras = {}): Promise<Outcome> {
      const child = start(args, env)
      child.stdin.end(input)
      const ended = once(child, 'close')
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
      await ended
      return { code: child.exitCode, stdout, stderr }
    },
    /** Runs `tend` in a terminal: each answer is typed as soon as its question is on the screen. */
    runInTerminal(
      args: string[],
      answers: [question: string, answer: string][],
      env?: Record<string, string>,
    ): Promise<{ code: number; screen: string }> {
      return new Promise((resolve) => {
        const waiting = [...answers]
        let screen = ''
        let seen = 0
        const terminal = spawnInTerminal(process.execPath, [main, ...args], {
          cols: 80,
          rows: 24,
          env: environment({ TERM: 'xterm-256color', ...env }),
        })
        terminal.onData((data) => {
          screen += data
          const [question, answer] = waiting[0] ?? []
          if (question === undefined || answer === undefined) return
          const at = screen.indexOf(question, seen)
          if (at === -1) return
          seen = at + question.length
          waiting.shift()
          terminal.write(answer)
        })
        terminal.onExit(({ exitCode }) => resolve({ code: exitCode, screen }))
      })
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
