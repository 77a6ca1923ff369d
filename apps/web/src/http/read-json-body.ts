import { isUtf8Json } from '@tend/runtime/content-negotiation'
import { ProblemError } from '../errors/problem-error.ts'

/** Bodies may have this many bytes. */
export const MAX_BODY_BYTES = 64 * 1024

/** No request needs more; what walks through a body may recurse. */
const MAX_DEPTH = 20

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON body; undefined when there is none and none is needed.
 * Throws problems: 400 for what is not JSON in UTF-8, 413 beyond 64 kB, 415 for another media type.
 *
 * Source: RFC 8259, section 8.
 */
export async function readJsonBody(
  request: Request,
  { isRequired }: { isRequired: boolean },
): Promise<unknown> {
  if (isRequired) checkMediaType(request.headers)
  const bytes = await readBytes(request)
  if (bytes.length === 0 && !isRequired) return undefined
  checkMediaType(request.headers)
  return parseJson(decodeUtf8(bytes))
}

function checkMediaType(headers: Headers): void {
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity'
  if (isUtf8Json(headers.get('content-type') ?? '') && isPlain) return
  throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', {
    detail: 'Send the body as application/json in UTF-8, without a content encoding.',
  })
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // Not `for await`: leaving that loop cancels the stream, which cuts the connection before the answer is sent.
    const reader = request.body?.getReader()
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.byteLength
      if (size > MAX_BODY_BYTES) throw tooLarge()
      chunks.push(part.value)
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw malformed('The body ended early.')
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
  if (isDeeperThan(MAX_DEPTH, value)) throw malformed('The body is nested too deeply.')
  if (text.includes('\\u') && hasLoneSurrogate(value)) {
    throw malformed('The body escapes half of a surrogate pair.')
  }
  return value
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member))
}

/** Whether a string somewhere in it has half a character, which no UTF-8 can hold (RFC 8259, section 8.2). */
function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, member]) => !key.isWellFormed() || hasLoneSurrogate(member),
  )
}

function tooLarge(): ProblemError {
  return new ProblemError('BODY_TOO_LARGE', {
    detail: `The body may have at most ${MAX_BODY_BYTES} bytes.`,
    // The rest of the body is not read, so the connection cannot be used again.
    headers: { Connection: 'close' },
  })
}

function malformed(detail: string): ProblemError {
  return new ProblemError('MALFORMED_REQUEST', { detail })
}
