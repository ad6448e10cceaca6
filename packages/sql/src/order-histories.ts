import { attemptColumns, eventColumns, issueColumns } from './columns.ts'
import type { Dialect } from './dialect.ts'

// What happened to an order. Its events are found by their ids, which begin with that of the order, and an accepted payment
// by its own id: no index has the order of either, because every commit would write it.

const page = (id: string) => `(created_at, ${id}) > (?2, ?3) ORDER BY created_at, ${id} LIMIT ?4`

const attempts = (hint: string, verdict: string): string =>
  `SELECT ${attemptColumns} FROM attempts ${hint} WHERE merchant_uid = ?1 AND ${verdict} AND ${page('imp_uid')}`

const refused = `verdict = 'refused'`
const unmatched = `verdict <> 'accepted' AND verdict <> 'refused'`

const sharedOf = (columns: string) => ({
  selectEvents: `SELECT ${columns} FROM outbox
    WHERE id > ?5 AND id < ?6 AND merchant_uid = ?1 AND ${page('id')}`,
  // An issue has one event for each outcome: its id, and then its id with the outcome.
  selectEventsOfIssue: `SELECT ${columns} FROM outbox
    WHERE (id = ?1 OR (id > ?5 AND id < ?6)) AND ${page('id')}`,
  selectIssues: `SELECT ${issueColumns} FROM reconciliation_issues WHERE merchant_uid = ?1
    ORDER BY created_at, id LIMIT 100`,
})

const shared = sharedOf(eventColumns)

export const postgresHistories: Dialect['orderHistories'] = {
  ...shared,
  selectAttempts: [attempts('', refused), attempts('', unmatched)],
  selectAccepted: `SELECT ${attemptColumns} FROM attempts
    WHERE (imp_uid, merchant_uid) IN (
      SELECT row ->> 0, row ->> 1 FROM json_array_elements(?1::json) AS row
    ) AND verdict = 'accepted'`,
}

export const mysqlHistories: Dialect['orderHistories'] = {
  ...shared,
  selectAttempts: [attempts('', `verdict <> 'accepted'`)],
  selectAccepted: `SELECT ${attemptColumns} FROM attempts
    WHERE (imp_uid, merchant_uid) IN (?1) AND verdict = 'accepted'`,
}

/** The statements of SQLite, with the columns of an event. */
export const sqliteHistories = (columns: string): Dialect['orderHistories'] => ({
  ...sharedOf(columns),
  // Without the hint SQLite may walk the refusals of all orders by time.
  selectAttempts: [
    attempts('INDEXED BY attempts_refused_order', refused),
    attempts('INDEXED BY attempts_unmatched_order', unmatched),
  ],
  // The list is read first.
  selectAccepted: `SELECT ${attemptColumns} FROM json_each(?1) AS offered CROSS JOIN attempts
    WHERE imp_uid = offered.value ->> 0 AND merchant_uid = offered.value ->> 1 AND verdict = 'accepted'`,
})
