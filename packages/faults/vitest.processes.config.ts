import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The tests of real servers that `npm test` runs as well: quick ones, which need nothing but the workspace. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    globalSetup: ['./src/build-web.ts', '@tend/database/vitest-global-setup'],
    include: ['src/**/*.processes.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
