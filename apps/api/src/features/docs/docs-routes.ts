import type { Hono } from 'hono'
import { chooseCoding } from '../../http/compress-answer.ts'
import { refuseUnacceptable } from '../../http/content-negotiation.ts'
import { matchesAnyTag } from '../../http/entity-tags.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { ApiEnv } from '../../http/request-scope.ts'
import { createDocsFiles } from './docs-files.ts'
import { docsPolicy } from './docs-page.ts'

// Short, because a new version of Tend changes what stands there; after that a 304 is enough.
const cacheControl = 'public, max-age=300'

/** Serves the OpenAPI document and a page that shows it. Both are public: they say nothing of anybody. */
export function serveDocs(app: Hono<ApiEnv>, { apiUrl }: { apiUrl: string }): void {
  for (const [path, read] of Object.entries(createDocsFiles(apiUrl))) {
    app.get(path, async (c) => {
      const scope = c.get('scope')
      scope.route = path
      const { mediaType, plain, gzipped } = await read()
      refuseUnacceptable(c.req.header('accept'), [mediaType.split(';')[0] ?? ''])
      const isCompressed = chooseCoding(c.req.header('accept-encoding'), ['gzip']) === 'gzip'
      const { bytes, etag } = isCompressed ? gzipped : plain
      const headers = {
        ...scope.headers,
        'Cache-Control': cacheControl,
        ETag: etag,
        Vary: 'Accept-Encoding, Origin',
        ...(path === '/docs' && { 'Content-Security-Policy': docsPolicy }),
      }
      if (matchesAnyTag(c.req.header('if-none-match'), etag)) {
        return new Response(null, { status: 304, headers })
      }
      const encoding = isCompressed && { 'Content-Encoding': 'gzip' }
      return new Response(bytes, {
        headers: { ...headers, 'Content-Type': mediaType, ...encoding },
      })
    })
    refuseOtherMethods(app, path, ['GET'])
  }
}
