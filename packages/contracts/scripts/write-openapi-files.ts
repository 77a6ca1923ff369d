// `pnpm contracts:write`: writes docs/contracts anew from the contract.
import { mkdirSync, writeFileSync } from 'node:fs'
import { openApiFolder, renderOpenApiFiles } from './render-openapi-files.ts'

mkdirSync(openApiFolder, { recursive: true })
for (const [name, text] of Object.entries(renderOpenApiFiles())) {
  writeFileSync(new URL(name, openApiFolder), text)
}
