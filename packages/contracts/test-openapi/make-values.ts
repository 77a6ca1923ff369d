import fc from 'fast-check'
import type { JsonSchema } from '../src/openapi/create-openapi-document.ts'

/** Finds the schema a reference stands for. */
export type ResolveSchema = (schema: JsonSchema) => JsonSchema

// What people write, and what breaks naive code. White space at the ends is left out: the API trims it.
const characters = [...'abcXYZ0189éß漢字🌱👩‍🌾ﷺ\'"\\/<>&%_-+;$`{}[]()']
const asciiCharacters = [...'abcXYZ0189-_.:"*,']

/** An arbitrary of the values that a schema allows. Throws for a keyword it does not know. */
export function makeValues(
  given: JsonSchema,
  resolve: ResolveSchema,
  { isAscii = false } = {},
): fc.Arbitrary<unknown> {
  const schema = resolve(given)
  const make = (part: unknown) => makeValues(asSchema(part), resolve, { isAscii })
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives !== undefined) return fc.oneof(...alternatives.map(make))
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => make({ type })))
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 })
    case 'string':
      return makeStrings(schema, isAscii ? asciiCharacters : characters)
    case 'array':
      return makeArrays(schema, make)
    case 'object':
      return makeObjects(schema, make)
    default:
      throw new TypeError(`No values can be made from ${JSON.stringify(schema)}`)
  }
}

function makeStrings(schema: JsonSchema, units: string[]): fc.Arbitrary<string> {
  if (schema.pattern !== undefined) {
    // The pattern of a date allows the year 0, which its check refuses: PostgreSQL has none.
    const values = fc.stringMatching(new RegExp(schema.pattern))
    return values.filter((value) => !/^0000-\d\d-/.test(value))
  }
  if (schema.format === 'email') return makeEmails()
  const { minLength = 0, maxLength = 100 } = schema
  const unit = fc.constantFrom(...units)
  const join = (parts: string[]) => [...parts.join('')].slice(0, maxLength).join('')
  const short = fc.array(unit, { minLength, maxLength: Math.min(maxLength, 30) }).map(join)
  return fc.oneof(
    { weight: 4, arbitrary: short },
    {
      weight: 1,
      arbitrary: unit.map((character) =>
        [...character.repeat(maxLength)].slice(0, maxLength).join(''),
      ),
    },
  )
}

/** Addresses as people have them: what else RFC 5322 allows is refused by forms, and by Tend. */
function makeEmails(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-z][a-z0-9]{0,9}([.+_-][a-z0-9]{1,9})?@[a-z]{1,9}\.example$/)
}

function makeArrays(schema: JsonSchema, make: (part: unknown) => fc.Arbitrary<unknown>) {
  const { minItems = 0, maxItems = 3, items, uniqueItems = false } = schema
  const limits = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 12)) }
  const values = make(items)
  return uniqueItems ? fc.uniqueArray(values, limits) : fc.array(values, limits)
}

function makeObjects(schema: JsonSchema, make: (part: unknown) => fc.Arbitrary<unknown>) {
  const { properties = {}, required = [], minProperties = 0 } = schema
  const members = Object.fromEntries(
    Object.entries(properties).map(([key, property]) => [key, make(property)]),
  )
  return fc
    .record(members, { requiredKeys: required })
    .filter((value) => Object.keys(value).length >= minProperties)
}

function asSchema(part: unknown): JsonSchema {
  if (isSchema(part)) return part
  throw new TypeError(`${JSON.stringify(part)} is no schema`)
}

function isSchema(part: unknown): part is JsonSchema {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}
