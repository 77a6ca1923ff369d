import { describe, expect, it } from 'vitest'
import {
  findClientAddress,
  isLoopbackHost,
  isTrustedProxy,
  parseTrustedProxies,
} from './client-address.ts'

const proxies = parseTrustedProxies('10.0.0.0/8, 192.0.2.1, 2001:db8::/32') ?? []

describe('the address of a client', () => {
  it.each([
    ['the peer, when it is no proxy', '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['the peer, when there is no header', '10.1.2.3', undefined, '10.1.2.3'],
    ['what the proxy saw', '10.1.2.3', '203.0.113.1', '203.0.113.1'],
    ['the rightmost that is no proxy', '10.1.2.3', '1.1.1.1, 203.0.113.1, 10.9.9.9', '203.0.113.1'],
    ['not what the client claims', '10.1.2.3', '127.0.0.1, 203.0.113.1', '203.0.113.1'],
    [
      'the nearest known hop before nonsense',
      '10.1.2.3',
      '1.1.1.1, nonsense, 10.9.9.9',
      '10.9.9.9',
    ],
    ['the peer, when the header is empty', '10.1.2.3', '', '10.1.2.3'],
    ['the outermost proxy, when all are', '10.1.2.3', '10.4.4.4', '10.4.4.4'],
    ['an IPv4 address in IPv6 clothes', '::ffff:10.1.2.3', '::ffff:203.0.113.1', '203.0.113.1'],
    ['an IPv6 client', '2001:db8::1', '2a00::5', '2a00::5'],
    ['unknown, when the peer is gone', undefined, '203.0.113.1', 'unknown'],
  ])('is %s', (_name, peer, forwardedFor, expected) => {
    expect(findClientAddress(peer, forwardedFor, proxies)).toBe(expected)
  })

  it('is the right one each time, also after more addresses than are remembered', () => {
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 3_000; index += 1) {
        const client = `203.0.${index >> 8}.${index & 255}`
        expect(findClientAddress('10.1.2.3', client, proxies)).toBe(client)
      }
    }
  })

  it('believes nobody by default', () => {
    const none = parseTrustedProxies('') ?? []
    expect(findClientAddress('127.0.0.1', '203.0.113.1', none)).toBe('127.0.0.1')
    expect(isTrustedProxy('127.0.0.1', none)).toBe(false)
  })
})

it.each(['10.0.0.0/33', 'proxy.example', '10.0.0.1, ', '127.1', '0x7f000001'])(
  'reads the list "%s" strictly',
  (list) => {
    const isList = list === '10.0.0.1, '
    expect(parseTrustedProxies(list) !== null).toBe(isList)
  },
)

it.each([
  ['localhost', true],
  ['tend.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost.example', false],
  ['10.0.0.1', false],
  ['tend.example', false],
])('takes %s for loopback: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected)
})
