// One order as a register that is written in steps and read from outside. Nothing here imports anything: a judge
// that shared a function with the code it judges would share its mistakes.

/** What somebody outside saw of an order between asking and being answered. */
export interface Read {
  /** Said when something is wrong. */
  readonly name: string
  readonly from: number
  readonly to: number
  /** The steps it may have seen, rising; an exact answer has one. */
  readonly steps: readonly number[]
}

/** That a step had been written by then. */
export interface LowerBound {
  readonly step: number
  readonly at: number
}

/**
 * Whether there is an order of moments, each within its sight, in which the register never goes back: then the
 * sights are linearizable. Each takes the earliest step it can, which leaves the later ones every choice.
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
      violations.push(`${read.name}: saw ${read.steps.join('|') || 'nothing known'} after ${floor}`)
  }
  return violations
}
