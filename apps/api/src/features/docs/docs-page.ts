import { createHash } from 'node:crypto'

/** The page: an empty element for Redoc, and nothing inline. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tend API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The same is in <a href="/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/redoc.js"></script>
<script src="/docs/start-redoc.js"></script>
</body>
</html>
`

// Redoc writes its rules through the DOM into style elements that are empty; one other element holds those of its scrollbar.
const emptyStyle = hash('')
const scrollbarStyle = "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"

/** What the page may load: our own files, and the two style elements that Redoc makes (CSP level 3, section 6.7). */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${emptyStyle} ${scrollbarStyle}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
