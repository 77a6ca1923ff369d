import { spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdtemp, rename, rmdir, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { unwrap } from '@tend/contracts/client'
import { afterAll, expect, it } from 'vitest'
import { runPostgres } from './run-postgres.ts'
import { setUpTend } from './set-up-tend.ts'

/** Room left for new data, in megabytes. */
const ROOM = 8

if (process.getuid?.() !== 0) {
  throw new Error('This test mounts a small file system, which only root may: run it as root.')
}
const small = await mkdtemp(path.join(tmpdir(), 'tend-small-'))
await chmod(small, 0o755)
afterAll(async () => {
  spawnSync('umount', [small])
  await rmdir(small)
})
const postgres = await runPostgres()
afterAll(postgres.stop)
await postgres.restart(() => moveTables(path.join(postgres.cluster, 'base')))
const { tend, ada } = await setUpTend({ databaseUrl: postgres.url })

/** Puts the tables, and not the log that makes a commit safe, on a file system with little room. */
async function moveTables(base: string): Promise<void> {
  const { uid, gid } = await stat(base)
  const { stdout } = spawnSync('du', ['--summarize', '--block-size=1M', base], { encoding: 'utf8' })
  const size = Number.parseInt(stdout, 10) + ROOM
  const mount = [
    '-t',
    'tmpfs',
    '-o',
    `size=${size}m,uid=${uid},gid=${gid},mode=0700`,
    'tmpfs',
    small,
  ]
  const { status, stderr } = spawnSync('mount', mount, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`No small file system could be mounted: ${stderr}`)
  const target = path.join(small, 'base')
  await cp(base, target, { recursive: true, preserveTimestamps: true })
  spawnSync('chown', ['--recursive', `${uid}:${gid}`, target])
  await rename(base, `${base}-before`)
  await symlink(target, base)
  await chown(target, uid, gid)
}

it('with a full disk writes are refused as unavailable, reads go on, and nothing acknowledged is lost', async () => {
  const headers = { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' }
  const write = async (count: number) => {
    // Words that do not compress.
    const description = Array.from({ length: 900 }, () => Math.random().toString(36).slice(2)).join(
      ' ',
    )
    const body = JSON.stringify({
      title: `task ${count}`,
      description: description.slice(0, 9_900),
    })
    const answer = await fetch(`${tend.apiUrl}/api/tasks`, { method: 'POST', headers, body })
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
  }
  const acknowledged: string[] = []
  let refused: Awaited<ReturnType<typeof write>> | null = null
  for (let count = 0; refused === null && count < 5000; count += 1) {
    const outcome = await write(count)
    if (outcome.status === 201) acknowledged.push(`task ${count}`)
    else refused = outcome
  }
  expect(refused).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) })
  expect(acknowledged.length).toBeGreaterThan(100)
  const { items } = await unwrap(ada.client.tasks.list({ query: { limit: 100 } }))
  expect(items.map(({ title }) => title)).toEqual(acknowledged.slice(-100).toReversed())
  // Somebody makes room.
  expect(spawnSync('mount', ['-o', `remount,size=512m`, small]).status).toBe(0)
  await expect.poll(() => write(5000).then(({ status }) => status), { timeout: 5000 }).toBe(201)
  expect((await unwrap(ada.client.tasks.counts())).open).toBe(acknowledged.length + 1)
  expect(tend.hasLostProcess()).toBe(false)
})
