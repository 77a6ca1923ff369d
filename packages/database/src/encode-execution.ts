/**
 * Writes what runs two prepared statements in one transaction, as one piece: Bind and Execute of both and one Sync. pg's own
 * messages are a piece each, and every piece costs as much to send as its making.
 *
 * Source: PostgreSQL, "Message formats".
 */
export function encodeExecution(
  scope: { name: string; userId: string },
  statement: { name: string; values: readonly (string | null)[] },
): Buffer {
  const lengths = statement.values.map((value) => (value === null ? -1 : Buffer.byteLength(value)))
  const scopeLengths = [Buffer.byteLength(scope.userId)]
  const size =
    bindSize(scope.name, scopeLengths) +
    executeMessage.length +
    bindSize(statement.name, lengths) +
    executeAndSync.length
  const packet = Buffer.allocUnsafe(size)
  let offset = writeBind(packet, 0, scope.name, [scope.userId], scopeLengths)
  offset += executeMessage.copy(packet, offset)
  offset = writeBind(packet, offset, statement.name, statement.values, lengths)
  executeAndSync.copy(packet, offset)
  return packet
}

// Of the unnamed portal, without a limit of rows.
const executeMessage = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0])
const executeAndSync = Buffer.concat([executeMessage, Buffer.from([0x53, 0, 0, 0, 4])])

const BIND = 0x42
const HEAD = 5
/** The unnamed portal, no format codes, the number of values, no format codes of results: texts everywhere. */
const FIXED = 1 + 1 + 2 + 2 + 2

/** Statement names are ASCII. */
function bindSize(name: string, lengths: readonly number[]): number {
  const values = lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), 0)
  return HEAD + FIXED + name.length + values
}

function writeBind(
  packet: Buffer,
  start: number,
  name: string,
  values: readonly (string | null)[],
  lengths: readonly number[],
): number {
  let offset = packet.writeUInt8(BIND, start)
  offset = packet.writeInt32BE(bindSize(name, lengths) - 1, offset)
  offset = packet.writeUInt8(0, offset)
  offset += packet.write(name, offset, 'latin1')
  offset = packet.writeUInt8(0, offset)
  offset = packet.writeInt16BE(0, offset)
  offset = packet.writeInt16BE(values.length, offset)
  for (const [index, value] of values.entries()) {
    offset = packet.writeInt32BE(lengths[index] ?? -1, offset)
    if (value !== null) offset += packet.write(value, offset, 'utf8')
  }
  return packet.writeInt16BE(0, offset)
}
