import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from './find-free-port.ts'
import { findProgram } from './find-program.ts'
import { stopProcess } from './run-app.ts'
import { giveToUnprivilegedAccount, unprivilegedAccount } from './unprivileged-account.ts'
import { waitUntilListening } from './wait-until-listening.ts'

/** Starts pgbouncer in transaction mode before a database; `poolSize` is how many connections it opens to PostgreSQL. */
export async function runPgbouncer(databaseUrl: string, poolSize: number) {
  const program = findProgram('pgbouncer')
  const database = new URL(databaseUrl)
  const port = await findFreePort()
  const folder = await mkdtemp(path.join(tmpdir(), 'tend-pgbouncer-'))
  await chmod(folder, 0o755)
  const users = path.join(folder, 'users.txt')
  const file = path.join(folder, 'pgbouncer.ini')
  await writeFile(users, `"${database.username}" "${database.password}"\n`, { mode: 0o600 })
  await writeFile(
    file,
    `[databases]
* = host=${database.hostname} port=${database.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
log_connections = 0
log_disconnections = 0
`,
  )
  await giveToUnprivilegedAccount(folder, users, file)
  const child = spawn(program, ['--quiet', file], {
    ...unprivilegedAccount,
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  await waitUntilListening(port)
  database.port = String(port)
  return {
    /** The same database through the pooler. */
    url: database.href,
    async stop() {
      await stopProcess(child, 'SIGTERM')
      await rm(folder, { recursive: true })
    },
  }
}
