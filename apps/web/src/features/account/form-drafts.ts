import { z } from 'zod'
import { fieldNames } from './form-problems.ts'

const draftSchema = z.record(z.string(), z.string())

/** Passwords are kept nowhere. */
const keptFields = fieldNames.filter((name) => !/password/i.test(name))

/** Reads what was typed into a form before the page went away, by the names of its fields. */
export function readFormDraft(name: string): Record<string, string> {
  try {
    return draftSchema.parse(JSON.parse(sessionStorage.getItem(keyOf(name)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Keeps what is typed into a form, for this tab alone; null forgets it. */
export function keepFormDraft(name: string, form: FormData | null): void {
  try {
    if (form === null) {
      sessionStorage.removeItem(keyOf(name))
      return
    }
    const typed = keptFields.flatMap((field) => {
      const value = form.get(field)
      return typeof value === 'string' ? [[field, value] as const] : []
    })
    sessionStorage.setItem(keyOf(name), JSON.stringify(Object.fromEntries(typed)))
  } catch {
    // Storage may be full or refused; the words are still in their field.
  }
}

function keyOf(name: string): string {
  return `tend.form.${name}`
}
