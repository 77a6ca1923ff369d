import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { readEnvironment, workspaceRoot } from './env.ts'

/** A copy of the workspace to plant mistakes in. */
export type ScratchCopy = { folder: string; remove(): void }

const leftOut = /\/(\.git|\.next|\.turbo|\.data|dist|test-results)$/

/** Copies the workspace without what is built; the installed packages are shared. */
export function createScratchCopy(): ScratchCopy {
  const folder = mkdtempSync(join(tmpdir(), 'tend-scratch-'))
  const modules = join(workspaceRoot, 'node_modules')
  cpSync(workspaceRoot, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !leftOut.test(path) && path !== modules,
  })
  symlinkSync(modules, join(folder, 'node_modules'))
  // Biome reads .gitignore, and wants a repository for that.
  spawnSync('git', ['init', '-q'], { cwd: folder })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs a command with the tools of the workspace, and gives its status and all it wrote. */
export function runInWorkspace(command: string, args: string[], folder: string) {
  const environment = readEnvironment()
  const tools = ['', 'packages/contracts'].map((part) =>
    join(workspaceRoot, part, 'node_modules', '.bin'),
  )
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, PATH: [...tools, environment.PATH].join(delimiter) },
  })
  return { status, output: `${stdout}${stderr}${error?.message ?? ''}` }
}
