/** Under which keys of the browser's storage a person's drafts are kept. */
export function draftPrefixOf(userId: string): string {
  return `tend.drafts.${userId}.`
}

/** Where drafts are kept; null in a browser that is told to keep nothing, and on the server. */
export function findDraftPlace(): Storage | null {
  try {
    return globalThis.window?.localStorage ?? null
  } catch {
    // Such a browser throws at the mere mention.
    return null
  }
}

/** Removes all drafts of a person from this browser. */
export function forgetDrafts(userId: string): void {
  const place = findDraftPlace()
  if (place === null) return
  for (const key of Object.keys(place)) {
    if (key.startsWith(draftPrefixOf(userId))) place.removeItem(key)
  }
}
