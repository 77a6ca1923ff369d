/** Something the person did that can be taken back. */
export type Undoable = {
  undo: () => void
  /** What undoing it has done, as a sentence. */
  outcome: string
}

/** As many steps back as are kept. */
const DEPTH = 50

/** What the person did on this page, the latest last. */
export function createUndoStack() {
  let steps: Undoable[] = []

  /** A step that failed is nothing to take back. */
  function forget(step: Undoable): void {
    steps = steps.filter((other) => other !== step)
  }

  /** Takes back a step, unless that was done already. */
  function undo(step: Undoable): void {
    if (!steps.includes(step)) return
    forget(step)
    step.undo()
  }

  return {
    push(step: Undoable): void {
      steps = [...steps.slice(1 - DEPTH), step]
    },
    forget,
    undo,
    /** Takes back the latest step and says what it was; null when there is none. */
    undoLast(): string | null {
      const step = steps.at(-1)
      if (step === undefined) return null
      undo(step)
      return step.outcome
    },
  }
}
