import { cpus, loadavg, totalmem } from 'node:os'

/** One sentence on where and how a run was made. */
export function describeMachine({
  rounds,
  seconds,
  loadBefore,
}: {
  rounds: number
  seconds: number
  loadBefore: number
}): string {
  const [cpu] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const [loadAfter = 0] = loadavg()
  return [
    `${new Date().toISOString().slice(0, 10)}: ${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GiB, Node.js ${process.version}, PostgreSQL 18 (embedded, on the same machine).`,
    `${rounds} rounds of ${seconds} s each, 64 connections, tokens of 100 people.`,
    `Load of the machine before the run ${loadBefore.toFixed(1)}, after it ${loadAfter.toFixed(1)}.`,
  ].join(' ')
}
