// What comes from the browser's storage or from another tab is looked at before the first paint, and so without the schema library, which comes later.

/** Tells whether a value from outside is what it should be. */
export type Guard<Value> = (value: unknown) => value is Value

type Guarded<G> = G extends Guard<infer Value> ? Value : never

export const isText: Guard<string> = (value) => typeof value === 'string'

/** A number of JSON, which may be too large for a number here: then it is none. */
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value)

export const isFlag: Guard<boolean> = (value) => typeof value === 'boolean'

/** One of some words. */
export function isOneOf<const Word extends string>(words: readonly Word[]): Guard<Word> {
  return (value): value is Word => words.some((word) => word === value)
}

/** What may be null, too. */
export function isNullOr<Value>(isValue: Guard<Value>): Guard<Value | null> {
  return (value): value is Value | null => value === null || isValue(value)
}

/** What may be missing, too. */
export function isMissingOr<Value>(isValue: Guard<Value>): Guard<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || isValue(value)
}

/** What one of some guards takes. */
export function isEither<const Guards extends readonly Guard<unknown>[]>(guards: Guards) {
  return (value: unknown): value is Guarded<Guards[number]> =>
    guards.some((isValue) => isValue(value))
}

/** A list of such values. */
export function isListOf<Item>(isItem: Guard<Item>): Guard<Item[]> {
  return (value): value is Item[] => Array.isArray(value) && value.every(isItem)
}

/** An object with such fields; others may be there besides. */
export function hasFields<Fields extends Record<string, Guard<unknown>>>(fields: Fields) {
  return (value: unknown): value is { [Name in keyof Fields]: Guarded<Fields[Name]> } => {
    if (typeof value !== 'object' || value === null) return false
    const present = new Map<string, unknown>(Object.entries(value))
    return Object.entries(fields).every(([name, isField]) => isField(present.get(name)))
  }
}
