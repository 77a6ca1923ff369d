/** Tells a page under which path and query it was asked for, which Next.js tells to no layout. src/proxy.ts sets it, whatever a client sent. */
export const REQUESTED_PATH_HEADER = 'x-tend-path'

/** The path and query of a page's address, without what Next.js adds when it fetches a page's parts. */
export function describeRequestedPath({
  pathname,
  search,
}: {
  pathname: string
  search: string
}): string {
  const query = new URLSearchParams(search)
  if (!query.has('_rsc')) return pathname + search
  query.delete('_rsc')
  return query.size === 0 ? pathname : `${pathname}?${query}`
}
