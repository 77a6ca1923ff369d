import type { MeasuredOutcome } from '../load/start-load-process.ts'
import { readCpuTime, readFamilyCpuTime } from './process-usage.ts'
import { percentile } from './statistics.ts'

/** The figures of one load: times in milliseconds, CPU time per request. */
export type Figures = {
  requestsPerSecond: number
  p50: number
  p95: number
  p99: number
  serverCpu: number
  postgresCpu: number
  loadCpu: number
}

/** Measures one load: what it took of the server, of PostgreSQL and of the process that made it. Throws when a request failed. */
export async function measureLoad(
  run: () => Promise<MeasuredOutcome>,
  { serverPid, postmasterPid }: { serverPid: number | undefined; postmasterPid: number },
): Promise<Figures> {
  const serverBefore = serverPid === undefined ? 0 : readCpuTime(serverPid)
  const postgresBefore = readFamilyCpuTime(postmasterPid)
  const { latencies, seconds, statuses, failures, cpuMs } = await run()
  const serverAfter = serverPid === undefined ? cpuMs : readCpuTime(serverPid)
  const postgresAfter = readFamilyCpuTime(postmasterPid)
  const refused = Object.keys(statuses).filter((status) => !status.startsWith('2'))
  if (refused.length > 0 || failures.length > 0 || latencies.length === 0) {
    throw new Error(`Requests failed: ${JSON.stringify(statuses)} ${failures.join(', ')}`)
  }
  const requests = latencies.length
  return {
    requestsPerSecond: requests / seconds,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    serverCpu: (serverAfter - serverBefore) / requests,
    postgresCpu: (postgresAfter - postgresBefore) / requests,
    loadCpu: cpuMs / requests,
  }
}
