import { defineConfig } from '@playwright/test'

// The browser and the running Tend come from the root's test command, which starts both.
const chromium = process.env.TEND_CHROMIUM
const webUrl = process.env.TEND_E2E_WEB_URL

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.e2e.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    ...(webUrl !== undefined && { baseURL: webUrl }),
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium !== undefined && { executablePath: chromium }),
      // Chromium refuses its sandbox to root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
