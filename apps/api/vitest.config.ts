import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: '@tend/database/vitest-global-setup',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
