import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { createTasksDocument } from '@tend/contracts/openapi'
import { docsPage } from './docs-page.ts'

/** A file as it is served: as it is and compressed, with a strong entity tag for each. */
export type DocsFile = {
  mediaType: string
  plain: { bytes: Uint8Array<ArrayBuffer>; etag: string }
  gzipped: { bytes: Uint8Array<ArrayBuffer>; etag: string }
}

const compress = promisify(gzip)
const redocFile = new URL(import.meta.resolve('redoc/bundles/redoc.standalone.js'))

/** Redoc shows this picture of its maker; the page loads nothing from elsewhere. */
const makersLogo = 'https://cdn.redoc.ly/redoc/logo-mini.svg'

/** Where the files of the documentation come from, by their paths. Nothing is read before it is asked for. */
export function createDocsFiles(apiUrl: string): Record<string, () => Promise<DocsFile>> {
  const sources: Record<string, [mediaType: string, read: () => Promise<string>]> = {
    '/openapi.json': [
      'application/json',
      async () => JSON.stringify(createTasksDocument([{ url: apiUrl }])),
    ],
    '/docs': ['text/html; charset=utf-8', async () => docsPage],
    '/docs/page.css': ['text/css; charset=utf-8', () => readBeside('page.css')],
    '/docs/start-redoc.js': ['text/javascript; charset=utf-8', () => readBeside('start-redoc.js')],
    '/docs/redoc.js': ['text/javascript; charset=utf-8', readRedoc],
  }
  return Object.fromEntries(
    Object.entries(sources).map(([path, [mediaType, read]]) => [path, once(mediaType, read)]),
  )
}

function readBeside(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8')
}

async function readRedoc(): Promise<string> {
  const text = await readFile(redocFile, 'utf8')
  return text.replaceAll(makersLogo, 'data:,')
}

/** Reads and compresses at the first call; a failure is tried again at the next. */
function once(mediaType: string, read: () => Promise<string>): () => Promise<DocsFile> {
  let file: Promise<DocsFile> | null = null
  return () => {
    file ??= prepare(mediaType, read).catch((error: unknown) => {
      file = null
      throw error
    })
    return file
  }
}

async function prepare(mediaType: string, read: () => Promise<string>): Promise<DocsFile> {
  const plain = Uint8Array.from(Buffer.from(await read()))
  const gzipped = Uint8Array.from(await compress(plain))
  return { mediaType, plain: tag(plain), gzipped: tag(gzipped) }
}

function tag(bytes: Uint8Array<ArrayBuffer>) {
  const digest = createHash('sha256').update(bytes).digest('base64url')
  return { bytes, etag: `"${digest.slice(0, 22)}"` }
}
