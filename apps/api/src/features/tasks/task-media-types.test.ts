import { taskPageSchema } from '@tend/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, type Person, startTestApi, type TestApi } from '../../test-api.ts'
import { addTask, callTasks } from './test-task-calls.ts'

let api: TestApi
let ada: Person

beforeAll(async () => {
  api = await startTestApi()
  ada = await api.createPerson()
})
afterAll(() => api.close())

function send(method: string, path: string, accept: string, body?: object) {
  return api.send(method, path, { token: ada.token, headers: { accept }, body })
}

describe('an Accept header', () => {
  it.each(['application/json', 'application/*', '*/*;q=0.1', 'text/html, */*;q=0.8', ''])(
    '%j gets JSON',
    async (accept) => {
      const response = await send('GET', '/api/tasks', accept)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/json')
    },
  )

  it.each(['text/html', 'application/json;q=0', 'application/problem+json', 'image/*'])(
    '%j is refused before anything is changed',
    async (accept) => {
      const body = { title: 'Unseen' }
      await expectProblem(await send('POST', '/api/tasks', accept, body), 'NOT_ACCEPTABLE')
      const page = await callTasks(api, 'list', { by: ada, query: '?q=unseen' })
      expect(taskPageSchema.parse(page.body).items).toEqual([])
    },
  )

  it('is not looked at before the token', async () => {
    const response = await api.send('GET', '/api/tasks', { headers: { accept: 'text/html' } })
    await expectProblem(response, 'INVALID_TOKEN')
  })

  it('does not matter where the answer has no body', async () => {
    const { id } = await addTask(api, ada)
    expect((await send('DELETE', `/api/tasks/${id}`, 'text/html')).status).toBe(204)
  })

  it('goes by the format of an export', async () => {
    const path = (format: string) => `/api/tasks/export?format=${format}`
    expect((await send('GET', path('csv'), 'text/csv')).status).toBe(200)
    expect((await send('GET', path('json'), 'application/json')).status).toBe(200)
    await expectProblem(await send('GET', path('csv'), 'application/json'), 'NOT_ACCEPTABLE')
    await expectProblem(await send('GET', path('json'), 'text/csv'), 'NOT_ACCEPTABLE')
  })

  it('must allow an event stream where there is one', async () => {
    const path = '/api/tasks/events'
    await expectProblem(await send('GET', path, 'application/json'), 'NOT_ACCEPTABLE')
    for (const accept of ['text/event-stream', 'text/*', '*/*']) {
      const response = await send('GET', path, accept)
      expect(response.status).toBe(200)
      await response.body?.cancel()
    }
  })

  it('must allow what the documentation is made of', async () => {
    await expectProblem(
      await api.send('GET', '/openapi.json', { headers: { accept: 'text/html' } }),
      'NOT_ACCEPTABLE',
    )
    expect((await api.send('GET', '/docs', { headers: { accept: 'text/html' } })).status).toBe(200)
  })
})
