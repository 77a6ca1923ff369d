/**
 * The headers of every answer: nothing of it may be shown as a page, guessed at, framed or kept.
 *
 * Source: OWASP REST security cheat sheet; RFC 6797 for Strict-Transport-Security.
 */
export function createSecurityHeaders(apiUrl: string): Record<string, string> {
  return {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(apiUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}
