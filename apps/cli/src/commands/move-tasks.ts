import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { taskExportSchema } from '@tend/contracts'
import {
  NetworkError,
  type TaskExportFormat,
  UnexpectedAnswerError,
  unwrap,
} from '@tend/contracts/client'
import { CliError } from '../cli-error.ts'
import { connect } from '../connection.ts'
import { note, print, printJson } from '../output.ts'
import { writeFileAtomically } from '../write-file-atomically.ts'

/** Writes all tasks outside the trash to a file or to standard output. */
export async function exportTasks({
  profile,
  format,
  output,
}: {
  profile?: string | undefined
  format: TaskExportFormat
  output?: string | undefined
}): Promise<void> {
  const { tend } = await connect(profile)
  const body = readBody(await tend.exportTasks(format))
  if (output !== undefined && output !== '-') {
    await writeFileAtomically(output, body, 0o600)
    return note(`Exported to ${output}.`)
  }
  for await (const chunk of body) {
    if (!process.stdout.write(chunk))
      await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
}

async function* readBody({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) throw new UnexpectedAnswerError('The export came without a body')
  try {
    yield* body
  } catch (error) {
    throw new NetworkError('The export broke off', { cause: error })
  }
}

/** Adds the tasks of a JSON export that are not there yet; `-` reads standard input. */
export async function importTasks(
  file: string,
  { profile, json }: { profile?: string | undefined; json?: true | undefined },
): Promise<void> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')
  const tasks = readExport(content, file === '-' ? 'What came in' : file)
  const { tend } = await connect(profile)
  const result = await unwrap(tend.tasks.import({ body: tasks }))
  if (json) return printJson(result)
  const existing = result.existing === 0 ? '' : `; ${result.existing} were there already`
  print(`Imported ${result.added} ${result.added === 1 ? 'task' : 'tasks'}${existing}`)
}

function readExport(content: string, name: string) {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    throw new CliError(
      'failure',
      `${name} is not JSON: give a file that tend export --format json has written`,
      { cause: error },
    )
  }
  const tasks = taskExportSchema.safeParse(value)
  if (tasks.success) return tasks.data
  const [issue] = tasks.error.issues
  throw new CliError(
    'failure',
    `${name} is no export of Tend: ${issue?.path.join('.') || 'its content'} – ${issue?.message}`,
  )
}
