/** What the command ends with: 0 is success, 130 an interrupt (128 + SIGINT, as shells count). */
export const exitCodes = { failure: 1, usage: 2, notSignedIn: 3, interrupted: 130 } as const

/** An end of the command that is told to the person: one sentence, with the way out. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number

  constructor(reason: keyof typeof exitCodes, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCodes[reason]
  }
}
