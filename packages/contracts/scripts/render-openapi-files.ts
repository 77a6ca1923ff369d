import { stringify } from 'yaml'
import { createAuthDocument, createTasksDocument } from '../src/openapi/create-openapi-document.ts'

const note =
  '# Generated from packages/contracts by `pnpm contracts:write`; a test fails when it is stale.\n'

/** The folder of the OpenAPI documents. */
export const openApiFolder = new URL('../../../docs/contracts/', import.meta.url)

/** The OpenAPI documents as files: their names and what they hold. */
export function renderOpenApiFiles(): Record<string, string> {
  const documents = {
    'auth-api.yaml': createAuthDocument(),
    'tasks-api.yaml': createTasksDocument(),
  }
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => {
      // Written out in full: a name for something that stands there twice would only puzzle readers.
      const text = stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })
      return [name, note + text]
    }),
  )
}
