import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@tend/contracts', '@tend/database', '@tend/quick-add', '@tend/runtime'],
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}

export default config
