import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { HttpConnection } from './load/http-connection.ts'

const pageSchema = z.object({ items: z.array(z.unknown()), nextCursor: z.string() })
const taskSchema = z.record(z.string(), z.unknown())

/** The bodies that one server gave to the same requests, with what must differ taken out. */
export type ComparableAnswers = Record<string, { status: number; body: string }>

/** Asks a server one request of each kind. */
export async function readAnswers(
  port: number,
  requests: Record<string, Buffer>,
): Promise<ComparableAnswers> {
  const connection = new HttpConnection(port)
  const answers: ComparableAnswers = {}
  for (const [name, request] of Object.entries(requests)) {
    const { status, body } = await connection.send(request)
    answers[name] = {
      status,
      body: name === 'list' ? withoutCursor(body) : withoutTimes(name, body),
    }
  }
  connection.close()
  return answers
}

/** Throws where two servers answer otherwise: what is not the same work is not compared. */
export function assertSameAnswers(
  expected: ComparableAnswers,
  name: string,
  actual: ComparableAnswers,
): void {
  if (isDeepStrictEqual(expected, actual)) return
  const kinds = Object.keys(expected).filter(
    (kind) => !isDeepStrictEqual(expected[kind], actual[kind]),
  )
  const [kind = ''] = kinds
  throw new Error(
    `${name} does not answer ${kinds.join(', ')} as Tend does, so nothing is measured.\n${name}: ${show(actual[kind])}\nTend: ${show(expected[kind])}`,
  )
}

function show(answer: ComparableAnswers[string] | undefined): string {
  return JSON.stringify(answer ?? null).slice(0, 600)
}

/** The page as the bytes it came in, but for the cursor, which every server writes in its own way. */
function withoutCursor(body: Buffer): string {
  const text = body.toString()
  const { nextCursor } = pageSchema.parse(JSON.parse(text))
  return text.replace(`"nextCursor":${JSON.stringify(nextCursor)}`, '"nextCursor":"…"')
}

/** A task as the bytes it came in, but for what each server makes anew when it writes. */
function withoutTimes(name: string, body: Buffer): string {
  const text = body.toString()
  if (name === 'read') return text
  const { id, createdAt, updatedAt } = taskSchema.parse(JSON.parse(text))
  const made = name === 'create' ? [id, createdAt, updatedAt] : [updatedAt]
  return made.reduce<string>((rest, value) => rest.replaceAll(JSON.stringify(value), '"…"'), text)
}
