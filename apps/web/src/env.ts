import { parseEnvironment, secretSchema } from '@tend/runtime/environment'

export type WebEnvironment = ReturnType<typeof readEnvironment>

let environment: WebEnvironment | undefined

/**
 * The environment of the web app, validated at the first call: `next build` loads every route and has none.
 * Throws an `EnvironmentError` that lists every problem.
 */
export function getEnvironment(): WebEnvironment {
  environment ??= readEnvironment()
  return environment
}

function readEnvironment() {
  return parseEnvironment({ BETTER_AUTH_SECRET: secretSchema }, process.env)
}

/** Sets NODE_ENV, which React and Next.js read: a server started for production never runs half in development. */
export function setMode(mode: 'development' | 'production'): void {
  Object.assign(process.env, { NODE_ENV: mode })
}
