import { isCancel, password, text } from '@clack/prompts'
import { CliError } from './cli-error.ts'

/** Asks for a line. Throws a CliError when there is nobody to ask, saying `otherwise`, or when the person interrupts. */
export function askText(message: string, otherwise: string): Promise<string> {
  return ask(otherwise, () => text({ message, output: process.stderr, validate: refuseEmpty }))
}

/** Asks for a secret; nothing of it is shown, not even its length. */
export function askSecret(message: string, otherwise: string): Promise<string> {
  return ask(otherwise, () =>
    password({ message, mask: '', output: process.stderr, validate: refuseEmpty }),
  )
}

async function ask(otherwise: string, prompt: () => ReturnType<typeof text>): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new CliError('usage', otherwise)
  const answer = await prompt()
  if (isCancel(answer)) throw new CliError('interrupted', 'Interrupted: nothing was changed')
  return answer
}

function refuseEmpty(value: string | undefined): string | undefined {
  return value ? undefined : 'Type something, or press Ctrl-C to leave'
}
