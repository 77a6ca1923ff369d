/** A change of a file of the workspace; `from` has to be there. */
type Planting = { file: string; from: string | RegExp; to: string }

/** A drift, and what has to be said where it is caught. */
type Drift = { name: string; says: RegExp }

/** Mistakes that one run of a tool catches. An error can hide another of the same object literal, so not all is planted at once. */
export type PlantedDrifts = {
  plantings: Planting[]
  /** The compiler on some files and what they import, which is much quicker than whole projects; or a test file in a folder. */
  caughtBy: { files: string[] } | { folder: string; test: string[] }
  drifts: Drift[]
}

const contracts = 'packages/contracts/src'
const taskRoutes = 'apps/api/src/features/tasks/task-routes.ts'
const taskColumns = 'apps/api/src/features/tasks/task-database.ts'
const authenticate = 'apps/api/src/auth/authenticate.ts'
const openApi = `${contracts}/openapi/create-openapi-document.ts`
const signer = 'apps/web/src/auth/sign-access-token.ts'
const terminal = 'apps/cli/src/format-tasks.ts'
const tabEvents = 'apps/web/src/features/tasks/live/is-followed-event.ts'

const shapes: PlantedDrifts = {
  plantings: [
    {
      file: `${contracts}/task.ts`,
      from: 'isCompleted: z.boolean(),',
      to: '$&\n    mood: z.string(),',
    },
    {
      file: `${contracts}/task.ts`,
      from: 'listTasksQuerySchema = z.strictObject({',
      to: '$&\n  color: z.string().optional(),',
    },
    {
      file: `${contracts}/access-token.ts`,
      from: '    iat: z.int(),',
      to: '$&\n    tenant: z.string(),',
    },
    { file: taskRoutes, from: 'status: 204', to: 'status: 205' },
    { file: terminal, from: 'task.dueDate', to: 'task.deadline' },
  ],
  caughtBy: { files: [taskRoutes, signer, openApi, terminal, tabEvents] },
  drifts: [
    {
      name: 'a claim that is required and that nobody signs',
      says: /sign-access-token\.ts.*'tenant' is missing/,
    },
    { name: 'a field of a task that no query gives', says: /task-[\w-]*queries\.ts[\s\S]*mood/ },
    {
      name: "a field of a task that another tab's event may lack",
      says: /is-followed-event\.ts[\s\S]*mood/,
    },
    { name: 'a field that nothing describes', says: /field-descriptions\.ts.*mood/ },
    { name: 'a field that an example lacks', says: /example-values\.ts.*mood/ },
    { name: 'a parameter without documentation', says: /tasks-documentation\.ts.*color/ },
    { name: 'a status that the route does not declare', says: /task-routes\.ts[\s\S]*205/ },
    {
      name: 'a field that the terminal client reads and that is none',
      says: /format-tasks\.ts.*'deadline' does not exist/,
    },
  ],
}

const routes: PlantedDrifts = {
  plantings: [
    {
      file: `${contracts}/tasks-contract.ts`,
      from: '    list: {',
      to: "    archive: { method: 'GET', path: '/archive', responses: { 200: taskPageSchema } },\n$&",
    },
    {
      file: authenticate,
      from: /$/,
      to: "\nimport type { AccessTokenClaims } from '@tend/contracts/access-token'\nexport const planted = (claims: AccessTokenClaims) => claims.role\n",
    },
    { file: signer, from: '      jti: randomUUID(),', to: "$&\n      tenant: 'nobody asked'," },
    { file: taskColumns, from: "  'due_date as dueDate',\n", to: '' },
  ],
  caughtBy: { files: [taskRoutes, authenticate, openApi, signer] },
  drifts: [
    {
      name: 'a claim that is read and that is none',
      says: /authenticate\.ts.*'role' does not exist/,
    },
    {
      name: 'a claim that is signed and that is none',
      says: /sign-access-token\.ts.*'tenant' does not exist/,
    },
    {
      name: 'a column that is missing from what the queries give',
      says: /task-[\w-]*queries\.ts[\s\S]*dueDate/,
    },
    { name: 'a route without a handler', says: /task-routes\.ts.*archive/ },
    { name: 'a route without documentation', says: /tasks-documentation\.ts.*archive/ },
  ],
}

const extraProperty: PlantedDrifts = {
  plantings: [{ file: taskColumns, from: "  'id',", to: "  'id',\n  'user_id as userId'," }],
  caughtBy: { folder: 'apps/api', test: ['conformance', '-t', 'document shows'] },
  drifts: [
    { name: 'an answer with a property too many', says: /must NOT have additional properties/ },
  ],
}

const brokenPromises: PlantedDrifts = {
  plantings: [
    {
      file: `${contracts}/task-rules.ts`,
      from: 'max: 200, trim: true',
      to: 'max: 300, trim: true',
    },
    {
      file: taskRoutes,
      from: /createProblem\('TASK_NOT_FOUND'.*\)/,
      to: "{ ...createProblem('TASK_NOT_FOUND', { requestId }), code: 'FORBIDDEN' as never }",
    },
  ],
  caughtBy: { folder: 'apps/api', test: ['conformance', '-t', 'schemas allow'] },
  drifts: [
    { name: 'a length that the database does not take', says: /500 of POST \/api\/tasks/ },
    {
      name: 'a problem that the route does not declare',
      says: /must be equal to one of the allowed values/,
    },
  ],
}

const openApiDocument: PlantedDrifts = {
  plantings: [
    {
      file: `${contracts}/tasks-contract.ts`,
      from: "summary: 'Add a task'",
      to: "summary: 'Make a task'",
    },
    {
      file: `${contracts}/openapi/tasks-documentation.ts`,
      from: "title: 'Water all ferns'",
      to: "title: ''",
    },
  ],
  caughtBy: {
    folder: 'packages/contracts',
    test: ['openapi-files', 'create-openapi-document'],
  },
  drifts: [
    { name: 'an OpenAPI document that is stale', says: /The file is stale/ },
    {
      name: 'an example that the schema does not allow',
      says: /must NOT have fewer than 1 characters/,
    },
  ],
}

const words: PlantedDrifts = {
  plantings: [
    {
      file: 'docs/quickstart.md',
      from: /$/,
      to: '\n`GET /api/tusks`, `{"titel": "x"}`, `/api/tasks?colour=red`, `TEND_COLOUR`\n',
    },
    { file: 'docs/data-model.md', from: '| `title` |', to: '| `heading` |' },
    { file: '.env.example', from: /$/, to: '\n# COLOUR_SCHEME=dark\n' },
  ],
  caughtBy: { folder: '.', test: ['--project', 'scripts', 'docs-names'] },
  drifts: [
    { name: 'a document that names a route that is none', says: /GET \/api\/tusks/ },
    { name: 'a document that names a field that is none', says: /titel/ },
    { name: 'a document that names a parameter that is none', says: /colour/ },
    { name: 'a document that names a setting that is none', says: /TEND_COLOUR/ },
    { name: 'a table of columns that differs from the database', says: /heading/ },
    { name: 'an example of the environment that nobody reads', says: /COLOUR_SCHEME/ },
  ],
}

/** One of each kind of drift of docs/drift.md, by the runs that catch them. */
export const plantedDrifts = [
  ...[shapes, routes, extraProperty, brokenPromises, openApiDocument, words],
]
