import { gunzipSync } from 'node:zlib'
import { createTasksDocument } from '@tend/contracts/openapi'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { type ApiEnv, createRequestScope } from '../../http/request-scope.ts'
import { createSecurityHeaders } from '../../http/security-headers.ts'
import { serveDocs } from './docs-routes.ts'

const apiUrl = 'https://api.tend.example.org'

function createDocsApp() {
  const app = new Hono<ApiEnv>()
  app.use('*', async (c, next) => {
    const headers = createSecurityHeaders(apiUrl)
    c.set('scope', createRequestScope(c.req.raw, undefined, { trustedProxies: [], headers }))
    await next()
  })
  serveDocs(app, { apiUrl })
  return app
}

const app = createDocsApp()
const page = await (await app.request('/docs')).text()
const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')

describe('the documentation', () => {
  it('has the OpenAPI document of the contract, with the address of this API', async () => {
    const response = await app.request('/openapi.json')
    expect(response.headers.get('content-type')).toBe('application/json')
    const expected = createTasksDocument([{ url: apiUrl }])
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(expected)))
  })

  it('is a page whose files are all its own', async () => {
    expect(files).toEqual([
      '/docs/page.css',
      '/openapi.json',
      '/docs/redoc.js',
      '/docs/start-redoc.js',
    ])
    for (const path of files) expect((await app.request(path)).status, path).toBe(200)
    const redoc = await (await app.request('/docs/redoc.js')).text()
    expect(redoc).toContain('Redoc')
    expect(redoc).not.toContain('cdn.redoc.ly')
  })

  it('has a policy without inline scripts, eval or other origins', async () => {
    const policy = (await app.request('/docs')).headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /)
    expect(policy).not.toMatch(/unsafe|https?:|blob:|\*/)
    expect(page).not.toMatch(/<script>|<style|style=|\son[a-z]+=/)
  })

  it('keeps the strict policy of the API on everything but the page', async () => {
    for (const path of files) {
      const policy = (await app.request(path)).headers.get('content-security-policy')
      expect(policy, path).toBe("default-src 'none'; frame-ancestors 'none'")
    }
  })

  it.each(['/docs', '/openapi.json', '/docs/redoc.js'])(
    '%s may be kept, and asked for again by its entity tag',
    async (path) => {
      const first = await app.request(path)
      const etag = first.headers.get('etag') ?? ''
      expect(first.headers.get('cache-control')).toBe('public, max-age=300')
      const again = await app.request(path, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    },
  )

  it('is compressed for whoever takes gzip, under another entity tag', async () => {
    const plain = await app.request('/docs/redoc.js', {
      headers: { 'accept-encoding': 'gzip;q=0' },
    })
    const gzipped = await app.request('/docs/redoc.js', {
      headers: { 'accept-encoding': 'br, gzip' },
    })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(gzipped.headers.get('content-encoding')).toBe('gzip')
    expect(gzipped.headers.get('vary')).toContain('Accept-Encoding')
    expect(gzipped.headers.get('etag')).not.toBe(plain.headers.get('etag'))
    const bytes = Buffer.from(await gzipped.arrayBuffer())
    expect(gunzipSync(bytes)).toEqual(Buffer.from(await plain.arrayBuffer()))
    expect(bytes.length).toBeLessThan(500_000)
  })

  it('takes GET and HEAD only', async () => {
    const response = await app.request('/docs', { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    const head = await app.request('/docs', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})
