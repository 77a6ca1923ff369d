import { OperationNodeTransformer, type RootOperationNode, type ValueNode } from 'kysely'
import type { ParameterValue } from './pipelined-query.ts'

/** Stands in a compiled statement for a value that each run brings along. */
export class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

class Binder extends OperationNodeTransformer {
  readonly #values: Record<string, ParameterValue>

  constructor(values: Record<string, ParameterValue>) {
    super()
    this.#values = values
  }

  protected override transformValue(node: ValueNode): ValueNode {
    const { value } = node
    return value instanceof Placeholder ? { ...node, value: this.#values[value.name] } : node
  }
}

/** The statement as it would have been written with these values: what a plugin of a handle expects to see. */
export function bindPlaceholders(
  statement: RootOperationNode,
  values: Record<string, ParameterValue>,
): RootOperationNode {
  return new Binder(values).transformNode(statement)
}
