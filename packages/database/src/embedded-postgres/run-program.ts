import { spawn } from 'node:child_process'
import { programEnvironment } from '../env.ts'

/** The account a program runs as; undefined is our own. */
export type Account = { uid: number; gid: number } | undefined

/** How a program ended. `output` is what it printed, errors included. */
export type ProgramResult = { isSuccess: boolean; output: string }

/**
 * Runs a program to its end. PostgreSQL refuses to run as root, so root names another account. A program that cannot
 * start at all is a failure like others, with the reason as output.
 */
export function runProgram(file: string, args: string[], account: Account): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...account,
      // Any account can be there, which pg_ctl and initdb insist on.
      cwd: process.platform === 'win32' ? undefined : '/',
      env: programEnvironment(),
      // Away from the terminal: a Ctrl-C there is not for the server.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ isSuccess: false, output: error.message }))
    child.once('exit', (code) => {
      const finish = () => resolve({ isSuccess: code === 0, output })
      child.once('close', finish)
      // On Windows a server keeps the pipes of the program that started it open.
      setTimeout(finish, 1_000).unref()
    })
  })
}
