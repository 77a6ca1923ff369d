import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // Those of packages/faults take minutes and programs of the machine: `npm run test:faults`.
      'packages/!(faults)',
      'apps/*',
      { test: { name: 'scripts', include: ['scripts/*.test.ts'] } },
    ],
    // Test files share two cores with a database.
    maxWorkers: 2,
  },
})
