import { expect, it } from 'vitest'
import { explainFailure } from './explain-failure.ts'

const place = '/srv/tend/.data'

it.each([
  'initdb: error: could not write to file "PG_VERSION": No space left on device',
  'FATAL:  could not write lock file "postmaster.pid": No space left on device',
  "ENOSPC: no space left on device, write '/srv/tend/.data'",
  'PANIC:  could not write to file "pg_wal/xlogtemp.26": Disk quota exceeded',
])('says that the disk is full: %s', (output) => {
  expect(explainFailure(place, output)).toBe(
    'There is no disk space left for the database in /srv/tend/.data: free at least 200 MB, then start again.',
  )
})

it('says that the disk is read-only', () => {
  expect(explainFailure(place, "EROFS: read-only file system, mkdir '/srv/tend/.data'")).toBe(
    'The database cannot be kept in /srv/tend/.data, which is read-only: set DATA_DIR to another folder.',
  )
})

it('says that a permission is missing', () => {
  expect(explainFailure(place, "EACCES: permission denied, mkdir '/srv/tend/.data'")).toContain(
    'lack of permission',
  )
})

it('picks the reason out of a log', () => {
  const log = `2026-11-21 13:02:38.007 UTC [1] LOG:  starting PostgreSQL 18.4
2026-11-21 13:02:38.010 UTC [1] FATAL:  data directory "/srv/tend/.data" has invalid permissions
2026-11-21 13:02:38.010 UTC [1] DETAIL:  Permissions should be u=rwx (0700).
pg_ctl: stopped waiting`
  expect(explainFailure(place, log)).toBe(
    'The database in /srv/tend/.data did not start: data directory "/srv/tend/.data" has invalid permissions.',
  )
})

it('says so when there is no reason', () => {
  expect(explainFailure(place, '\n')).toContain('it gave no reason')
})
