/** What the policy of a page depends on. */
export type ContentSecurityPolicyOptions = {
  /** Random, new for every page: only scripts that carry it run, and those they load. */
  nonce: string
  /** The API's public address, which the page calls. */
  apiUrl: string
  /** Whether the page itself came by https. */
  isSecure: boolean
  isDevelopment: boolean
}

/**
 * The Content-Security-Policy of a page (CSP level 3; OWASP, content security policy cheat sheet).
 *
 * Inline styles are allowed: the toast and dialog libraries insert style elements without a nonce, and React writes style
 * attributes. A style runs no code, and could send what it finds to our own origins only.
 */
export function createContentSecurityPolicy(options: ContentSecurityPolicyOptions): string {
  const { nonce, apiUrl, isSecure, isDevelopment } = options
  const directives = [
    "default-src 'none'",
    // React's development build evaluates code for its error messages.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${apiUrl}${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/** The nonce of a policy made above, for scripts that stand in the page itself. */
export function readNonce(policy: string): string | undefined {
  return /'nonce-([^']+)'/.exec(policy)?.[1]
}
