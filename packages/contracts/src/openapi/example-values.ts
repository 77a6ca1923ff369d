import type { AccessToken, User } from '../account.ts'
import type { Task } from '../task.ts'

/** A request id, as examples of problems show it. */
export const exampleRequestId = '0c6f2f0e-3f0e-4a57-8a53-7f3b1f1d1c55'

/** The task of all examples. */
export const exampleTask: Task = {
  id: '019aa5b0-4c11-7c3e-9d52-6f1f0c2b7a10',
  title: 'Water the ferns',
  description: 'The ones by the window, too.',
  isCompleted: false,
  dueDate: '2026-11-24',
  priority: 'medium',
  labels: ['home'],
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
}

/** The same task after it was completed. */
export const completedTask: Task = {
  ...exampleTask,
  isCompleted: true,
  updatedAt: '2026-11-24T18:05:12.340Z',
}

/** The person of all examples. */
export const exampleUser: User = {
  id: '7d9f3b52-4c0e-4f7e-9d6a-0f6f5f1f0b11',
  email: 'ada@example.com',
  name: 'Ada',
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
}

/** An access token, shortened. */
export const exampleAccessToken: AccessToken = {
  accessToken:
    'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl',
  tokenType: 'Bearer',
  expiresIn: 300,
}
