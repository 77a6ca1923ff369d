import { describe, expect, it } from 'vitest'
import { createEventStreamParser } from './server-sent-events.ts'

const stream =
  '\uFEFF: hello\n\nid: 1\nevent: task.created\ndata: {"a":\ndata: 1}\n\nid: 2\n\ndata:no space\n\n' +
  'event: nothing\n\ndata\n\nretry: 5\nid: a\0b\nunknown: x\ndata:  two spaces, ü😀\n\ndata: unfinished'
const events = [
  { name: 'task.created', data: '{"a":\n1}' },
  { name: 'message', data: 'no space' },
  { name: 'message', data: '' },
  { name: 'message', data: ' two spaces, ü😀' },
]

describe('the parser of an event stream', () => {
  it.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ])('reads %s, cut at every place', (_name, ending) => {
    const text = stream.replaceAll('\n', ending)
    for (let at = 0; at <= text.length; at += 1) {
      const parser = createEventStreamParser()
      expect([...parser.push(text.slice(0, at)), ...parser.push(text.slice(at))]).toEqual(events)
      expect(parser.lastEventId).toBe('2')
    }
  })

  it('reads one character at a time', () => {
    const parser = createEventStreamParser()
    const text = stream.replaceAll('\n', '\r\n')
    expect(Array.from(text).flatMap((character) => parser.push(character))).toEqual(events)
  })

  it('knows an id that came without an event, once it is complete', () => {
    const parser = createEventStreamParser()
    expect([...parser.push('id: 7\n'), parser.lastEventId]).toEqual([''])
    expect([...parser.push('\n'), parser.lastEventId]).toEqual(['7'])
  })

  it('refuses to gather an event without end', () => {
    const parser = createEventStreamParser()
    const fill = () => {
      for (let count = 0; count < 20; count += 1) parser.push(`data: ${'x'.repeat(100_000)}\n`)
    }
    expect(fill).toThrow(RangeError)
  })
})
