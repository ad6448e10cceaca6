import type { SqlPatch } from './bindings/sqlite.ts'

/** The worker, unmodified or with one of its guards removed. */
export interface SqlMutant {
  readonly name: string
  /** Changes the worker's own SQL. */
  readonly patch: SqlPatch
  /** Whether each statement of a batch is a transaction of its own. */
  readonly splitsBatches: boolean
}

/** The worker as it is. */
export const unmodified: SqlMutant = {
  name: 'the worker',
  patch: (text) => text,
  splitsBatches: false,
}

/** Guards of the worker removed one at a time, with the invariants of which at least one then breaks. */
export const sqlMutants: readonly (readonly [mutant: SqlMutant, breaks: readonly string[]])[] = [
  [
    withoutSql('the lease of an event', 'due_at = ?2, tries = tries + 1', 'tries = tries + 1'),
    ['I1'],
  ],
  [
    withoutSql(
      'sending before marking it sent',
      'due_at = ?2, tries = tries + 1',
      'due_at = NULL, delivered_at = ?1, tries = tries + 1',
    ),
    ['I4'],
  ],
  [
    withoutSql(
      'the sequence of a change',
      'AND sequence = ?2\n      AND NOT EXISTS',
      'AND NOT EXISTS',
    ),
    ['I14', 'I15'],
  ],
  [
    { ...unmodified, name: 'the transaction around a change and its event', splitsBatches: true },
    ['I14', 'I4'],
  ],
  [
    withoutSql(
      'the condition that the event belongs to a change',
      '?5, ?6, ?6, 0 WHERE changes() = 1',
      '?5, ?6, ?6, 0 WHERE true ON CONFLICT DO NOTHING',
    ),
    ['I14'],
  ],
  [
    withoutSql(
      'the status check of a close',
      "AND sequence = ?2\n    AND (status = 'pending'",
      "AND (true OR status = 'pending'",
    ),
    ['I4', 'I5', 'I6', 'I14', 'I15'],
  ],
]

/** The worker with a part of its SQL replaced; if its SQL no longer has that part, nothing breaks and the test fails. */
function withoutSql(name: string, part: string, instead: string): SqlMutant {
  return { name, patch: (text) => text.replace(part, instead), splitsBatches: false }
}
