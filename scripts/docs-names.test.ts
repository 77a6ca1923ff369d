import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problems } from '@tend/contracts'
import { accessTokenClaimsSchema, accessTokenHeaderSchema } from '@tend/contracts/access-token'
import { createAuthDocument, createTasksDocument } from '@tend/contracts/openapi'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { workspaceRoot } from './env.ts'

const turboSchema = z.object({
  tasks: z.object({ dev: z.object({ passThroughEnv: z.array(z.string()) }) }),
})

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'apps/*/README.md'], {
  cwd: workspaceRoot,
}).sort()

function read(path: string): string {
  return readFileSync(join(workspaceRoot, path), 'utf8')
}

function readAll(...patterns: string[]): string {
  const files = globSync(patterns, { cwd: workspaceRoot })
  return (
    files
      // What is made up on purpose does not count.
      .filter((file) => !/(\.test|planted-drifts)\.ts$/.test(file))
      .map(read)
      .join('\n')
  )
}

function findAll(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found]) => found ?? ''))].sort()
}

/** What a document puts between backquotes or into blocks of code. */
function readCode(document: string): string {
  return findAll(read(document), /(^```.*?^```|`[^`\n]+`)/gms).join('\n')
}

const openApi = [createAuthDocument(), createTasksDocument()]

const routes = openApi.flatMap(({ paths }) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  ),
)
const otherRoutes = ['/health/live', '/health/ready', '/openapi.json', '/docs', '/api/health'].map(
  (path) => `GET ${path}`,
)

/** Whether a route is one of ours; an id may be written as `:id`, as `…` or as an id. Groups end in `/*`. */
function isRoute(method: string | undefined, given: string): boolean {
  const [path = ''] = given.replace(/[.,;:]$/, '').split('?')
  return [...routes, ...otherRoutes].some((route) => {
    const [knownMethod, known = ''] = route.split(' ')
    if (method !== undefined && method !== knownMethod) return false
    if (path.endsWith('/*')) return known.startsWith(path.slice(0, -1))
    const pattern = known.replaceAll(
      /\{\w+\}/g,
      '(:\\w+|\\{\\w+\\}|<\\w+>|\\$\\w+|[0-9a-f-]*…|[0-9a-f-]{36})',
    )
    return new RegExp(`^${pattern}/?$`).test(path)
  })
}

const settings = findAll(read('.env.example'), /^(?:# )?([A-Z][A-Z0-9_]+)=/gm)
const fieldsOfSettings = readAll('packages/runtime/src/environment.ts', 'apps/{api,web}/src/env.ts')
const upperCaseNames = new Set([
  // What all terminal programs know (no-color.org).
  'NO_COLOR',
  ...settings,
  ...Object.keys(problems),
  ...findAll(
    readAll(
      'apps/*/src/**/env.ts',
      'packages/*/src/*.ts',
      'scripts/*.{ts,mjs}',
      'apps/*/playwright.config.ts',
    ),
    /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/g,
  ),
])

const fields = new Set([
  ...findAll(JSON.stringify(openApi), /"(\w+)":/g),
  ...Object.keys(accessTokenClaimsSchema.shape),
  ...Object.keys(accessTokenHeaderSchema.shape),
  // Of a tsconfig.json.
  'skipLibCheck',
])
const parameters = new Set(findAll(JSON.stringify(openApi), /"name":"(\w+)","in":"query"/g))

it('finds the documents', () => {
  expect(documents).toContain('README.md')
  expect(documents).toContain('docs/quickstart.md')
  expect(routes.length).toBeGreaterThan(10)
  expect(settings.length).toBeGreaterThan(10)
})

describe.each(documents)('%s', (document) => {
  const code = readCode(document)

  it('names no route that does not exist', () => {
    const named = [
      ...code.matchAll(
        /(?:\b(GET|POST|PUT|PATCH|DELETE) )?(?<![\w./])(\/(?:api|health)\/[^\s`"'|)]*)/g,
      ),
      ...code.matchAll(/(?:-X (\w+) )?https?:\/\/localhost:\d+(\/(?:api|health)[^\s`"'|)]*)/g),
    ]
    const unknown = named.filter(([, method, path = '']) => !isRoute(method, path))
    expect(unknown.map(([text]) => text)).toEqual([])
  })

  it('names no field that does not exist', () => {
    const unknownFields = findAll(code, /"(\w+)":/g).filter((name) => !fields.has(name))
    expect(unknownFields).toEqual([])
  })

  it('names no query parameter that does not exist', () => {
    const queries = findAll(code, /\/api\/[^\s`"'?]*\?([^\s`"']+)/g).join('&')
    expect(findAll(queries, /(?:^|&)(\w+)/g).filter((name) => !parameters.has(name))).toEqual([])
  })

  it('names no setting and no problem code that does not exist', () => {
    const named = findAll(code, /(?<![\w-])([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/g)
    expect(named.filter((name) => !upperCaseNames.has(name))).toEqual([])
  })
})

it('.env.example explains every setting that the servers read, and no other', () => {
  const read = findAll(fieldsOfSettings, /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+): [a-z]/g)
  const expected = new Set([...read, 'DATA_DIR'])
  expected.delete('NODE_ENV')
  expect(settings).toEqual([...expected].sort())
})

it('`turbo dev` hands on every setting that .env.example explains', () => {
  const { tasks } = turboSchema.parse(JSON.parse(read('turbo.json')))
  expect(tasks.dev.passThroughEnv.toSorted()).toEqual(settings)
})

it('docs/data-model.md has the columns of a task, and no other', () => {
  const section = /^## task$(.*?)^(?:## |### )/ms.exec(read('docs/data-model.md'))?.[1] ?? ''
  const schema = /^type TaskTable.*?^\}/ms.exec(read('packages/database/src/database-schema.ts'))
  const columns = findAll(schema?.[0] ?? '', /^ {2}(\w+):/gm)
  expect(columns).toContain('title')
  expect(findAll(section, /^\| `(\w+)` \|/gm)).toEqual(columns)
})
