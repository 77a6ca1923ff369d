import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'

/** The brotli variants of the build's files, by the path a browser asks for. */
export type CompressedAssets = ReadonlyMap<string, { type: string; body: Buffer }>

const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
}

/** Reads what build/compress-assets.ts has written into the build's folder, `.next/static`, into memory. */
export async function readCompressedAssets(folder: string): Promise<CompressedAssets> {
  const names = await readdir(folder, { recursive: true })
  const found = names.flatMap((name) => {
    const plainName = name.slice(0, -'.br'.length)
    const type = types[extname(plainName)]
    return name.endsWith('.br') && type !== undefined ? [{ name, plainName, type }] : []
  })
  const entries = found.map(async ({ name, plainName, type }) => {
    const path = `/_next/static/${plainName.split(sep).join('/')}`
    return [path, { type, body: await readFile(join(folder, name)) }] as const
  })
  return new Map(await Promise.all(entries))
}

/**
 * Answers a request for a file of the build in brotli, if there is one and the browser takes it: over https and on this
 * machine, all do. Returns false for all else, which is Next.js's to answer. The names of the files change with what is in them.
 */
export function sendCompressedAsset(
  assets: CompressedAssets,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const [path = ''] = (request.url ?? '').split('?', 1)
  const asset = request.method === 'GET' ? assets.get(path) : undefined
  if (asset === undefined || !takesBrotli(request.headers['accept-encoding'])) return false
  response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Encoding': 'br',
    'Content-Length': asset.body.length,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  })
  response.end(asset.body)
  return true
}

/** Whether brotli is among the accepted encodings (RFC 9110, section 12.5.3), and not with a weight of zero. */
function takesBrotli(accepted: string | string[] | undefined): boolean {
  const codings = String(accepted ?? '').split(',')
  return codings.some((coding) => /^\s*br\s*(?:;\s*q=(?:1|0?\.\d*[1-9]).*)?$/i.test(coding))
}
