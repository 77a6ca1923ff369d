import type { Page, Route } from '@playwright/test'
import { createProblem, type ProblemCode } from '@tend/contracts'
import { readAddresses } from './fixtures.ts'

/** Has matching calls to the API handled by `handle`, until the returned function is called. */
export async function intercept(
  page: Page,
  method: string,
  ending: RegExp,
  handle: (route: Route) => Promise<void>,
): Promise<() => Promise<void>> {
  const { apiUrl } = readAddresses()
  const url = (at: URL) => at.origin === apiUrl && ending.test(at.pathname)
  const handler = (route: Route) =>
    route.request().method() === method ? handle(route) : route.fallback()
  await page.route(url, handler)
  return () => page.unroute(url, handler)
}

/** Answers a call with a problem, as the API would. */
export function answerWith(
  code: ProblemCode,
  headers: Record<string, string> = {},
): (route: Route) => Promise<void> {
  const problem = createProblem(code, { requestId: 'injected-fault' })
  return (route) =>
    route.fulfill({
      status: problem.status,
      contentType: 'application/problem+json',
      headers: {
        'access-control-allow-origin': readAddresses().webUrl,
        'access-control-expose-headers': 'retry-after',
        ...headers,
      },
      body: JSON.stringify(problem),
    })
}

/** The connection breaks off before an answer comes. */
export function breakOff(route: Route): Promise<void> {
  return route.abort('connectionfailed')
}

/** Has the scripts that the task page does not name, with them its client, handled by `handle`, until the returned function is called. */
export async function interceptLateScripts(
  page: Page,
  handle: (route: Route) => Promise<void>,
): Promise<() => Promise<void>> {
  const html = await (await page.request.get('/dashboard')).text()
  const isLate = ({ pathname }: URL) => pathname.endsWith('.js') && !html.includes(pathname)
  await page.route(isLate, handle)
  return () => page.unroute(isLate, handle)
}
