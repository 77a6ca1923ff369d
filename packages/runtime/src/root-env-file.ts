import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// A file of its own: bundlers take `new URL(…, import.meta.url)` for an asset to copy, and this one must never be.

/** Loads `.env` of the workspace's root into the process, if there is one. Variables that are set stay as they are. */
export function loadRootEnvFile(): void {
  const file = fileURLToPath(new URL('../../../.env', import.meta.url))
  if (existsSync(file)) process.loadEnvFile(file)
}
