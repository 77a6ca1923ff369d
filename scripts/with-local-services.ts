// Runs a command with secrets and a database at hand: `node scripts/with-local-services.ts node --watch src/main.ts`.
// Several of these share one embedded server; the last to end stops it.
import { spawn } from 'node:child_process'
import { readEnvironment } from './env.ts'
import { startLocalServices } from './local-services.ts'

const [file, ...args] = process.argv.slice(2)
if (file === undefined) {
  console.error(
    'Name the command to run, as in: node scripts/with-local-services.ts node src/main.ts',
  )
  process.exit(2)
}

try {
  const services = await startLocalServices(readEnvironment(), console.log)
  const child = spawn(file, args, { stdio: 'inherit', env: services.environment })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal))
  }
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      console.error(`${file} could not be started: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  await services.stop()
  process.exit(code)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
