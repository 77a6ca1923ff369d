// A process that puts load on servers, so that its own work is in nobody's figures.
import { type Load, runLoad } from './run-load.ts'

process.on('message', async (load: Load) => {
  const before = process.cpuUsage()
  const outcome = await runLoad(load)
  const { user, system } = process.cpuUsage(before)
  process.send?.({ ...outcome, cpuMs: (user + system) / 1000 })
})
process.on('disconnect', () => process.exit(0))
