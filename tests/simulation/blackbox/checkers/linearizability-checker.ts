// One order as a register that is written in steps and read from outside. Nothing here imports anything: a judge
// that shared a function with the code it judges would share its mistakes.

/** What somebody outside saw of an order between asking and being answered. */
export interface Sight {
  /** Said when something is wrong. */
  readonly what: string
  readonly from: number
  readonly to: number
  /** The steps it may have seen, rising; an exact answer has one. */
  readonly steps: readonly number[]
}

/** That a step had been written by then. */
export interface Landmark {
  readonly step: number
  readonly at: number
}

/**
 * Whether there is an order of moments, each within its sight, in which the register never goes back: then the
 * sights are linearizable. Each takes the earliest step it can, which leaves the later ones every choice.
 */
export function findBackward(
  sights: readonly Sight[],
  landmarks: readonly Landmark[],
): readonly string[] {
  const wrong: string[] = []
  const begun = sights.toSorted((a, b) => a.from - b.from)
  const seen: Landmark[] = [...landmarks]
  for (const sight of begun) {
    const floor = seen.reduce(
      (highest, { step, at }) => (at < sight.from ? Math.max(highest, step) : highest),
      0,
    )
    const step = sight.steps.find((each) => each >= floor)
    if (step !== undefined) seen.push({ step, at: sight.to })
    else wrong.push(`${sight.what}: saw ${sight.steps.join('|') || 'nothing known'} after ${floor}`)
  }
  return wrong
}
