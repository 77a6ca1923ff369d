import { readFileSync } from 'node:fs'
import { Command } from '@commander-js/extra-typings'
import { exportTasksQuerySchema, listTasksQuerySchema, prioritySchema } from '@tend/contracts'
import { z } from 'zod'
import {
  choice,
  collectLabels,
  collectLabelsOrNone,
  parseCount,
  parseLabel,
} from './option-values.ts'

const { status, due, sort } = listTasksQuerySchema.shape
const { format } = exportTasksQuerySchema.shape
const json = ['--json', 'print JSON for other programs'] as const

/**
 * The whole of `tend`: its commands, and what each takes. What may be chosen comes from the contract. Each command
 * is loaded when it is asked for, so that none waits for the libraries of another.
 */
export function createProgram() {
  const program = new Command('tend')
    .description('Your tasks in the terminal.')
    .version(readVersion())
    .option('--profile <name>', 'use another server or account (or set TEND_PROFILE)')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'tend: ')) })
    .showHelpAfterError('Add --help to see what there is.')
  const options = () => program.opts()
  addAccountCommands(program, options)
  addReadingCommands(program, options)
  addChangingCommands(program, options)
  addFileCommands(program, options)
  return program
}

type Program = Command<[], { profile?: string | undefined }>
type GlobalOptions = () => { profile?: string | undefined }

function addAccountCommands(program: Program, globals: GlobalOptions): void {
  program
    .command('login')
    .description('sign in; the password is asked for, or taken from TEND_PASSWORD')
    .option('--email <address>', 'who signs in (or set TEND_EMAIL)')
    .option('--web-url <address>', 'the web app (http://localhost:3000)')
    .option('--api-url <address>', 'the API (http://localhost:4000)')
    .action(async (options) =>
      (await import('./commands/login.ts')).login({ ...options, ...globals() }),
    )
  program
    .command('register')
    .description(
      'create an account and sign in; the password is asked for, or taken from TEND_PASSWORD',
    )
    .option('--email <address>', 'whose account it is (or set TEND_EMAIL)')
    .option('--name <name>', 'how to be called; the part of the address before the @ otherwise')
    .option('--web-url <address>', 'the web app (http://localhost:3000)')
    .option('--api-url <address>', 'the API (http://localhost:4000)')
    .action(async (options) =>
      (await import('./commands/register.ts')).register({ ...options, ...globals() }),
    )
  program
    .command('logout')
    .description('sign out')
    .action(async () => (await import('./commands/logout.ts')).logout(globals()))
  program
    .command('whoami')
    .description('say who is signed in')
    .option(...json)
    .action(async (options) =>
      (await import('./commands/account.ts')).whoami({ ...options, ...globals() }),
    )
  program
    .command('profiles')
    .description('list the servers and accounts that are known here')
    .option(...json)
    .action(async (options) =>
      (await import('./commands/account.ts')).listProfiles({ ...options, ...globals() }),
    )
}

function addReadingCommands(program: Program, globals: GlobalOptions): void {
  program
    .command('list')
    .alias('ls')
    .description('list tasks, open ones unless told otherwise')
    .addOption(choice('--status <which>', 'which tasks', status.unwrap().options))
    .addOption(choice('--due <when>', 'when they are due', due.unwrap().options))
    .option('--label <name>', 'only those with the label', parseLabel)
    .option('--q <text>', 'only those with the text in title or description')
    .addOption(choice('--sort <order>', 'the order', sort.unwrap().options))
    .option('--limit <count>', 'at most so many (50)', parseCount)
    .option('--all', 'every one')
    .option(...json)
    .action(async (options) =>
      (await import('./commands/list-tasks.ts')).listTasks({ ...options, ...globals() }),
    )
  program
    .command('show')
    .description('show one task with everything there is to it')
    .argument('<id>', 'its id, or the last characters of it')
    .option(...json)
    .action(async (id, options) =>
      (await import('./commands/show-task.ts')).showTask(id, { ...options, ...globals() }),
    )
  program
    .command('watch')
    .description('print changes as they happen, until Ctrl-C')
    .option('--json', 'print each as a line of JSON')
    .action(async (options) =>
      (await import('./commands/watch-tasks.ts')).watchTasks({ ...options, ...globals() }),
    )
}

