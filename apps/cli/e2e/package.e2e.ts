import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const isWindows = process.platform === 'win32'
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tend-package-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(command: string, args: string[], cwd: string) {
  return promisify(execFile)(command, args, { cwd, env: environment, shell: isWindows })
}

it('is installed from its packages in a project of its own, and runs', async () => {
  const packages = join(folder, 'packages')
  await mkdir(packages)
  for (const name of ['packages/contracts', 'packages/quick-add', 'apps/cli'])
    await run('pnpm', ['pack', '--pack-destination', packages], join(root, name))
  const tarballs = (await readdir(packages)).map((file) => join(packages, file))
  expect(tarballs).toHaveLength(3)

  const project = join(folder, 'project')
  await mkdir(project)
  await writeFile(join(project, 'package.json'), '{"private":true}')
  await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], project)
  const help = await run('npx', ['tend', '--help'], project)
  expect(help.stdout).toContain('Your tasks in the terminal.')
  // Reaches into every package: the words are read, then nobody is signed in.
  const failure = run('npx', ['tend', 'add', 'x', 'tomorrow', '--profile', 'nobody'], project)
  await expect(failure).rejects.toMatchObject({
    code: 3,
    stderr: expect.stringContaining('tend login --profile nobody'),
  })
})
