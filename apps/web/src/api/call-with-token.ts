import { createTasksClientWithToken, unwrap } from '@tend/contracts/client'
import type { CallTasks } from './create-tend.ts'

/** Makes what calls the task routes for whoever already holds an access token, as a server does. */
export function callWithToken(apiUrl: string, accessToken: string): CallTasks {
  const tasks = createTasksClientWithToken(apiUrl, accessToken)
  return (request) => unwrap(request({ tasks }))
}
