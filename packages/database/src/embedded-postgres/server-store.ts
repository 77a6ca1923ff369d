import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, realpath, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Account } from './run-program.ts'
import { canEnter } from './server-account.ts'

/** Where the server's files are kept: data under `cluster`, copied programs beside it. */
export type ServerStore = { directory: string; isElsewhere: boolean }

/**
 * Opens the store of a home, making it first if there is none. It stands inside the home, or where the server's account
 * cannot get there, as in /root, in a system directory that a link in the home leads to.
 */
export async function openStore(home: string, account: Account): Promise<ServerStore> {
  const store = path.join(home, 'store')
  if (!(await exists(store))) await createStore(home, store, account)
  const directory = await realpath(store).catch(() => {
    throw new Error(
      `The database of ${home} is gone: its link "store" leads nowhere. Remove the link to begin with an empty database.`,
    )
  })
  if (!(await canEnter(account, directory))) {
    throw new Error(
      `The database in ${directory} is closed to the account with id ${account?.uid} that the server runs as: allow others to enter its parent folders (chmod o+x), or move it.`,
    )
  }
  return { directory, isElsewhere: path.dirname(directory) !== (await realpath(home)) }
}

async function createStore(home: string, store: string, account: Account): Promise<void> {
  if (await canEnter(account, home)) {
    await mkdir(store)
    await chmod(store, 0o755)
    return
  }
  const base = process.platform === 'darwin' ? '/var/db' : '/var/lib'
  const elsewhere = path.join(base, `tend-${randomBytes(6).toString('hex')}`)
  await mkdir(elsewhere, { recursive: true })
  await chmod(elsewhere, 0o755)
  await symlink(elsewhere, store)
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}
