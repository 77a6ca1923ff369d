import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openApiFolder, renderOpenApiFiles } from './render-openapi-files.ts'

const files = Object.entries(renderOpenApiFiles())

describe.each(files)('docs/contracts/%s', (name, text) => {
  const path = fileURLToPath(new URL(name, openApiFolder))

  it('says what the contract says (otherwise run `pnpm contracts:write`)', () => {
    const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
    expect(written === text, 'The file is stale: run `pnpm contracts:write`.').toBe(true)
  })

  it("passes Redocly's recommended rules", { timeout: 60_000 }, () => {
    const { stdout, stderr } = spawnSync(
      'redocly',
      ['lint', path, '--extends=recommended', '--format=json'],
      {
        encoding: 'utf8',
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: {
          ...process.env,
          PATH: `${fileURLToPath(new URL('../node_modules/.bin', import.meta.url))}:${process.env.PATH}`,
          REDOCLY_TELEMETRY: 'off',
          REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
        },
      },
    )
    const report: unknown = stdout.startsWith('{') ? JSON.parse(stdout) : stdout + stderr
    expect(report).toMatchObject({ totals: { errors: 0, warnings: 0 }, problems: [] })
  })
})
