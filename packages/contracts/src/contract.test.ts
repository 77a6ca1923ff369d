import type { ServerInferResponses } from '@ts-rest/core'
import { type AppRoute, isAppRoute } from '@ts-rest/core'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import {
  accountContract,
  authContract,
  createProblem,
  problems,
  type Task,
  tasksContract,
} from './index.ts'
import { problemSchema } from './problem.ts'

const routes: [string, AppRoute][] = Object.entries({ ...tasksContract, ...authContract })

describe('the contract', () => {
  it('names the routes that others rely on', () => {
    expect(routes.map(([, route]) => `${route.method} ${route.path}`)).toEqual([
      'GET /api/tasks',
      'POST /api/tasks',
      'GET /api/tasks/counts',
      'GET /api/tasks/summary',
      'POST /api/tasks/bulk',
      'GET /api/tasks/export',
      'POST /api/tasks/import',
      'GET /api/tasks/events',
      'GET /api/tasks/:id',
      'PATCH /api/tasks/:id',
      'DELETE /api/tasks/:id',
      'POST /api/tasks/:id/toggle',
      'POST /api/tasks/:id/restore',
      'POST /api/auth/register',
      'POST /api/auth/login',
      'POST /api/auth/logout',
      'GET /api/auth/session',
      'POST /api/auth/token',
    ])
    expect(routes.every(([, route]) => isAppRoute(route))).toBe(true)
  })

  it('closes every route to statuses it does not declare', () => {
    expect(routes.filter(([, route]) => route.strictStatusCodes !== true)).toEqual([])
  })

  it('declares the refusal of requests over http, from which the web app only leads reads to https', () => {
    const problem = createProblem('HTTPS_REQUIRED', { requestId: 'r-1' })
    const answers = (route: AppRoute) => {
      const response = route.responses[403]
      return response instanceof z.ZodType && response.safeParse(problem).success
    }
    const refused = [
      ...Object.values(tasksContract),
      ...[...Object.values(authContract), ...Object.values(accountContract)].filter(
        ({ method }) => method !== 'GET',
      ),
    ]
    expect(refused.length).toBeGreaterThan(20)
    expect(refused.filter((route) => !answers(route))).toEqual([])
  })

  it('types the answers of a handler', () => {
    type Answer = ServerInferResponses<typeof tasksContract.get>
    expectTypeOf<Extract<Answer, { status: 200 }>['body']>().toEqualTypeOf<Task>()
    expectTypeOf<Extract<Answer, { status: 418 }>>().toBeNever()
  })
})

it.each(Object.keys(problems))('makes %s a valid problem with its own type', (code) => {
  const problem = createProblem(problemSchema.shape.code.parse(code), { requestId: 'r-1' })
  expect(problemSchema.parse(problem)).toEqual(problem)
  expect(problem.type).toBe(`urn:problem-type:tend:${code.toLowerCase().replaceAll('_', '-')}`)
})
