import { Connection } from 'pg'
import { expect, it } from 'vitest'
import { encodeExecution } from './encode-execution.ts'

const userId = '0199aaaa-0000-7000-8000-000000000001'

/** What pg's own messages for the same would be. */
function encodeByPg(name: string, values: (string | null)[]): Buffer {
  const connection = new Connection()
  const pieces: Buffer[] = []
  connection.stream.write = (piece: Buffer) => {
    pieces.push(Buffer.from(piece))
    return true
  }
  Object.defineProperty(connection.stream, 'writable', { value: true })
  connection.bind({ statement: 'scope', values: [userId] }, true)
  connection.execute(null, true)
  connection.bind({ statement: name, values }, true)
  connection.execute(null, true)
  connection.sync()
  return Buffer.concat(pieces)
}

/** Takes the messages apart; what pg writes of formats differs and means the same, texts. */
function readMessages(packet: Buffer) {
  const messages: { type: string; values?: (string | null)[]; name?: string; rest: string }[] = []
  for (let offset = 0; offset < packet.length; ) {
    const length = packet.readInt32BE(offset + 1)
    const body = packet.subarray(offset + 5, offset + 1 + length)
    const type = String.fromCharCode(packet[offset] ?? 0)
    messages.push(type === 'B' ? { type, ...readBind(body) } : { type, rest: body.toString('hex') })
    offset += 1 + length
  }
  return messages
}

function readBind(body: Buffer) {
  const nameEnd = body.indexOf(0, 1)
  const formats = body.readInt16BE(nameEnd + 1)
  let offset = nameEnd + 3 + formats * 2
  const values = Array.from({ length: body.readInt16BE(offset) }, () => null as string | null)
  offset += 2
  for (const index of values.keys()) {
    const length = body.readInt32BE(offset)
    offset += 4
    if (length >= 0) values[index] = body.toString('utf8', offset, offset + length)
    offset += Math.max(0, length)
  }
  const resultFormats = body.readInt16BE(offset)
  const isText = body.subarray(offset + 2).every((byte) => byte === 0)
  expect(body.length).toBe(offset + 2 + resultFormats * 2)
  return { name: body.toString('latin1', 1, nameEnd), values, rest: String(isText) }
}

it.each([
  ['no values', []],
  ['texts of all kinds', ['a', '', 'Ünïcødé 🌿', "'; drop table task; --", 'x'.repeat(20_000)]],
  ['nothing among values', [null, 'b', null]],
])('writes what pg writes: %s', (_name, values) => {
  const packet = encodeExecution({ name: 'scope', userId }, { name: 'statement', values })
  expect(readMessages(packet)).toEqual(readMessages(encodeByPg('statement', values)))
  expect(readMessages(packet).map(({ type }) => type)).toEqual(['B', 'E', 'B', 'E', 'S'])
})
