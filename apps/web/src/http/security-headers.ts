/**
 * The headers of every answer, pages, files and JSON alike. A page's Content-Security-Policy comes from src/proxy.ts.
 *
 * Source: OWASP HTTP headers cheat sheet; RFC 6797 for Strict-Transport-Security.
 */
export function createSecurityHeaders(webUrl: string): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(webUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}
