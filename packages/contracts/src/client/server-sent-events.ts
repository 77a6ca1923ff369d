/** One event of a stream. */
export type ServerSentEvent = { name: string; data: string }

/** Reads a stream as it arrives. */
export type EventStreamParser = {
  /** Takes the next piece of text, cut anywhere, and returns the events that it completes. */
  push(chunk: string): ServerSentEvent[]
  /** The last id that the stream has named, also without an event; empty at first. */
  readonly lastEventId: string
}

/** No line and no event of Tend comes near this many characters; a stream that does is not Tend's. */
const LONGEST_EVENT = 1_000_000

/**
 * Makes a parser of `text/event-stream` (HTML standard, section 9.2.6). It throws a RangeError for an event longer than a million
 * characters.
 */
export function createEventStreamParser(): EventStreamParser {
  let rest = ''
  let isFirst = true
  let id = ''
  let lastEventId = ''
  let name = ''
  let data: string[] = []

  function readField(line: string): void {
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
  }

  function endEvent(): ServerSentEvent[] {
    const event = { name: name || 'message', data: data.join('\n') }
    const isEmpty = data.length === 0
    lastEventId = id
    name = ''
    data = []
    return isEmpty ? [] : [event]
  }

  return {
    push(chunk) {
      rest += isFirst ? chunk.replace(/^\uFEFF/, '') : chunk
      if (rest !== '') isFirst = false
      // A carriage return at the very end may be the first half of a line ending.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      const events: ServerSentEvent[] = []
      for (const line of lines) {
        if (line === '') events.push(...endEvent())
        else readField(line)
      }
      const pending = data.reduce((sum, part) => sum + part.length, rest.length)
      if (pending > LONGEST_EVENT) throw new RangeError('An event of the stream is too long')
      return events
    },
    get lastEventId() {
      return lastEventId
    },
  }
}
