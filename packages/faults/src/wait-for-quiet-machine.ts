import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** Longest wait, in milliseconds: then it is measured as it is. */
const LONGEST_WAIT = 60_000

/** Waits until other programs leave most of the processors to what is measured next. */
export async function waitForQuietMachine(): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_WAIT
  while (performance.now() < giveUpAt) {
    const before = readTimes()
    await sleep(1_000)
    const after = readTimes()
    if ((after.idle - before.idle) / (after.all - before.all) > 0.6) return
  }
}

function readTimes(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times)
  const all = times.flatMap((one) => Object.values(one)).reduce((sum, time) => sum + time, 0)
  return { idle: times.reduce((sum, { idle }) => sum + idle, 0), all }
}
