import { z } from 'zod'
import type { App } from './run-app.ts'

const metricsLineSchema = z.object({ msg: z.literal('metrics'), port: z.int() })

/** Asks a server that runs with METRICS_PORT for its metrics. */
export type Metrics = {
  /** The value of a gauge, in the unit of its name. What is said of the event loop is about the time since it was asked before. */
  read(): Promise<(name: string) => number>
}

/** Finds where a server tells its metrics: it has logged the port. */
export function findMetrics({ lines }: App): Metrics {
  const port = lines
    .map((line) => metricsLineSchema.safeParse(JSON.parse(line)).data?.port)
    .find((found) => found !== undefined)
  if (port === undefined) throw new Error('The server tells no metrics: give it METRICS_PORT.')
  return {
    async read() {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
      const text = await answer.text()
      return (name) => {
        const value = new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1]
        if (value === undefined) throw new Error(`There is no metric ${name}.`)
        return Number(value)
      }
    },
  }
}
