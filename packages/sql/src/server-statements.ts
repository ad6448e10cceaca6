import { eventColumns } from './columns.ts'
import type { Dialect, TryRow } from './dialect.ts'
import type { Statement } from './driver.ts'

// The statements that database servers understand as they are, and that SQLite has in words of its own.

const settleOne = {
  // A caller whose lease is over still knows that its event arrived.
  delivered: `UPDATE outbox SET delivered_at = ?2, due_at = NULL, failure = NULL
    WHERE id = ?1 AND delivered_at IS NULL`,
  // Only under the lease of this try: a later claim or a delivery is more recent.
  failed: `UPDATE outbox SET due_at = ?3, failure = ?4 WHERE id = ?1 AND due_at = ?2`,
  unsent: `UPDATE outbox SET due_at = ?3, tries = tries - 1 WHERE id = ?1 AND due_at = ?2`,
}

export const outbox = {
  settle: (tries: readonly TryRow[], at: number): readonly Statement[] =>
    tries.map(({ kind, values }) => ({
      text: settleOne[kind],
      values: kind === 'failed' ? values : [...values, at],
    })),

  selectPending: `SELECT ${eventColumns} FROM outbox
    WHERE due_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,

  selectFailedPermanently: `SELECT ${eventColumns} FROM outbox
    WHERE due_at IS NULL AND delivered_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`,
}

/** Makes the statements that insert issues, each followed by its event. */
export function insertEachReported(
  insert: string,
  insertEvent: string,
): Dialect['issues']['insertReported'] {
  return (rows, at) =>
    rows.flatMap((row) => {
      const [id = null] = row
      const payload = row.at(-1) ?? null
      const issue: Statement = { text: insert, values: row.slice(0, -1) }
      return [issue, { text: insertEvent, values: [id, id, payload, payload, at], after: issue }]
    })
}
