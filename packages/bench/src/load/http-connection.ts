import { connect, type Socket } from 'node:net'

/**
 * What a connection tells of an answer. `mustClose`: the server ends the connection after it; `mayRetry`: it says when to ask again.
 */
export type Answer = { status: number; body: Buffer; mustClose: boolean; mayRetry: boolean }

const headEnd = Buffer.from('\r\n\r\n')

/**
 * One HTTP/1.1 connection that sends prepared bytes, one request at a time. It costs a fraction of a general client,
 * which on two cores would take the time that is to be measured. Answers must say their length.
 */
export class HttpConnection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  constructor(port: number, host = '127.0.0.1') {
    this.#socket = connect({ port, host, noDelay: true })
    this.#socket.on('data', (chunk) => this.#take(chunk))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('The connection was closed')))
  }

  /** Sends a request and waits for its answer. */
  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error('The connection was closed'))
        return
      }
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf(headEnd)
    if (end === -1) return
    const head = this.#received.toString('latin1', 0, end)
    const bodyStart = end + headEnd.length
    const length = readLength(head)
    if (length === undefined) {
      this.#fail(new Error(`The answer does not say its length: ${head.slice(0, 100)}`))
    } else if (this.#received.length >= bodyStart + length) {
      const body = this.#received.subarray(bodyStart, bodyStart + length)
      this.#received = this.#received.subarray(bodyStart + length)
      const status = Number(head.slice(9, 12))
      const mustClose = /\r\nconnection: close/i.test(head)
      const mayRetry = /\r\nretry-after: *\d+\r\n/i.test(`${head}\r\n`)
      this.#settle()?.resolve({ status, body, mustClose, mayRetry })
    }
  }

  #fail(error: Error): void {
    this.#settle()?.reject(error)
  }

  #settle() {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }
}

function readLength(head: string): number | undefined {
  const status = head.slice(9, 12)
  if (status === '204' || status === '304') return 0
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  return length === undefined ? undefined : Number(length)
}

/** Writes out a request, complete with its length. */
export function formatRequest(request: {
  method: string
  path: string
  token?: string
  body?: object
  headers?: Record<string, string>
}): Buffer {
  const body = request.body === undefined ? '' : JSON.stringify(request.body)
  const headers = {
    Host: '127.0.0.1',
    ...(request.token !== undefined && { Authorization: `Bearer ${request.token}` }),
    ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
    ...((body !== '' || request.method !== 'GET') && {
      'Content-Length': String(Buffer.byteLength(body)),
    }),
    ...request.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(
    [`${request.method} ${request.path} HTTP/1.1`, ...lines, '', body].join('\r\n'),
  )
}
