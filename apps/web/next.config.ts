import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@tend/contracts', '@tend/database', '@tend/runtime'],
  turbopack: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    // Both hold all of the parsers; only the server needs them apart from the hooks.
    resolveAlias: { 'nuqs/server': { browser: 'nuqs' } },
    rules: {
      '**/@ts-rest/core/index.esm.mjs': dropUnusedCode('@ts-rest/core'),
      '**/zod/v4/classic/schemas.js': dropUnusedCode('zod'),
    },
  },
}

function dropUnusedCode(library: string) {
  const loader = fileURLToPath(new URL('build/drop-unused-code.cjs', import.meta.url))
  return { condition: 'browser' as const, loaders: [{ loader, options: { library } }] }
}

export default config
