import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['@tend/database/vitest-global-setup'],
    // Not *.test.ts: `npm test` runs those, and these take minutes and programs of the machine.
    include: ['src/**/*.faults.ts'],
    // Each file loads the machine by itself.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
