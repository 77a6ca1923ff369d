import { CommanderError } from '@commander-js/extra-typings'
import { exitCodes } from './cli-error.ts'
import { createProgram } from './create-program.ts'
import { describeFailure } from './describe-failure.ts'
import { clean, note } from './output.ts'

/** Runs `tend` with the arguments of this process, and sets its exit code. */
export async function run(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader of the pipe has seen enough, as in: tend list | head -1
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }

  try {
    await createProgram().parseAsync()
  } catch (error) {
    process.exitCode = end(error)
  }
}

function end(error: unknown): number {
  // Commander has printed the help or its complaint itself; only help that was asked for is a success.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
  const { message, exitCode } = describeFailure(error)
  note(`tend: ${clean(message)}.`)
  return exitCode
}
