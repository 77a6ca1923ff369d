import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, LoadOutcome } from './run-load.ts'
import type { StatementLoad } from './statements-process.ts'

/** What a load came to, with the CPU time of the process that made it. */
export type MeasuredOutcome = LoadOutcome & { cpuMs: number }

/** A process that makes load of one kind. */
export type LoadProcess<Order> = {
  run(order: Order): Promise<MeasuredOutcome>
  stop(): void
}

/** Starts the process that asks HTTP servers. */
export function startLoadProcess(): LoadProcess<Load> {
  return startProcess('./load-process.ts')
}

/** Starts the process that asks PostgreSQL itself. */
export function startStatementsProcess(): LoadProcess<StatementLoad> {
  return startProcess('./statements-process.ts')
}

function startProcess<Order extends object>(file: string): LoadProcess<Order> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), {
    serialization: 'advanced',
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that makes the load ended with code ${code}.`)
  })
  ended.catch(() => {})
  return {
    async run(order) {
      const answer = once(child, 'message')
      child.send(order)
      const [outcome]: MeasuredOutcome[] = await Promise.race([answer, ended])
      if (outcome === undefined) throw new Error('The process that makes the load gave no answer.')
      return outcome
    },
    stop: () => child.disconnect(),
  }
}