function addChangingCommands(program: Program, globals: GlobalOptions): void {
  program
    .command('add')
    .description("add a task, as in: tend add 'pay rent tomorrow !high #home'")
    .argument('<words...>', 'the title, with a date, a priority and labels if you like')
    .option('--description <text>', 'more about it')
    .option('--due <day>', 'when it is due, as in 2026-12-24 or tomorrow')
    .addOption(choice('--priority <level>', 'how much it matters', prioritySchema.options))
    .option('--label <name>', 'a label; may be given several times', collectLabels)
    .option('--plain', 'take the words as they are')
    .option(...json)
    .action(async (words, options) =>
      (await import('./commands/add-task.ts')).addTask(words, { ...options, ...globals() }),
    )
  program
    .command('edit')
    .description('change a task')
    .argument('<id>', 'its id, or the last characters of it')
    .option('--title <text>', 'another title')
    .option('--description <text>', "another description; '' removes it")
    .option('--due <day>', 'another day, as in 2026-12-24 or tomorrow; none removes it')
    .addOption(choice('--priority <level>', 'another priority', prioritySchema.options))
    .option('--label <name>', "these labels and no others; '' removes all", collectLabelsOrNone)
    .option('--add-label <name>', 'one more label', collectLabels)
    .option('--remove-label <name>', 'without this label', collectLabels)
    .option(...json)
    .action(async (id, options) =>
      (await import('./commands/edit-task.ts')).editTask(id, { ...options, ...globals() }),
    )
  program
    .command('done')
    .description('complete tasks')
    .argument('<ids...>', 'their ids, or the last characters of them')
    .option(...json)
    .action(async (ids, options) =>
      (await import('./commands/change-tasks.ts')).setCompleted(ids, true, {
        ...options,
        ...globals(),
      }),
    )
  program
    .command('undo')
    .alias('reopen')
    .description('open completed tasks again')
    .argument('<ids...>', 'their ids, or the last characters of them')
    .option(...json)
    .action(async (ids, options) =>
      (await import('./commands/change-tasks.ts')).setCompleted(ids, false, {
        ...options,
        ...globals(),
      }),
    )
  program
    .command('rm')
    .description('move tasks to the trash')
    .argument('<ids...>', 'their ids, or the last characters of them')
    .option('--permanent', 'delete them for good, also from the trash')
    .action(async (ids, options) =>
      (await import('./commands/change-tasks.ts')).removeTasks(ids, { ...options, ...globals() }),
    )
  program
    .command('restore')
    .description('bring tasks back from the trash; tend list --status deleted shows it')
    .argument('<ids...>', 'their ids, or the last characters of them')
    .option(...json)
    .action(async (ids, options) =>
      (await import('./commands/change-tasks.ts')).restoreTasks(ids, { ...options, ...globals() }),
    )
}

function addFileCommands(program: Program, globals: GlobalOptions): void {
  program
    .command('export')
    .description('write all tasks outside the trash')
    .addOption(choice('--format <kind>', 'how', format.unwrap().options).default('json' as const))
    .option('--output <file>', 'to a file instead of standard output')
    .action(async (options) =>
      (await import('./commands/move-tasks.ts')).exportTasks({ ...options, ...globals() }),
    )
  program
    .command('import')
    .description('add the tasks of a JSON export that are not there yet')
    .argument('<file>', 'the export; - reads standard input')
    .option(...json)
    .action(async (file, options) =>
      (await import('./commands/move-tasks.ts')).importTasks(file, { ...options, ...globals() }),
    )
}

function readVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version
}
