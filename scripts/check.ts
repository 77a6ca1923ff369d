// `pnpm check [step …]`: runs every step, or the named ones, and names those that failed.
import { spawnSync } from 'node:child_process'
import { workspaceRoot } from './env.ts'

const steps: Record<string, [command: string, ...args: string[]]> = {
  lint: ['biome', 'ci', '--error-on-warnings', '.'],
  versions: ['sherif'],
  arrows: ['node', 'scripts/check-arrows.ts', 'apps', 'packages', 'scripts'],
  unused: ['knip', '--treat-config-hints-as-errors'],
  scripts: ['tsc', '-p', 'scripts'],
  drift: ['node', 'scripts/check-drift.ts'],
  types: ['turbo', 'run', 'check:types', '--output-logs=errors-only'],
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(steps)
const failed = chosen.filter((name) => !passes(name))
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)

function passes(name: string): boolean {
  const step = steps[name]
  if (step === undefined) {
    console.error(`There is no step "${name}". Choose from: ${Object.keys(steps).join(', ')}.`)
    return false
  }
  console.log(`\n— ${name}`)
  const [command, ...args] = step
  const { status } = spawnSync(command, args, {
    cwd: workspaceRoot,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status === 0
}
