import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers on a connection itself, and ends it; `reason` is Node's code of what went wrong. */
export type Refuse = (socket: Duplex, reason: string | undefined) => void

/**
 * Has all refused that Node cannot read, and tunnels, on which it would say nothing. A client may send several requests without waiting:
 * nothing is ever said in the middle of an answer, or ahead of the answers to earlier requests (RFC 9112, section 9.3.2). An
 * expectation that is not known is passed over (RFC 9110, section 10.1.1).
 */
export function refuseUnreadableRequests(server: Server, refuse: Refuse): void {
  const lastAnswers = rememberLastAnswers(server)
  const ending = new WeakSet<Duplex>()
  const endAfter = (answer: ServerResponse, socket: Duplex) => {
    // Node complains of every further packet.
    if (ending.has(socket)) return
    ending.add(socket)
    answer.once('close', () => socket.destroy())
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = lastAnswers.get(socket)
    const isAnswering = answer !== undefined && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else if (!isAnswering) refuse(socket, error.code)
    // What cannot be read came behind a request that is whole: its answer is the last one here.
    else if (answer.req.complete) endAfter(answer, socket)
    // It is the body that cannot be read. Its answer has begun, or those to earlier requests are still to come.
    else if (answer.headersSent || answer.socket === null) socket.destroy()
    else refuse(socket, error.code)
  })
  server.on('connect', (_request, socket) => {
    // Node has let go of it.
    socket.on('error', () => socket.destroy())
    refuse(socket, 'CONNECT')
  })
  server.on('checkExpectation', (request, answer) => server.emit('request', request, answer))
}

function rememberLastAnswers(server: Server): WeakMap<Duplex, ServerResponse> {
  const lastAnswers = new WeakMap<Duplex, ServerResponse>()
  server.prependListener('request', (request, answer) => lastAnswers.set(request.socket, answer))
  return lastAnswers
}
