import { DatabaseError } from 'pg'
import { describe, expect, it } from 'vitest'
import { isDatabaseUnavailable } from './is-database-unavailable.ts'

function databaseError(code: string): DatabaseError {
  const error = new DatabaseError('message', 1, 'error')
  error.code = code
  return error
}

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code })
}

describe('the database counts as unavailable', () => {
  it.each([
    ['it was shut down', '57P01'],
    ['it crashed', '57P02'],
    ['it is starting', '57P03'],
    ['a statement took too long', '57014'],
    ['a lock took too long', '55P03'],
    ['the connection failed', '08006'],
    ['the connection could not be made', '08001'],
    ['the disk is full', '53100'],
    ['the memory is full', '53200'],
    ['there are too many connections', '53300'],
    ['a file could not be read', '58030'],
  ])('when %s (%s)', (_reason, code) => {
    expect(isDatabaseUnavailable(databaseError(code))).toBe(true)
  })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])(
    'when the network says %s',
    (code) => {
      expect(isDatabaseUnavailable(systemError(code))).toBe(true)
    },
  )

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])('when pg says "%s" without a code', (message) => {
    expect(isDatabaseUnavailable(new Error(message))).toBe(true)
  })

  it('when every address of its host refused', () => {
    expect(isDatabaseUnavailable(new AggregateError([systemError('ECONNREFUSED')]))).toBe(true)
  })

  it('when the reason is the cause of another error', () => {
    const error = new Error('Failed', { cause: new Error('x', { cause: databaseError('57P01') }) })
    expect(isDatabaseUnavailable(error)).toBe(true)
  })
})

describe('the database does not count as unavailable', () => {
  it.each([
    ['a unique value is taken', '23505'],
    ['a check fails', '23514'],
    ['row level security refuses', '42501'],
    ['the SQL is wrong', '42601'],
    ['a table is missing', '42P01'],
    ['the password is wrong', '28P01'],
    ['a transaction must be tried again', '40001'],
  ])('when %s (%s)', (_reason, code) => {
    expect(isDatabaseUnavailable(databaseError(code))).toBe(false)
  })

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a missing file', systemError('ENOENT')],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Connection terminated'],
  ])('for %s', (_name, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false)
  })

  it('for an error that is its own cause', () => {
    const error = new Error('x')
    error.cause = error
    expect(isDatabaseUnavailable(error)).toBe(false)
  })
})
