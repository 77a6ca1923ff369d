import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'

const saidSchema = z.object({ people: z.number(), url: z.string() })

const program = `
  const { startBenchDatabase } = await import(${JSON.stringify(new URL('bench-database.ts', import.meta.url))})
  const { people, url } = await startBenchDatabase({ people: 2, tasksEach: 5 })
  console.log(JSON.stringify({ people: people.length, url }))
  setInterval(() => {}, 1_000)
`

it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind after %s', async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), 'tend-bench-test-'))
  // Root's server runs as another account.
  chmodSync(folder, 0o755)
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const [said] = await once(child.stdout, 'data')
  const { people, url } = saidSchema.parse(JSON.parse(String(said)))
  expect(people).toBe(2)
  expect(readdirSync(folder)).toHaveLength(1)
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  const client = new Client({ connectionString: url })
  await expect(client.connect()).rejects.toThrow('ECONNREFUSED')
  expect(readdirSync(folder)).toEqual([])
})
