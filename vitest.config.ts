import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      'packages/*',
      'apps/*',
      { test: { name: 'scripts', include: ['scripts/*.test.ts'] } },
    ],
    // Test files share two cores with a database.
    maxWorkers: 2,
  },
})
