import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the web app through turbo's cache, in this process's environment unless another is given. Throws when that fails. */
export function buildWeb(environment?: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync('turbo', ['run', 'build', '--output-logs=errors-only'], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: 'inherit',
    env: environment,
    shell: process.platform === 'win32',
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error('The web app could not be built; the lines above say why.')
}
