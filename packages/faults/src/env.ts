/** The environment of the programs that the tests start: this process's own, without the mode that vitest sets. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: undefined }
}

/** How Playwright starts the browser that the root's test command has found. */
export function readChromium(): { executablePath?: string; args: string[] } {
  const { TEND_CHROMIUM } = process.env
  return {
    ...(TEND_CHROMIUM !== undefined && { executablePath: TEND_CHROMIUM }),
    // Chromium refuses its sandbox to root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  }
}
