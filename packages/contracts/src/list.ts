import { z } from 'zod'
// As a module of its own, so that pages load what is used of it: all of it hangs on `z.core`.
import * as core from 'zod/v4/core'

/** So many errors are enough to be told of one list. */
const MOST_ISSUES = 50

/**
 * An array that a client may send. Zod's own looks at every item of a list that is far too long, and makes errors for each that is
 * wrong: with a million of them a server would stand still. This one looks at no more than `max` items and one, and at none
 * once there are fifty errors.
 *
 * Source: OWASP API4:2023, unrestricted resource consumption.
 */
export function list<Item extends z.ZodType>(
  element: Item,
  { max = Number.POSITIVE_INFINITY, message }: { max?: number; message?: string } = {},
): z.ZodArray<Item> {
  const List: core.$constructor<z.ZodArray<Item>, core.$ZodArrayDef<Item>> = core.$constructor(
    'TendList',
    (schema, definition) => {
      z.ZodArray.init(schema, definition)
      const parseAnything = schema._zod.parse
      schema._zod.parse = (payload, context) => {
        if (!Array.isArray(payload.value)) return parseAnything(payload, context)
        // The check of the length comes after the items, and has to see one too many.
        const items: unknown[] = payload.value.slice(0, max + 1)
        const parsed: unknown[] = []
        payload.value = parsed
        for (const [index, value] of items.entries()) {
          const item = definition.element._zod.run({ value, issues: [] }, context)
          if (item instanceof Promise) throw new core.$ZodAsyncError()
          parsed.push(item.value)
          payload.issues.push(...core.util.prefixIssues(index, item.issues))
          if (payload.issues.length >= MOST_ISSUES) break
        }
        return payload
      }
    },
  )
  const schema = new List({ type: 'array', element })
  return max === Number.POSITIVE_INFINITY ? schema : schema.max(max, message)
}
