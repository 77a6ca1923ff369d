import { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'
import { parseWeights } from '@tend/runtime/content-negotiation'

/** The codings of answers. */
export type ContentCoding = 'br' | 'gzip'

/**
 * Smaller bodies stay as they are: they go out in three packets at most, and compressing costs more than it spares. In UTF-16
 * code units, which is near enough to bytes.
 */
const SMALLEST_BODY = 4_096

// A good third of a millisecond less for a page of fifty tasks than the quality 5, for a tenth more bytes.
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }
const codings = ['br', 'gzip'] as const
const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/**
 * The coding that a client likes best of those that are offered, which come in our own order; null for none
 * (RFC 9110, section 12.5.3).
 */
export function chooseCoding(
  acceptEncoding: string | undefined,
  offered: readonly ContentCoding[] = codings,
): ContentCoding | null {
  if (acceptEncoding === undefined) return null
  const weights = parseWeights(acceptEncoding)
  let chosen: ContentCoding | null = null
  // Whoever says nothing of it takes a body as it is, but likes what they name better.
  let best = weights.get('identity') ?? 0
  for (const coding of offered) {
    const weight = weights.get(coding) ?? weights.get('*') ?? 0
    const isBetter = chosen === null ? weight > 0 && weight >= best : weight > best
    if (!isBetter) continue
    chosen = coding
    best = weight
  }
  return chosen
}

/** Whether a body is large enough to be compressed for whoever takes that. */
export function isWorthCompressing(text: string): boolean {
  return text.length >= SMALLEST_BODY
}

/** Compresses a text, away from the thread that serves requests. */
export async function compressText(
  text: string,
  coding: ContentCoding,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await (coding === 'br' ? compressBrotli(text, brotliOptions) : compressGzip(text))
  return new Uint8Array(bytes)
}

/** Compresses a body while it is sent. */
export function compressStream(
  stream: ReadableStream<Uint8Array>,
  coding: ContentCoding,
): ReadableStream<Uint8Array> {
  const encoder = coding === 'br' ? createBrotliCompress(brotliOptions) : createGzip()
  return stream.pipeThrough(Duplex.toWeb(encoder))
}
