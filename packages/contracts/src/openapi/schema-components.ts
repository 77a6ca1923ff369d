import { z } from 'zod'
import type { JsonSchema } from './document-types.ts'
import { fieldDescriptions } from './field-descriptions.ts'

/** The schemas of one document: those with a name stand under `components`, the rest where they are used. */
export type SchemaComponents = {
  /** The JSON Schema of what the server takes (`input`) or answers (`output`). */
  describe(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  /** All named schemas met so far, in alphabetical order. */
  named(): Record<string, JsonSchema>
}

/** Begins an empty collection of schemas. */
export function createSchemaComponents(): SchemaComponents {
  const components = new Map<string, JsonSchema>()
  return {
    describe(schema, io) {
      const target = 'draft-2020-12'
      const {
        $schema,
        $defs,
        '~standard': _,
        ...root
      } = z.toJSONSchema(schema, {
        io,
        target,
        override,
      })
      for (const [name, definition] of Object.entries($defs ?? {})) {
        const component = describeFields(name, moveReferences(definition))
        const known = components.get(name)
        if (known !== undefined && JSON.stringify(known) !== JSON.stringify(component)) {
          throw new TypeError(
            `${name} differs as input and as output: give the two their own names.`,
          )
        }
        components.set(name, component)
      }
      return moveReferences(root)
    },
    named: () =>
      Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
  }
}

type OverrideContext = { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }

/** Says what zod leaves unsaid and leaves out what says nothing. */
function override({ zodSchema, jsonSchema }: OverrideContext): void {
  const { def } = zodSchema._zod
  // A newer server may answer with more fields: what is not strict stays open.
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
  if (def.type === 'default') jsonSchema.default = def.defaultValue
  // A type given beside alternatives stands for them, as for a number that a query spells in digits.
  if (jsonSchema.type !== undefined) delete jsonSchema.anyOf
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.const !== undefined) delete jsonSchema.type
  // Two problems of one status.
  if (jsonSchema.enum !== undefined) jsonSchema.enum = [...new Set(jsonSchema.enum)]
}

function moveReferences<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

function describeFields(name: string, schema: JsonSchema): JsonSchema {
  const descriptions = fieldDescriptions.get(name)
  if (descriptions === undefined || schema.properties === undefined) return schema
  const properties = Object.entries(schema.properties).map(([field, property]) => {
    const description = descriptions[field]
    const isPlain = description === undefined || typeof property === 'boolean'
    return [field, isPlain ? property : { description, ...property }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}
