import { isUtf8Json } from '@tend/runtime/content-negotiation'
import { ProblemError } from '../errors/problem-error.ts'

/** Bodies may have this many bytes, unless the contract allows a route more. */
export const MAX_BODY_BYTES = 64 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON body; undefined when there is none and none is needed.
 * Throws problems: 400 for what is not JSON in UTF-8, 413 beyond the limit, 415 for another media type.
 *
 * Source: RFC 8259, section 8.
 */
export async function readJsonBody(
  request: Request,
  { isRequired, maxBytes = MAX_BODY_BYTES }: { isRequired: boolean; maxBytes?: number },
): Promise<unknown> {
  if (isRequired) checkMediaType(request.headers)
  const bytes = await readBytes(request, maxBytes)
  if (!isRequired && bytes.length === 0) return undefined
  if (!isRequired) checkMediaType(request.headers)
  return parseJson(decodeUtf8(bytes))
}

function checkMediaType(headers: Headers): void {
  const contentType = headers.get('content-type') ?? ''
  if (contentType === 'application/json' && !headers.has('content-encoding')) return
  const encoding = headers.get('content-encoding') ?? 'identity'
  if (isUtf8Json(contentType) && encoding === 'identity') return
  throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', {
    detail: 'Send the body as application/json in UTF-8, without a content encoding.',
  })
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  try {
    // A body of undeclared length is always chunked (RFC 9112, section 6.3): only that one has to be counted.
    const isChunked = request.headers.has('transfer-encoding')
    const bytes = isChunked ? await readCounting(request, maxBytes) : await readAll(request)
    if (bytes.length > maxBytes) throw tooLarge(maxBytes)
    return bytes
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw malformed('The body ended early.')
  }
}

async function readAll(request: Request): Promise<Uint8Array> {
  return new Uint8Array(await request.arrayBuffer())
}

/** Reads no further than the limit allows. */
async function readCounting(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > maxBytes) break
  }
  return Buffer.concat(chunks)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed('The body is not valid UTF-8.')
  }
}

function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON.')
  }
  if (hasLoneSurrogate(text)) throw malformed('The body escapes half of a surrogate pair.')
  return value
}

/** Whether an escape stands for half a character, which no UTF-8 can hold (RFC 8259, section 8.2). */
function hasLoneSurrogate(json: string): boolean {
  if (!json.includes('\\u')) return false
  const unescaped = json.replaceAll(/\\(?:u([0-9a-f]{4})|.)/gis, (sequence, unit?: string) =>
    unit === undefined ? sequence : String.fromCharCode(Number.parseInt(unit, 16)),
  )
  return !unescaped.isWellFormed()
}

function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('BODY_TOO_LARGE', {
    detail: `The body may have at most ${maxBytes} bytes.`,
    // The rest of the body is not read, so the connection cannot be used again.
    headers: { Connection: 'close' },
  })
}

function malformed(detail: string): ProblemError {
  return new ProblemError('MALFORMED_REQUEST', { detail })
}
