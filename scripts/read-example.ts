import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './env.ts'

/** The first TypeScript example after a heading of a document. Throws when there is none. */
export function readExample(document: string, heading: string): string {
  const text = readFileSync(join(workspaceRoot, document), 'utf8')
  const start = new RegExp(`^#+ ${heading}$`, 'm').exec(text)
  const example = start && /^```ts\n(.*?)^```$/ms.exec(text.slice(start.index))
  if (example?.[1]) return example[1]
  throw new Error(`${document} has no TypeScript example after the heading "${heading}".`)
}
