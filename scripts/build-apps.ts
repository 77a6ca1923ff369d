import { spawn } from 'node:child_process'
import { type Environment, workspaceRoot } from './env.ts'

/** Builds what needs building, through turbo's cache. Prints the build's output only when it fails, and throws then. */
export async function buildApps(environment: Environment): Promise<void> {
  const output: Buffer[] = []
  const child = spawn('turbo', ['run', 'build', '--output-logs=new-only'], {
    cwd: workspaceRoot,
    env: { ...environment, NODE_ENV: undefined },
    shell: process.platform === 'win32',
  })
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
  if (code === 0) return
  process.stderr.write(Buffer.concat(output))
  throw new Error('The web app could not be built; the lines above say why.')
}
