import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './run-program.ts'

/** A process that uses the embedded server. */
export type Holder = {
  url: string
  child: ChildProcess
  /** What it was told. */
  log: () => string
  /** Lets it end its use and waits for its end. */
  stop: () => Promise<void>
}

/** Where the code is that a holder runs, and the Node that runs it. */
export type Program = { node: string; source: string }

export const thisCheckout: Program = { node: process.execPath, source: import.meta.dirname }

const children = new Set<ChildProcess>()

/** Kills the holders that still run. */
export function killHolders(): void {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
}

/** Starts the server on a folder from a process of its own, as its own process group. Rejects with what it complains of. */
export async function startHolder(
  dataDir: string,
  account?: Account,
  { node, source }: Program = thisCheckout,
): Promise<Holder> {
  const program = `
    import { startEmbeddedPostgres } from '${source}/embedded-postgres.ts'
    try {
      const dataDir = process.argv[1]
      const server = await startEmbeddedPostgres({ dataDir, log: (line) => console.error(line) })
      console.log(server.url)
      process.stdin.resume().on('end', () => server.stop())
    } catch (error) {
      console.error(error.message)
      process.exitCode = 1
    }`
  const child = spawn(node, ['--input-type=module', '-e', program, dataDir], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: 'pipe',
    // Without NODE_PATH, by which pnpm's scripts find modules that a program has not.
    env: { PATH: '/usr/bin:/bin' },
  })
  children.add(child)
  let url = ''
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => {
    url += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk
  })
  const ended = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), ended])
  if (url === '') throw new Error(log)
  return {
    url: url.trim(),
    child,
    log: () => log,
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}

/** The processes of the server on a folder: its own and all its helpers. Linux knows them by where they work. */
export async function listServerProcesses(dataDir: string): Promise<number[]> {
  const cluster = await realpath(path.join(dataDir, 'postgres', 'store', 'cluster'))
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    if ((await readlink(`/proc/${name}/cwd`).catch(() => '')) === cluster) found.push(Number(name))
  }
  return found
}

/** The process id that the server noted of itself. */
export async function readServerPid(dataDir: string): Promise<number> {
  const file = path.join(dataDir, 'postgres', 'store', 'cluster', 'postmaster.pid')
  return Number((await readFile(file, 'utf8')).split('\n')[0])
}

/** Waits until a condition holds; fails after `patience` milliseconds. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  patience = 30_000,
): Promise<void> {
  const giveUpAt = Date.now() + patience
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('It did not come to pass in time.')
    await sleep(20)
  }
}
