import { problemSchema } from '../problem.ts'
import type { AccessTokenSource } from './access-token-source.ts'
import { NetworkError, ProblemError, UnexpectedAnswerError } from './errors.ts'

/** The API, and where its access tokens come from. */
export type AuthorizedApi = { apiUrl: string; tokens: AccessTokenSource }

/**
 * Gets an answer whose body is read as it arrives, which ts-rest cannot do. A token refused with 401 is replaced once. Throws a NetworkError, a
 * ProblemError, or an UnexpectedAnswerError when the body is not of `mediaType`; an abort by the caller passes through.
 */
export async function fetchAuthorized(
  { apiUrl, tokens }: AuthorizedApi,
  path: string,
  {
    mediaType,
    signal,
    headers,
  }: { mediaType: string; signal?: AbortSignal | undefined; headers?: Record<string, string> },
): Promise<Response> {
  const url = new URL(path, apiUrl)
  const request = (token: string) =>
    fetch(url, {
      signal: signal ?? null,
      cache: 'no-store',
      credentials: 'omit',
      headers: { ...headers, accept: mediaType, authorization: `Bearer ${token}` },
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error
      throw new NetworkError(`No answer from ${url.origin}`, { cause: error })
    })
  const token = await tokens.get()
  let response = await request(token)
  if (response.status === 401) {
    await response.body?.cancel()
    response = await request(await tokens.replace(token))
  }
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (response.status === 200 && type === mediaType) return response
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (problem.success) throw new ProblemError(problem.data, response.headers)
  if (saysThatServerIsAway(response.status)) throw new NetworkError(`No answer from ${url.origin}`)
  throw new UnexpectedAnswerError(`The answer to GET ${url.pathname} is not in the contract`)
}

/** Whether a status, on an answer that is not Tend's, is a proxy's word for a server that is away (RFC 9110, sections 15.6.3 to 15.6.5). */
export function saysThatServerIsAway(status: number): boolean {
  return status >= 502 && status <= 504
}
