/** The environment of the programs that the tests start: this process's own, without the mode that vitest sets. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: undefined }
}
