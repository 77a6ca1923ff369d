// The limit of any HTTP server on Node: it answers prepared bytes and does nothing else.
import { createServer } from 'node:http'
import { z } from 'zod'

const answersSchema = z.object({ port: z.int(), list: z.string(), task: z.string() })

const { port, list, task } = answersSchema.parse(JSON.parse(process.argv[2] ?? ''))
const listBytes = Buffer.from(list)
const taskBytes = Buffer.from(task)

createServer((request, response) => {
  const bytes = request.method === 'GET' && request.url === '/api/tasks' ? listBytes : taskBytes
  const status = request.method === 'POST' && request.url === '/api/tasks' ? 201 : 200
  const headers = { 'Content-Type': 'application/json', 'Content-Length': bytes.length }
  request.resume()
  response.writeHead(status, headers).end(bytes)
}).listen(port, '127.0.0.1')
