import { createHash } from 'node:crypto'

const maxKnownTexts = 2_000

/** Gives each statement text one name, the same on every connection and in every process. */
export class StatementNames {
  readonly #nameByText = new Map<string, string>()

  /** The name of a text; undefined once too many different texts were seen, which then stay unnamed. */
  findName(text: string): string | undefined {
    const known = this.#nameByText.get(text)
    if (known !== undefined) return known
    if (this.#nameByText.size >= maxKnownTexts) return undefined
    const name = `tend_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
    this.#nameByText.set(text, name)
    return name
  }
}
