import { spawnSync } from 'node:child_process'
import { programEnvironment } from './env.ts'
import { workspaceRoot } from './run-app.ts'

/** For `globalSetup`: builds the web app, through turbo's cache. */
export function setup(): void {
  const { status, error } = spawnSync('turbo', ['run', 'build', '--output-logs=errors-only'], {
    cwd: workspaceRoot,
    stdio: 'inherit',
    env: programEnvironment(),
  })
  if (error) throw error
  if (status !== 0) throw new Error('The web app could not be built; the lines above say why.')
}
