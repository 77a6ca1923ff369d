import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Linux counts CPU time for user space in this unit, whatever its own clock (man 5 proc, sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10

type Stat = { parent: number; own: number; reaped: number }

/** The fields of /proc/<pid>/stat that tell of CPU time, in milliseconds; `reaped` is that of children that have ended. */
export function parseStat(text: string): Stat {
  // The name in parentheses may hold anything, also a parenthesis.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (index: number) => Number(fields[index]) * TICK_MS
  return { parent: Number(fields[1]), own: ticks(11) + ticks(12), reaped: ticks(13) + ticks(14) }
}

/** CPU time of a process in milliseconds, user and system, all its threads. */
export function readCpuTime(pid: number): number {
  return readStat(pid)?.own ?? 0
}

/** CPU time of a process, all its children and those it had, in milliseconds: all of PostgreSQL for its postmaster. */
export function readFamilyCpuTime(pid: number): number {
  const own = readStat(pid)
  if (own === undefined) return 0
  const children = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined
    return stat?.parent === pid ? [stat.own] : []
  })
  return children.reduce((sum, time) => sum + time, own.own + own.reaped)
}

/** The parent of a process. */
export function readParent(pid: number): number {
  const stat = readStat(pid)
  if (stat === undefined) throw new Error(`There is no process ${pid}: the benchmark needs Linux.`)
  return stat.parent
}

/** Most memory a process held since `forgetPeakMemory`, in MiB. */
export function readPeakMemory(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

/** Begins the count of `readPeakMemory` anew. */
export function forgetPeakMemory(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

function readStat(pid: number): Stat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It ended between the listing and now.
    return undefined
  }
}
