import { type Connection, type CustomTypesConfig, type FieldDef, Query, type QueryResult } from 'pg'

import { encodeExecution } from './encode-execution.ts'

/** A value of a statement's parameter. */
export type ParameterValue = string | number | boolean | null | Date | readonly string[]

/** What PostgreSQL answers is as the statement's types say; nothing looks at it again. */
export type Rows = QueryResult['rows']

/** Makes a row of its columns' texts. */
export type RowReader = (texts: (string | null)[]) => Rows[number]

/** The messages of PostgreSQL that a query is handed by pg's client. */
type Answer<Value> = (error: Error | undefined, value: Value) => void

/**
 * Prepares a statement under a name and learns how its rows are read, once for a connection. With a `scope` in front, whose limit
 * on waiting for locks holds here as well: reading a statement takes a lock on its tables.
 */
export class PrepareQuery extends Query {
  #readRow: RowReader = () => ({})
  readonly #types: CustomTypesConfig
  readonly #onDone: Answer<RowReader>

  constructor(
    { name, text, scope }: { name: string; text: string; scope?: string },
    types: CustomTypesConfig,
    onDone: Answer<RowReader>,
  ) {
    super({ text })
    this.#types = types
    this.#onDone = onDone
    this.submit = (connection) => {
      connection.stream.cork()
      if (scope !== undefined) {
        connection.bind({ statement: scope, values: [''] }, true)
        connection.execute(null, true)
      }
      connection.parse({ name, text, types: [] }, true)
      connection.describe({ type: 'S', name }, true)
      connection.sync()
      connection.stream.uncork()
    }
  }

  // Of the scope.
  handleDataRow(): void {}
  handleCommandComplete(): void {}

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    this.#readRow = createRowReader(fields, this.#types)
  }

  handleError(error: Error): void {
    this.#onDone(error, this.#readRow)
  }

  handleReadyForQuery(): void {
    this.#onDone(undefined, this.#readRow)
  }
}

/**
 * Runs a prepared statement for one person. What sets the scope and the statement stand ahead of the same Sync, hence in one
 * transaction: it ends, and the scope with it, before anything of the next query on the connection is looked at.
 *
 * Source: PostgreSQL, "Pipelining" in "Message flow": all up to Sync is one implicit transaction.
 */
export class PipelinedQuery extends Query {
  readonly #rows: Rows = []
  readonly #readRow: RowReader
  readonly #onDone: Answer<Rows>
  #isScopeSet = false
  #fault: Error | undefined

  constructor(
    statements: { scope: string; name: string },
    { userId, values }: { userId: string; values: readonly ParameterValue[] },
    readRow: RowReader,
    onDone: Answer<Rows>,
  ) {
    super({ text: '' })
    this.#readRow = readRow
    this.#onDone = onDone
    const packet = encodeExecution(
      { name: statements.scope, userId },
      { name: statements.name, values: values.map(toText) },
    )
    // What it returns would be taken for an error.
    this.submit = ({ stream }: Connection) => {
      stream.write(packet)
    }
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (!this.#isScopeSet || this.#fault !== undefined) return
    try {
      this.#rows.push(this.#readRow(fields))
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error))
    }
  }

  handleCommandComplete(): void {
    this.#isScopeSet = true
  }

  handleError(error: Error): void {
    this.#onDone(error, this.#rows)
  }

  handleReadyForQuery(): void {
    this.#onDone(this.#fault, this.#rows)
  }
}

function createRowReader(fields: FieldDef[], types: CustomTypesConfig): RowReader {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name,
    parse: types.getTypeParser(dataTypeID, 'text'),
  }))
  return (texts) => {
    const row: Record<string, unknown> = {}
    for (const [index, { name, parse }] of columns.entries()) {
      const text = texts[index] ?? null
      row[name] = text === null ? null : parse(text)
    }
    return row
  }
}

/** Writes a value as PostgreSQL reads it. */
function toText(value: ParameterValue): string | null {
  if (value === null || typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? formatArray(value) : String(value)
}

/** PostgreSQL, "Array value input": in quotes nothing but a quote and a backslash means anything. */
function formatArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
}
