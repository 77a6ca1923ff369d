import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Needs running servers: TEND_E2E_WEB_URL and TEND_E2E_API_URL. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['e2e/**/*.e2e.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
