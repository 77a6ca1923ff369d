import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

type Content = string | AsyncIterable<Uint8Array>

/**
 * Writes a file in one step: whoever reads it sees all of the old content or all of the new, also after a crash. `mode` is that of
 * the file from its first byte on.
 */
export async function writeFileAtomically(
  path: string,
  content: Content,
  mode = 0o666,
): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
