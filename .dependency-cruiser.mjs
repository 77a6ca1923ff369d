/** The arrows between the parts of Tend; docs/decisions and ARCHITECTURE.md say why. */

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-stand-alone',
      comment:
        'The contract goes to other people: zod and @ts-rest/core only, nothing of Node or of Tend.',
      severity: 'error',
      from: { path: '^packages/contracts/src', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '(^packages/contracts/src|node_modules/(zod|@ts-rest/core)/)' },
    },
    {
      name: 'packages-know-no-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'database-and-runtime-stand-alone',
      comment: 'Neither knows the other, nor the contract.',
      severity: 'error',
      from: { path: '^packages/(database|runtime)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/' },
    },
    {
      name: 'quick-add-knows-the-contract-alone',
      comment: 'The browser loads it: pure, nothing of Node.',
      severity: 'error',
      from: { path: '^packages/quick-add/src', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '(^packages/(quick-add|contracts)/src|node_modules/chrono-node/)' },
    },
    {
      name: 'cli-lives-on-the-contract-alone',
      comment:
        'Proof that another app can be built on it: of the workspace only the contract and quick add.',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|quick-add)/' },
    },
    {
      name: 'api-knows-three-packages',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|database|runtime)/' },
    },
    {
      name: 'web-knows-four-packages',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|database|runtime|quick-add)/' },
    },
    {
      name: 'apps-know-no-other-app',
      comment: 'Apps share the contract and the database, never code.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-feature-imports-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/features/([^/]+)/' },
      to: { path: '^apps/$1/src/features/', pathNot: '^apps/$1/src/features/$2/' },
    },
    {
      name: 'features-know-no-route',
      comment: 'Pages are made of features, never the other way round.',
      severity: 'error',
      from: { path: '^apps/web/src/(features|components|auth|api)/' },
      to: { path: '^apps/web/src/(app|pages)/' },
    },
    {
      name: 'components-know-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/components/' },
      to: { path: '^apps/web/src/features/' },
    },
    {
      name: 'ts-rest-stays-at-the-edge',
      comment: 'Only the contract and one adapter file in each app know how routes are described.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: '(^packages/contracts/|/contract-adapter[.]ts$|[.]test[.]ts$|[.]test-d[.]ts$)',
      },
      to: { path: 'node_modules/@ts-rest/' },
    },
    {
      name: 'no-test-code-in-products',
      severity: 'error',
      from: { pathNot: '([.]test[.]tsx?$|[.]test-d[.]ts$|/e2e/|/test-|vitest|^packages/faults/)' },
      to: { path: '([.]test[.]tsx?$|/e2e/|database/src/test-database[.]ts$)' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'dependencies-are-declared',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: '([.]test[.]tsx?$|[.]test-d[.]ts$|[.]config[.]|/e2e/|/web/build/|/test-|vitest)',
      },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '([.]next/|/dist/|next-env[.]d[.]ts|[.]css$)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
