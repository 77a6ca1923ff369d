import { type Task, taskSchema, tasksContract } from '@tend/contracts'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Person, TestApi, TestRequest } from '../../test-api.ts'

/** The name of a task route in the contract. */
export type TaskRoute = keyof typeof tasksContract

/** A call of a route: who calls, the id in the path, the query string. */
export type TaskCall = TestRequest & { by?: Person; id?: string; query?: string }

/** Calls a route of the contract and holds the answer to it: the status is declared, and the body is that of the schema and nothing more. */
export async function callTasks(
  api: TestApi,
  name: TaskRoute,
  { by, id = '', query = '', ...request }: TaskCall = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const { method, path, responses } = tasksContract[name]
  const token = by?.token
  const response = await api.send(method, path.replace(':id', id) + query, { token, ...request })
  const schema = new Map<string, unknown>(Object.entries(responses)).get(String(response.status))
  expect(schema, `${name} does not declare ${response.status}`).toBeDefined()
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel()
    return { status: response.status, body: undefined, headers: response.headers }
  }
  const text = await response.text()
  if (!(schema instanceof z.ZodType)) {
    expect(text).toBe('')
    return { status: response.status, body: undefined, headers: response.headers }
  }
  const body: unknown = JSON.parse(text)
  expect(schema.parse(body)).toEqual(body)
  return { status: response.status, body, headers: response.headers }
}

/** Adds a task and gives it. */
export async function addTask(api: TestApi, by: Person, title = 'Water the plants'): Promise<Task> {
  const { status, body } = await callTasks(api, 'create', { by, body: { title } })
  expect(status).toBe(201)
  return taskSchema.parse(body)
}
