import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Environment } from './env.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const playwrightCaches = [
  join(homedir(), '.cache', 'ms-playwright'),
  join(homedir(), 'Library', 'Caches', 'ms-playwright'),
  join(homedir(), 'AppData', 'Local', 'ms-playwright'),
]
const playwrightBuilds = [
  'chromium-*/chrome-linux*/chrome',
  'chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium',
  'chromium-*/chrome-win*/chrome.exe',
]

/**
 * The path of a Chrome or Chromium for the browser tests: the one named by TEND_CHROMIUM, an installed one, Playwright's own,
 * or Debian's, which root installs. Throws one sentence when there is none.
 */
export function findBrowser(environment: Environment): string {
  const named = environment.TEND_CHROMIUM
  if (named && !existsSync(named))
    throw new Error(`TEND_CHROMIUM names ${named}, and there is no such file.`)
  const found = named || findInstalledBrowser(environment) || findPlaywrightBrowser()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium for the browser tests …')
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
    })
    const installed = findInstalledBrowser(environment)
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chrome or Chromium and found none. Install one, or name it with TEND_CHROMIUM=/path/to/chrome.',
  )
}

function findInstalledBrowser(environment: Environment): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...places].find((path) => existsSync(path))
}

function findPlaywrightBrowser(): string | undefined {
  const patterns = playwrightCaches.flatMap((cache) =>
    playwrightBuilds.map((build) => join(cache, build)),
  )
  return patterns.flatMap((pattern) => globSync(pattern)).at(-1)
}
