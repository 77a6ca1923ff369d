import { labelSchema, listTasksQuerySchema } from '@tend/contracts'
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from 'nuqs/server'

/** The views that are always there. Labels are views beside them. */
export const places = ['today', 'upcoming', 'all', 'completed', 'trash'] as const

export type Place = (typeof places)[number]

const searchSchema = listTasksQuerySchema.shape.q.unwrap()
const { options: sorts } = listTasksQuerySchema.shape.sort.unwrap()
const statuses = ['open', 'completed', 'all'] as const

/** What the address says beside the path. What cannot be read counts as not said. */
export const viewParsers = {
  view: parseAsStringLiteral(places).withDefault('all'),
  label: parseBy(labelSchema),
  q: parseBy(searchSchema),
  sort: parseAsStringLiteral(sorts),
  status: parseAsStringLiteral(statuses),
  /** The task whose details are open. */
  task: parseBy({ safeParse: readId }),
}

/** What a page of tasks shows, as its address says it. */
export type View = inferParserType<typeof viewParsers>

/** The whole of a view that says nothing but where it is. */
export const plainView: View = {
  view: 'all',
  label: null,
  q: null,
  sort: null,
  status: null,
  task: null,
}

/** Reads the view from the search parameters of a request. */
export const loadView = createLoader(viewParsers)

const serialize = createSerializer(viewParsers)

/** The address of a view. */
export function viewHref(view: Partial<View>): string {
  return serialize('/dashboard', { ...plainView, ...view })
}

type Check = { safeParse: (text: string) => { success: true; data: string } | { success: false } }

function parseBy(schema: Check) {
  return createParser({
    parse: (text) => {
      const result = schema.safeParse(text)
      return result.success ? result.data : null
    },
    serialize: (text) => text,
  })
}

function readId(text: string): ReturnType<Check['safeParse']> {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
    ? { success: true, data: text.toLowerCase() }
    : { success: false }
}
