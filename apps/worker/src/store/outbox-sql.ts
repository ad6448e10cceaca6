// How events of the outbox are delivered. `due_at` is when the next try is due: a claim moves it to the end of the
// lease, so that no other caller tries the event meanwhile. An event without further tries has none.

const columns = `id, merchant_uid, sequence, kind, payload, created_at, due_at, tries, failure, delivered_at`

export const claimDue = `UPDATE outbox SET due_at = ?2, tries = tries + 1
  WHERE id IN (SELECT id FROM outbox WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
  RETURNING ${columns}`

export const claimOne = `UPDATE outbox SET due_at = ?2, tries = tries + 1
  WHERE id = ?3 AND due_at <= ?1
  RETURNING ${columns}`

// Each of the following settles many events: a JSON list of [id, lease] or [id, lease, next try, failure].

// A caller whose lease is over still knows that its event arrived.
export const markDelivered = `UPDATE outbox SET delivered_at = ?2, due_at = NULL, failure = NULL
  WHERE id IN (SELECT value ->> 0 FROM json_each(?1)) AND delivered_at IS NULL`

// Only under the lease of this try: a later claim or a delivery is more recent. Events are found by their key, because an
// UPDATE from a list reads the whole table; the list is short.
const settled = (column: number) =>
  `(SELECT value ->> ${column} FROM json_each(?1) WHERE value ->> 0 = outbox.id)`
const isLeased = `id IN (SELECT value ->> 0 FROM json_each(?1))
  AND due_at = CAST(${settled(1)} AS INTEGER)`

export const markFailed = `UPDATE outbox SET
  due_at = CAST(${settled(2)} AS INTEGER), failure = ${settled(3)} WHERE ${isLeased}
  RETURNING id, due_at`

export const markUnsent = `UPDATE outbox SET due_at = ?2, tries = tries - 1 WHERE ${isLeased}
  RETURNING id, due_at`

export const replay = `UPDATE outbox SET due_at = ?2, tries = 0, failure = NULL, delivered_at = NULL
  WHERE id = ?1`

export const selectEvent = `SELECT ${columns} FROM outbox WHERE id = ?1`

export const selectPending = `SELECT ${columns} FROM outbox INDEXED BY outbox_due
  WHERE due_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`

export const selectDelivered = `SELECT ${columns} FROM outbox
  WHERE delivered_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`

export const selectFailedPermanently = `SELECT ${columns} FROM outbox INDEXED BY outbox_dead
  WHERE due_at IS NULL AND delivered_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`
