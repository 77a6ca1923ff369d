const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Matches whole strings, one after another, so that a quote inside a string never starts a match.
const jsonString = /"(?:[^"\\]|\\.)*"(\s*:)?/gs

/**
 * Decodes a base64url segment of a token as JSON; undefined when it is not JSON in UTF-8, or when a name occurs
 * twice in an object: readers differ in which of the two they take (RFC 7519, section 4).
 */
export function parseUniqueJson(segment: string): unknown {
  try {
    const json = utf8.decode(Buffer.from(segment, 'base64url'))
    let properties = 0
    const value: unknown = JSON.parse(json, function (this: unknown, _key, member: unknown) {
      if (!Array.isArray(this)) properties += 1
      return member
    })
    // The reviver also sees the object that holds the whole value.
    return countNames(json) === properties - 1 ? value : undefined
  } catch {
    return undefined
  }
}

function countNames(json: string): number {
  let count = 0
  for (const match of json.matchAll(jsonString)) if (match[1] !== undefined) count += 1
  return count
}
