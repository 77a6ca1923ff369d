import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // Generous, because the tests share two cores with a database and with each other.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    globalSetup: ['@tend/database/vitest-global-setup'],
  },
})
