import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openProfiles, type Profile, parseProfileName } from './profiles.ts'

const profile: Profile = {
  webUrl: 'https://tend.example',
  apiUrl: 'https://api.tend.example',
  email: 'ada@example.org',
  cookies: 'tend.session=abc',
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tend-profiles-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const mode = async (path: string) => (await stat(path)).mode & 0o777

describe('profiles', () => {
  it('are kept one file each, for this person alone, also in a folder that was open to all', async () => {
    const config = join(folder, 'tend')
    await mkdir(join(config, 'profiles'), { recursive: true })
    for (const path of [config, join(config, 'profiles')]) await chmod(path, 0o777)
    const profiles = openProfiles(config)
    await profiles.write('work', profile)
    await profiles.write('default', { ...profile, cookies: null })
    expect(await profiles.read('work')).toEqual(profile)
    expect(await profiles.list()).toEqual(['default', 'work'])
    if (process.platform === 'win32') return
    expect(await mode(config)).toBe(0o700)
    expect(await mode(join(config, 'profiles'))).toBe(0o700)
    expect(await mode(join(config, 'profiles', 'work.json'))).toBe(0o600)
  })

  it('are whole at every moment, whoever writes at the same time, and leave no drafts', async () => {
    const profiles = openProfiles(folder)
    await profiles.write('work', profile)
    const writes = Array.from({ length: 30 }, (_, index) =>
      profiles.write('work', { ...profile, cookies: 'x'.repeat(1000 * index) }),
    )
    const reads = Array.from({ length: 30 }, () => profiles.read('work'))
    for (const read of await Promise.all(reads)) expect(read?.email).toBe(profile.email)
    await Promise.all(writes)
    expect(await readdir(join(folder, 'profiles'))).toEqual(['work.json'])
  })

  it('are none where nothing was kept yet', async () => {
    const profiles = openProfiles(join(folder, 'nothing'))
    expect(await profiles.read('default')).toBeNull()
    expect(await profiles.list()).toEqual([])
  })

  it.each(['', '{', '{"webUrl":"https://tend.example"}', 'null'])(
    'that are damaged (%j) are named, with what to do',
    async (content) => {
      await openProfiles(folder).write('work', profile)
      const file = join(folder, 'profiles', 'work.json')
      await writeFile(file, content)
      await expect(openProfiles(folder).read('work')).rejects.toThrow(
        `The profile in ${file} is damaged: delete that file and sign in again with tend login`,
      )
      expect(await readFile(file, 'utf8')).toBe(content)
    },
  )

  it.each(['../secret', 'a/b', 'A', '', '.', 'x'.repeat(33), 'con.txt', 'a\0b'])(
    'are not named %j',
    (name) => {
      expect(() => parseProfileName(name)).toThrow('A profile is named')
    },
  )
})
