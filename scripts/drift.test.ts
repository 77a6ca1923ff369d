import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createScratchCopy, runInWorkspace, type ScratchCopy } from './scratch-copy.ts'

const TIME = 180_000

const contracts = 'packages/contracts/src'
const taskRoutes = 'apps/api/src/features/tasks/task-routes.ts'
const taskColumns = 'apps/api/src/features/tasks/task-database.ts'
const authenticate = 'apps/api/src/auth/authenticate.ts'
const openApi = `${contracts}/openapi/create-openapi-document.ts`
const signer = 'apps/web/src/auth/sign-access-token.ts'

let scratch: ScratchCopy
const originals = new Map<string, string>()

beforeAll(() => {
  scratch = createScratchCopy()
}, TIME)
afterAll(() => scratch.remove())

/** Changes a file of the copy. Throws when the place is not there any more: then this test has to follow the code. */
function plant(file: string, from: string | RegExp, to: string): void {
  const path = join(scratch.folder, file)
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`There is no ${from} in ${file} to plant a mistake at.`)
  if (!originals.has(path)) originals.set(path, text)
  writeFileSync(path, changed)
}

function restore(): void {
  for (const [path, text] of originals) writeFileSync(path, text)
  originals.clear()
}

/** Compiles some files of the copy and what they import, which is much quicker than whole projects. */
function checkTypes(...files: string[]): string {
  const config = { extends: './tsconfig.base.json', compilerOptions: { types: ['node'] }, files }
  writeFileSync(join(scratch.folder, 'tsconfig.planted.json'), JSON.stringify(config))
  return runInWorkspace('tsc', ['-p', 'tsconfig.planted.json'], scratch.folder).output
}

function runTest(folder: string, ...args: string[]) {
  return runInWorkspace('vitest', ['run', ...args], join(scratch.folder, folder))
}

describe('the compiler catches', () => {
  // An error can hide another of the same object literal, so not all is planted at once.
  let inShapes: string
  let inRoutes: string

  beforeAll(() => {
    plant(`${contracts}/task.ts`, 'isCompleted: z.boolean(),', '$&\n    mood: z.string(),')
    plant(
      `${contracts}/task.ts`,
      'listTasksQuerySchema = z.strictObject({',
      '$&\n  color: z.string().optional(),',
    )
    plant(`${contracts}/access-token.ts`, '    iat: z.int(),', '$&\n    tenant: z.string(),')
    plant(taskRoutes, 'status: 204', 'status: 205')
    inShapes = checkTypes(taskRoutes, signer, openApi)
    restore()
    plant(
      `${contracts}/tasks-contract.ts`,
      '    list: {',
      "    archive: { method: 'GET', path: '/archive', responses: { 200: taskPageSchema } },\n$&",
    )
    plant(
      authenticate,
      /$/,
      "\nimport type { AccessTokenClaims } from '@tend/contracts/access-token'\nexport const planted = (claims: AccessTokenClaims) => claims.role\n",
    )
    inRoutes = checkTypes(taskRoutes, authenticate, openApi)
    restore()
  }, TIME)

  it('a claim that is required and that nobody signs', () => {
    expect(inShapes).toMatch(/sign-access-token\.ts.*'tenant' is missing/)
  })

  it('a claim that is read and that is none', () => {
    expect(inRoutes).toMatch(/authenticate\.ts.*'role' does not exist/)
  })

  it('a field of a task that no query gives', () => {
    expect(inShapes).toMatch(/task-[\w-]*queries\.ts[\s\S]*mood/)
  })

  it('a field that nothing describes', () => {
    expect(inShapes).toMatch(/field-descriptions\.ts.*mood/)
  })

  it('a field that an example lacks', () => {
    expect(inShapes).toMatch(/example-values\.ts.*mood/)
  })

  it('a parameter without documentation', () => {
    expect(inShapes).toMatch(/tasks-documentation\.ts.*color/)
  })

  it('a route without a handler', () => {
    expect(inRoutes).toMatch(/task-routes\.ts.*archive/)
  })

  it('a route without documentation', () => {
    expect(inRoutes).toMatch(/tasks-documentation\.ts.*archive/)
  })

  it('a status that the route does not declare', () => {
    expect(inShapes).toMatch(/task-routes\.ts[\s\S]*205/)
  })
})

describe('a test catches', () => {
  afterEach(restore)

  it('an answer with a property too many', { timeout: TIME }, () => {
    plant(taskColumns, "  'id',", "  'id',\n  'user_id as userId',")
    const { status, output } = runTest('apps/api', 'conformance', '-t', 'document shows')
    expect(output).toContain('must NOT have additional properties')
    expect(status).toBe(1)
  })

  it('a length that the database does not take', { timeout: TIME }, () => {
    plant(`${contracts}/task.ts`, 'max: 200, trim: true', 'max: 300, trim: true')
    const { status, output } = runTest('apps/api', 'conformance', '-t', 'schemas allow')
    expect(output).toContain('500 of POST /api/tasks')
    expect(status).toBe(1)
  })

  it('a problem that the route does not declare', { timeout: TIME }, () => {
    plant(
      taskRoutes,
      /createProblem\('TASK_NOT_FOUND'.*\)/,
      "{ ...createProblem('TASK_NOT_FOUND', { requestId }), code: 'FORBIDDEN' as never }",
    )
    const { status, output } = runTest('apps/api', 'conformance', '-t', 'schemas allow')
    expect(output).toContain('must be equal to one of the allowed values')
    expect(status).toBe(1)
  })

  it('an OpenAPI document that is stale', { timeout: TIME }, () => {
    plant(`${contracts}/tasks-contract.ts`, "summary: 'Add a task'", "summary: 'Make a task'")
    const { status, output } = runTest('packages/contracts', 'openapi-files')
    expect(output).toContain('The file is stale')
    expect(status).toBe(1)
  })

  it('an example that the schema does not allow', { timeout: TIME }, () => {
    plant(`${contracts}/openapi/tasks-documentation.ts`, "title: 'Water all ferns'", "title: ''")
    const { status, output } = runTest('packages/contracts', 'create-openapi-document')
    expect(output).toContain('must NOT have fewer than 1 characters')
    expect(status).toBe(1)
  })

  it('documents that name what does not exist', { timeout: TIME }, () => {
    plant(
      'docs/quickstart.md',
      /$/,
      '\n`GET /api/tusks`, `{"titel": "x"}`, `/api/tasks?colour=red`, `TEND_COLOUR`\n',
    )
    plant('docs/data-model.md', '| `title` |', '| `heading` |')
    plant('.env.example', /$/, '\n# COLOUR_SCHEME=dark\n')
    const { status, output } = runTest('.', '--project', 'scripts', 'docs-names')
    const found = ['GET /api/tusks', 'titel', 'colour', 'TEND_COLOUR', 'heading', 'COLOUR_SCHEME']
    for (const name of found) expect(output).toContain(name)
    expect(status).toBe(1)
  })
})
