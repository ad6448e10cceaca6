/** A flaw put back into the source, and the invariant that it must break in one check. */
export interface PlantedFlaw {
  /** What the source no longer does. */
  readonly without: string
  readonly file: string
  readonly find: string
  readonly replace: string
  /** A name in `checks.ts`. */
  readonly check: string
  readonly breaks: string
}

const jobs = 'packages/server/src/jobs'

export const plantedFlaws: readonly PlantedFlaw[] = [
  {
    without: 'smaller pages for a list that is too large',
    file: `${jobs}/list-payments.ts`,
    find: 'if (!isTooLarge(response.failure)) return fail(response.failure)',
    replace: 'return fail(response.failure)',
    check: 'five payments of old orders in a window of 1,200 payments (paid plan)',
    breaks: 'I4',
  },
  {
    without: 'halves of a batch of orders that is too large',
    file: `${jobs}/poll-open-orders.ts`,
    find: 'isTooLarge(response.failure) && open.length > 1',
    replace: 'false',
    check: 'one order with 40 large attempts beside accounts that are due (paid plan)',
    breaks: 'I19',
  },
]
