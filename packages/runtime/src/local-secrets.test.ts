import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOrCreateLocalSecrets } from './local-secrets.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tend-secrets-'))
})

afterEach(() => rm(dataDir, { recursive: true }))

it('makes two different secrets once and keeps them to the owner', async () => {
  const first = await readOrCreateLocalSecrets(dataDir)
  expect(first.JWT_SECRET).not.toBe(first.BETTER_AUTH_SECRET)
  expect(await readOrCreateLocalSecrets(dataDir)).toEqual(first)
  const { mode } = await stat(join(dataDir, 'secrets.json'))
  expect(mode & 0o077).toBe(0)
})

it('gives twenty starters at the same moment the same secrets', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => readOrCreateLocalSecrets(dataDir)))
  expect(new Set(all.map(({ JWT_SECRET }) => JWT_SECRET)).size).toBe(1)
  expect(await readdir(dataDir)).toEqual(['secrets.json'])
})

it('says what to do about a damaged file, without quoting it', async () => {
  await writeFile(join(dataDir, 'secrets.json'), '{"JWT_SECRET":"hunter2"')
  const failure = readOrCreateLocalSecrets(dataDir)
  await expect(failure).rejects.toThrow(/damaged.*delete it/)
  await expect(failure).rejects.not.toThrow('hunter2')
})
