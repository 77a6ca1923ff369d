import { findTextFaults, type TextRule, taskSorts, taskTextRules } from '@tend/contracts'
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

const statuses = ['open', 'completed', 'all'] as const

/** What the address says beside the path. What cannot be read counts as not said. */
export const viewParsers = {
  view: parseAsStringLiteral(places).withDefault('all'),
  label: parseText(taskTextRules.label),
  q: parseText(taskTextRules.search),
  sort: parseAsStringLiteral(taskSorts),
  status: parseAsStringLiteral(statuses),
  /** The task whose details are open. */
  task: parseBy(readId),
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

function parseText(rule: TextRule) {
  return parseBy((text) => (findTextFaults(text, rule).length === 0 ? text.trim() : null))
}

function parseBy(parse: (text: string) => string | null) {
  return createParser({ parse, serialize: (text) => text })
}

function readId(text: string): string | null {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : null
}
