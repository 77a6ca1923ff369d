/** Ids are shown by their last characters: those at the front tell the time, and tasks of one moment share them. */
const SHORTEST = 6

/** The last characters of an id, as they are shown and taken; `length` keeps those of one list apart. */
export function shortId(id: string, length = SHORTEST): string {
  return id.replaceAll('-', '').slice(-length)
}

/** How many of their last characters tell these ids apart. */
export function shortIdLength(ids: readonly string[]): number {
  let length = SHORTEST
  while (length < 32 && new Set(ids.map((id) => shortId(id, length))).size < ids.length) length += 1
  return length
}
