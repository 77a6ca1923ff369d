// `npm start`: everything Tend needs, in production mode, on this machine.
import { buildApps } from './build-apps.ts'
import { readEnvironment } from './env.ts'
import { startLocalServices } from './local-services.ts'
import { assertPortsAreFree, startServers } from './servers.ts'

const startedAt = Date.now()

async function main(): Promise<number> {
  const given = readEnvironment()
  await assertPortsAreFree(given)
  const stopRequested = waitForStopSignal()
  const services = await startLocalServices(given, console.log)
  try {
    console.log('Building the web app (a minute the first time, nothing when unchanged) …')
    await buildApps(services.environment)
    console.log('Starting the servers …')
    const servers = await startServers(services.environment)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    console.log(`\nTend is running, ${seconds} s after the start.`)
    console.log(`  Web  ${servers.webUrl}\n  API  ${servers.apiUrl}\nCtrl-C stops it.\n`)
    const failure = await Promise.race([servers.failure, stopRequested])
    if (failure !== null) console.error(`${failure} Stopping the rest.`)
    await servers.stop()
    return failure === null ? 0 : 1
  } finally {
    await services.stop()
  }
}

/** Resolves at the first SIGINT or SIGTERM. The servers get the same signal from a terminal, and drain by themselves. */
function waitForStopSignal(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve(null))
    }
  })
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
