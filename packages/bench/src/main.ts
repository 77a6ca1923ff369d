// `pnpm bench`: measures Tend's API beside its peers, and writes docs/benchmarks.md when the run is a whole one.
import { readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type BenchDatabase, startBenchDatabase } from './bench-database.ts'
import { buildWeb } from './build-web.ts'
import { compareScales, type ScaleRatios, scales } from './compare-scales.ts'
import { contestantNames } from './contestants.ts'
import { describeMachine } from './describe-machine.ts'
import { measureSignIn } from './measure-sign-in.ts'
import { measureSteady } from './measure-steady.ts'
import { renderPlot } from './report/render-plot.ts'
import { renderRounds, replaceFigures } from './report/render-report.ts'
import { renderScales, renderSignIn, renderSteady } from './report/render-scenarios.ts'
import { type Measurement, type RoundsOptions, runRounds } from './run-rounds.ts'
import { scenarioNames } from './scenarios.ts'

const usage = `Usage: pnpm bench [options]

  --rounds N     rounds, each with every scenario and server (3)
  --seconds N    time of one measurement (3)
  --only a,b     of ${scenarioNames.join(', ')}
  --servers a,b  of ${contestantNames.join(', ')}; tend always takes part
  --scale        compare 1,000,000 tasks with 100,000 as well
  --profile DIR  write a CPU profile of Tend's API
  --write        write docs/benchmarks.md and its plot`

const document = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url))
const plot = fileURLToPath(new URL('../../../docs/benchmarks.svg', import.meta.url))

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string', default: scenarioNames.join() },
      servers: { type: 'string', default: contestantNames.join() },
      scale: { type: 'boolean', default: false },
      profile: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const only = values.only.split(',')
  const servers = ['tend', ...values.servers.split(',')]
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: 64,
    scenarios: scenarioNames.filter((name) => only.includes(name)),
    contestants: contestantNames.filter((name) => servers.includes(name)),
    profileDir: values.profile,
    withScale: values.scale,
    isWritten: values.write,
    isHelp: values.help,
  }
}

async function main(): Promise<void> {
  const options = readOptions()
  if (options.isHelp) return console.log(usage)
  const [loadBefore = 0] = loadavg()
  const parts = await measureAll(options)
  const figures = [describeMachine({ ...options, loadBefore }), ...parts.text].join('\n\n')
  console.log(`\n${figures}`)
  if (!options.isWritten) return
  await writeFile(document, replaceFigures(await readFile(document, 'utf8'), figures))
  await writeFile(plot, parts.plot)
}

async function measureAll(options: ReturnType<typeof readOptions>) {
  const isWhole = options.scenarios.length === scenarioNames.length
  if (isWhole) buildWeb()
  const database = await startBenchDatabase({ people: 200, tasksEach: 500 })
  try {
    const outcome = await runRounds(database, options, showProgress)
    const steady = isWhole ? [renderSteady(await measureSteady(database))] : []
    const signIn = isWhole ? [renderSignIn(await measureSignIn(database))] : []
    const million = options.withScale ? [await measureScales(database, options)] : []
    return {
      text: [renderRounds(outcome), ...steady, ...signIn, ...million],
      plot: renderPlot(outcome),
    }
  } finally {
    await database.stop()
  }
}

async function measureScales(database: BenchDatabase, options: RoundsOptions): Promise<string> {
  const compared: ScaleRatios[] = []
  for (const scale of scales) compared.push(await compareScales(database, scale, options))
  return renderScales(compared)
}

function showProgress({ round, scenario, contestant, figures }: Measurement): void {
  const { requestsPerSecond, p95, serverCpu, postgresCpu } = figures
  const cells = [
    `${round} ${scenario}`.padEnd(10),
    contestant.padEnd(11),
    `${requestsPerSecond.toFixed(0)}/s`.padStart(8),
    `p95 ${p95.toFixed(1)} ms`.padStart(13),
    ` CPU ${serverCpu.toFixed(3)} + ${postgresCpu.toFixed(3)} ms`,
  ]
  console.log(cells.join(' '))
}

await main()
