import { createHash } from 'node:crypto'

const maxKnownTexts = 2_000

/** Gives each statement text one name, the same on every connection and in every process. */
export class StatementNames {
  readonly #nameByText = new Map<string, string>()
  #isGivenUp = false

  /** Names nothing from now on: an old pooler is in between, which mixes up the statements of its clients. */
  giveUp(): void {
    this.#isGivenUp = true
  }

  /** The name of a text; undefined for texts beyond the first 2,000 different ones, and after `giveUp`. */
  findName(text: string): string | undefined {
    if (this.#isGivenUp) return undefined
    const known = this.#nameByText.get(text)
    if (known !== undefined) return known
    if (this.#nameByText.size >= maxKnownTexts) return undefined
    const name = `tend_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
    this.#nameByText.set(text, name)
    return name
  }
}
