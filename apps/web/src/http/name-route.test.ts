import { expect, it } from 'vitest'
import { nameRoute } from './name-route.ts'

it.each([
  ['/', '/'],
  ['/dashboard?q=secret', '/dashboard'],
  ['/api/auth/login', '/api/auth/login'],
  ['/api/auth/sessions/6f1f2c9e-96a5-4a4e-9a4c-0a6d4f0f6a11', '/api/auth/sessions/:id'],
  ['/api/auth/sessions', '/api/auth/sessions'],
  ['/api/auth/reset-password/a-token', '/api/auth'],
  ['/_next/static/chunks/1a2b.js', '/_next'],
  ['/wp-login.php', 'none'],
  ['', 'none'],
])('the route of %s is %s', (target, route) => {
  expect(nameRoute(target)).toBe(route)
})
