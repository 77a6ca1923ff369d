/**
 * What pages never run of two libraries and no bundler can tell: about 19 kB gzip of a page's JavaScript.
 * Each pattern is replaced wherever it matches, and has to match: a new version of a library may need another one.
 */
const cuts = {
  // A copy of zod 3, for servers whose schemas are still made with it, and schemas made with that copy.
  '@ts-rest/core': [
    [/^var util;$[\s\S]*?(?=^const isZodType = )/m, ''],
    [/^const ZodErrorSchema = [\s\S]*?(?=^class StandardSchemaError )/m, ''],
    [/^const RequestValidationErrorSchema = [\s\S]*?(?=^const VENDOR_LEGACY_ZOD = )/m, ''],
    [/RequestValidationErrorSchema\w*, /g, ''],
    [/\bZodErrorSchema, /, ''],
  ],
  // JSON Schema: the OpenAPI documents are made of it, when they are written and in the API. And formats as methods of
  // strings, `z.string().email()`, which are deprecated: `z.email()` is a schema of its own.
  zod: [
    [/^ *inst\._zod\.processJSONSchema = .*;$/gm, ''],
    [/jsonSchema: \{[^}]*\},/, ''],
    [/createToJSONSchemaMethod\(this, \{\}\)\(params\)/, 'undefined'],
    [/(?<=_ZodString\.init\(inst, def\);\n\}, )\{[\s\S]*?^\}(?=\);$)/m, '{}'],
  ],
}

/** A loader of the browser's build; its option names the library. */
module.exports = function dropUnusedCode(source) {
  const { library } = this.getOptions()
  return cuts[library].reduce((text, [pattern, replacement]) => {
    if (text.search(pattern) === -1) {
      throw new Error(`${library} has changed: ${pattern} matches nothing in ${this.resourcePath}`)
    }
    return text.replace(pattern, replacement)
  }, source)
}
