import { accountContract, authContract } from '@tend/contracts'

const pages = [
  ...['/', '/login', '/register', '/forgot-password', '/reset-password', '/dashboard', '/settings'],
  '/api/health',
]

/** The routes of the contract, with a pattern for those with parameters. */
const routes = [...Object.values(authContract), ...Object.values(accountContract)].map(
  ({ path }) => ({ path, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }),
)

/** The route that a request belongs to, out of a fixed number: whatever is asked for, metrics must not grow without end. */
export function nameRoute(target: string): string {
  const [pathname = ''] = target.split('?', 1)
  if (pages.includes(pathname)) return pathname
  if (pathname.startsWith('/_next/')) return '/_next'
  const route = routes.find(({ pattern }) => pattern.test(pathname))
  if (route !== undefined) return route.path
  return pathname.startsWith('/api/auth/') ? '/api/auth' : 'none'
}
