const listMember = /^\s*([\w!#$%&'*+.^`|~/-]+)\s*(?:;(.*))?$/s
const weightParameter = /(?:^|;)\s*q\s*=\s*([^;\s]*)/i

/**
 * The weights of a list such as Accept or Accept-Encoding by the name they belong to, in lower case. What is no member of a list is
 * passed over; of a name that stands there twice the larger one counts (RFC 9110, section 12.4.2).
 */
export function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.split(',')) {
    const [, name, parameters = ''] = listMember.exec(part) ?? []
    if (name === undefined) continue
    const key = name.toLowerCase()
    weights.set(key, Math.max(readWeight(parameters), weights.get(key) ?? 0))
  }
  return weights
}

function readWeight(parameters: string): number {
  const weight = Number(weightParameter.exec(parameters)?.[1] ?? 1)
  return Number.isNaN(weight) ? 1 : Math.min(Math.max(weight, 0), 1)
}

/** How welcome a media type is, from 0, not at all, to 1: the closest range that matches decides (RFC 9110, section 12.5.1). */
export function weighMediaType(accept: string | undefined, mediaType: string): number {
  if (accept === undefined || accept === '*/*' || accept === mediaType) return 1
  const weights = parseWeights(accept)
  if (weights.size === 0) return 1
  const [type] = mediaType.split('/')
  return weights.get(mediaType) ?? weights.get(`${type}/*`) ?? weights.get('*/*') ?? 0
}

/** Whether a Content-Type says JSON, and no charset but UTF-8 (RFC 9110, section 8.3). */
export function isUtf8Json(contentType: string): boolean {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';')
  // Taken apart by hand: an expression that allows for white space at both ends takes seconds for a header full of it.
  return mediaType.trim() === 'application/json' && parameters.every(isNoOtherCharset)
}

function isNoOtherCharset(parameter: string): boolean {
  const [name = '', ...value] = parameter.split('=')
  if (name.trim() !== 'charset') return true
  return ['utf-8', '"utf-8"'].includes(value.join('=').trim())
}
