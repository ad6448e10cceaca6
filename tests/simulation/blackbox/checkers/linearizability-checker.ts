// One order as a register that is written in steps and read from outside. Nothing here imports anything: a checker
// that shares a function with the code under test shares its errors.

/** What a client saw of an order between request and response. */
export interface Read {
  /** Names it in a violation. */
  readonly name: string
  readonly from: number
  readonly to: number
  /** The steps that it may have seen, ascending; an exact response has one. */
  readonly steps: readonly number[]
}

/** A step that had been written by then. */
export interface LowerBound {
  readonly step: number
  readonly at: number
}

/**
 * Finds the reads that are not linearizable: those for which no moment between request and response exists in an
 * order in which the register never goes back. Each read takes the earliest step it can, which leaves later reads
 * every choice.
 */
export function findStaleReads(
  reads: readonly Read[],
  lowerBounds: readonly LowerBound[],
): readonly string[] {
  const violations: string[] = []
  const sorted = reads.toSorted((a, b) => a.from - b.from)
  const bounds: LowerBound[] = [...lowerBounds]
  for (const read of sorted) {
    const floor = bounds.reduce(
      (highest, { step, at }) => (at < read.from ? Math.max(highest, step) : highest),
      0,
    )
    const step = read.steps.find((each) => each >= floor)
    if (step !== undefined) bounds.push({ step, at: read.to })
    else
      violations.push(
        `${read.name}: read ${read.steps.join('|') || 'nothing known'} after ${floor}`,
      )
  }
  return violations
}
