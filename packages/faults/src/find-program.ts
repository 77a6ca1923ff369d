import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { programEnvironment } from './env.ts'

const places = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/**
 * Where a program of the machine is. Root on Debian gets a missing one installed from the package of the same name; anybody
 * else gets an error that names it.
 */
export function findProgram(name: string): string {
  const found = lookUp(name)
  if (found !== null) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const environment = { ...programEnvironment(), DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['install', '--yes', '--no-install-recommends', name]
    for (const args of [['update'], install]) {
      spawnSync('apt-get', args, { stdio: 'ignore', env: environment })
    }
    const installed = lookUp(name)
    if (installed !== null) return installed
  }
  throw new Error(
    `This test needs ${name}, which is not on this machine: install it and run again.`,
  )
}

function lookUp(name: string): string | null {
  return places.map((place) => `${place}/${name}`).find((file) => existsSync(file)) ?? null
}
