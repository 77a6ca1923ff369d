import type { Guard } from '../../../api/guards.ts'

/** Drafts of one kind by name, kept in the browser's storage. A snapshot never changes; after a change there is another. */
export type DraftBox<Draft> = {
  all(): ReadonlyMap<string, Draft>
  keep(name: string, draft: Draft): void
  drop(name: string): void
  /** Calls `listener` after each change, also of another tab. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /** Reads the storage again. Another tab's change is there before its event is. */
  refresh(): void
}

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/**
 * Opens the drafts whose keys begin with `prefix`. Each has a key of its own, so that two tabs do not write over one another.
 * Where storage is refused or full, drafts live as long as the page. What cannot be read is left alone.
 */
export function createDraftBox<Draft>(
  prefix: string,
  isDraft: Guard<Draft>,
  place: Place | null,
): DraftBox<Draft> {
  const listeners = new Set<() => void>()
  const unstored = new Map<string, Draft>()
  let drafts = readAll()

  function readAll(): ReadonlyMap<string, Draft> {
    return new Map([...readStored(prefix, isDraft, place), ...unstored])
  }

  function show(next: ReadonlyMap<string, Draft>): void {
    drafts = next
    for (const listener of listeners) listener()
  }

  const box: DraftBox<Draft> = {
    all: () => drafts,
    keep(name, draft) {
      if (tryStore(place, prefix + name, JSON.stringify(draft))) unstored.delete(name)
      else unstored.set(name, draft)
      show(new Map(drafts).set(name, draft))
    },
    drop(name) {
      unstored.delete(name)
      tryStore(place, prefix + name, null)
      const next = new Map(drafts)
      if (next.delete(name)) show(next)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refresh: () => show(readAll()),
  }

  globalThis.window?.addEventListener('storage', ({ key }) => {
    if (key === null || key.startsWith(prefix)) box.refresh()
  })
  return box
}

function readStored<Draft>(
  prefix: string,
  isDraft: Guard<Draft>,
  place: Place | null,
): [string, Draft][] {
  if (place === null) return []
  const keys = Array.from({ length: place.length }, (_, index) => place.key(index) ?? '')
  return keys
    .filter((key) => key.startsWith(prefix))
    .flatMap((key): [string, Draft][] => {
      const draft = parseJson(place.getItem(key))
      return isDraft(draft) ? [[key.slice(prefix.length), draft]] : []
    })
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function tryStore(place: Place | null, key: string, value: string | null): boolean {
  try {
    if (value === null) place?.removeItem(key)
    else place?.setItem(key, value)
    return place !== null
  } catch {
    return false
  }
}
