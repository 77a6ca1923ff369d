/** The part of a path that may be logged: no query, and no more segments than routes have; ids and tokens come after. */
export function shortenPath(target: string): string {
  const [pathname = ''] = target.split('?', 1)
  return pathname.split('/').slice(0, 4).join('/').slice(0, 100)
}
