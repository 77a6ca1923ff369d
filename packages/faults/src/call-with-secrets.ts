import { randomBytes } from 'node:crypto'

/** A request, and by which id its lines are found in the log. */
export type Call = {
  cookie?: string
  token?: string
  body?: unknown
  origin?: string
  requestId?: string
}

/** Requests with something secret in them and in their answers, which must not be found anywhere else. */
export type SecretCalls = {
  /** Everything that must be in no line: what goes into requests, and all cookies and tokens that come back. */
  secrets: Set<string>
  /** Makes up a password, and notes it. */
  makeSecret(words: string): string
  /** Sends a request as a trusted proxy hands it on, and notes what is secret in the answer. */
  call(
    base: string,
    method: string,
    path: string,
    given?: Call,
  ): Promise<{ status: number; text: string; accessToken: string; cookie: string }>
}

/** Where the requests seem to come from. */
export const callerAddress = '192.0.2.77'

/** Begins to note secrets. Requests come from the pages of `webUrl` unless they say otherwise. */
export function createSecretCalls(webUrl: string): SecretCalls {
  const secrets = new Set<string>()
  const noteCookie = (pair: string) => {
    const value = pair.slice(pair.indexOf('=') + 1)
    const [token = '', signature = ''] = decodeURIComponent(value).split('.')
    for (const part of [value, token, signature]) if (part.length > 10) secrets.add(part)
  }
  return {
    secrets,
    makeSecret(words) {
      const value = `${words} ${randomBytes(4).toString('hex')}`
      secrets.add(value)
      return value
    },
    async call(base, method, path, given = {}) {
      const answer = await fetch(
        `${base}${path}`,
        writeRequest(method, { origin: webUrl, ...given }),
      )
      const text = await answer.text()
      const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1).join())
      for (const pair of cookies) noteCookie(pair)
      const accessToken = /"accessToken":"([^"]+)"/.exec(text)?.[1] ?? ''
      // Each part by itself: the signature is what makes it a token, and the claims are a person's.
      for (const part of accessToken.split('.').slice(1)) secrets.add(part)
      return { status: answer.status, text, accessToken, cookie: cookies.join('; ') }
    },
  }
}

function writeRequest(method: string, given: Call & { origin: string }): RequestInit {
  const { cookie, token, body, origin, requestId } = given
  return {
    method,
    redirect: 'manual',
    headers: {
      origin,
      'x-forwarded-for': callerAddress,
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(cookie !== undefined && { cookie }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }
}
