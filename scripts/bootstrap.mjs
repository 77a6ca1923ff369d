// Runs one of Tend's commands on a machine that has nothing but Node.js 20 or newer and npm: installs what is
// missing, then hands over to the pinned Node.js. Plain JavaScript, because the machine's own Node.js runs it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
const MEGABYTES_NEEDED = 2000

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const isWindows = process.platform === 'win32'
const stampFile = join(root, 'node_modules', '.tend-installed')
const pinnedNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')
const commands = {
  start: [pinnedNode, [join(root, 'scripts', 'start.ts')]],
  test: [pinnedNode, [join(root, 'scripts', 'test.ts')]],
  dev: [program('turbo'), ['dev']],
  bench: [pinnedNode, [join(root, 'packages', 'bench', 'src', 'main.ts')]],
  'test:faults': [program('vitest'), ['run', '--root', join(root, 'packages', 'faults')]],
}

/** A program of an installed package. */
function program(name) {
  return join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name)
}

function main() {
  const [name = '', ...rest] = process.argv.slice(2)
  const command = commands[name]
  if (!command)
    fail(`There is no command "${name}". Choose one of: ${Object.keys(commands).join(', ')}.`)
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE) {
    fail(
      `Tend needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}. Install it from nodejs.org and try again.`,
    )
  }
  if (!isInstalled()) install()
  run(command[0], [...command[1], ...rest])
}

/** What the installed packages depend on: the lockfile and the machine. */
function describeInstallation() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'))
  const hash = createHash('sha256').update(lockfile).digest('hex')
  return `${hash} ${process.platform} ${process.arch}`
}

function isInstalled() {
  return (
    existsSync(pinnedNode) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === describeInstallation()
  )
}

function install() {
  const { bavail, bsize } = statfsSync(root)
  const free = Math.floor((bavail * bsize) / 2 ** 20)
  if (free < MEGABYTES_NEEDED) {
    fail(
      `Tend needs about ${MEGABYTES_NEEDED} MB of disk space in ${root} and ${free} MB are free. Make room and try again.`,
    )
  }
  console.log('Installing the packages (the first time takes a few minutes) …')
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { status, error } = spawnSync(
    isWindows ? 'npx.cmd' : 'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile'],
    { cwd: root, stdio: 'inherit', shell: isWindows },
  )
  if (error)
    fail(
      `npx could not be started (${error.message}). Install npm, which comes with Node.js, and try again.`,
    )
  if (status !== 0)
    fail(
      'The packages could not be installed; the lines above say why. Check the network and try again.',
    )
  writeFileSync(stampFile, describeInstallation())
}

function run(file, args) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const child = spawn(file, args, {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows && file.endsWith('.cmd'),
    env: {
      ...process.env,
      PATH: path,
      NEXT_TELEMETRY_DISABLED: '1',
      TURBO_TELEMETRY_DISABLED: '1',
    },
  })
  // Ctrl-C reaches the whole process group; a signal to this process alone is passed on. The child decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`The command could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

main()
