/** A parsed If-Match or If-None-Match: `*`, or the opaque tags of a list. */
export type EntityTags = '*' | { strong: string[]; weak: string[] }

const entityTag = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/** Reads a list of entity tags; what is not one matches nothing (RFC 9110, sections 8.8.3 and 13.1). */
export function parseEntityTags(header: string): EntityTags {
  if (header.trim() === '*') return '*'
  const tags = { strong: [] as string[], weak: [] as string[] }
  for (const [, weak, tag] of header.matchAll(entityTag)) {
    if (tag !== undefined) tags[weak === undefined ? 'strong' : 'weak'].push(tag)
  }
  return tags
}

/** Whether If-None-Match names the tag, in which case a read answers 304: weak comparison (RFC 9110, section 13.1.2). */
export function matchesAnyTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const tags = parseEntityTags(header)
  return tags === '*' || tags.strong.includes(tag) || tags.weak.includes(tag)
}
