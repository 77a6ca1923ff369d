import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadRootEnvFile } from '@tend/runtime/root-env-file'

/** The root folder of the workspace. */
export const workspaceRoot = fileURLToPath(new URL('..', import.meta.url))

/** Environment variables as the commands pass them on. */
export type Environment = Record<string, string | undefined>

/** The environment of the command, with the root's `.env` added where a variable is not set. */
export function readEnvironment(): Environment {
  loadRootEnvFile()
  return { ...process.env }
}

/** The folder of the embedded database and the generated secrets. */
export function findDataDir(environment: Environment): string {
  return resolve(workspaceRoot, environment.DATA_DIR || '.data')
}
