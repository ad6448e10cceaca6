import type { Patch } from './bindings/sqlite.ts'

/** A way to run the worker: as it is, or with one of its guards taken away. */
export interface Flaw {
  readonly name: string
  /** Changes the worker's own SQL. */
  readonly patch: Patch
  /** Whether each statement of a batch is a transaction of its own. */
  readonly isSundered: boolean
}

/** The worker as it is. */
export const asItIs: Flaw = { name: 'the worker', patch: (text) => text, isSundered: false }

/** Guards of the worker taken away one at a time, with the invariants of which at least one then breaks. */
export const flaws: readonly (readonly [flaw: Flaw, breaks: readonly string[]])[] = [
  [without('the lease of an event', 'due_at = ?2, tries = tries + 1', 'tries = tries + 1'), ['I1']],
  [
    without(
      'the sending before the mark',
      'due_at = ?2, tries = tries + 1',
      'due_at = NULL, delivered_at = ?1, tries = tries + 1',
    ),
    ['I4'],
  ],
  [
    without('the sequence of a change', 'AND sequence = ?2\n  AND NOT EXISTS', 'AND NOT EXISTS'),
    ['I14', 'I15'],
  ],
  [
    { ...asItIs, name: 'the transaction round a change and its event', isSundered: true },
    ['I14', 'I4'],
  ],
  [
    without(
      'the change before its event',
      'SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6, 0 WHERE changes() = 1',
      'SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6, 0 WHERE true ON CONFLICT DO NOTHING',
    ),
    ['I14'],
  ],
  [
    without(
      'the state that a close goes by',
      "AND sequence = ?2\n  AND (status = 'pending'",
      "AND (true OR status = 'pending'",
    ),
    ['I4', 'I5', 'I6', 'I14', 'I15'],
  ],
]

/** The worker whose SQL lacks a part; a part that is not there any more would prove nothing. */
function without(name: string, part: string, instead: string): Flaw {
  return { name, patch: (text) => text.replace(part, instead), isSundered: false }
}
