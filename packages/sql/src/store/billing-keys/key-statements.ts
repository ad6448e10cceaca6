import { lastPreference, maxUsableKeys } from '@quayside/server'

/** The columns of a billing key that are read, and those that are copied. */
export const billingKeyColumns = `registration_id, customer_uid, customer_id, mode, state, requested, order_uid, replaces,
  imp_uid, means, expires_at, preference, failure, fail_reason, deletion, sequence, created_at, registered_at,
  deleted_at, due_at, payee`

const select = `SELECT ${billingKeyColumns} FROM billing_keys`

export const insertValues = `INTO billing_keys
  (registration_id, customer_uid, customer_id, mode, state, requested, order_uid, replaces, preference, sequence,
   created_at, due_at, payee)
  VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ${lastPreference}, 0, ?8, ?9, ?10)`

/** Whether a key is of a payee, which is empty for the account that needs no name. A customer has few keys. */
const isOf = (payee: string): string => `coalesce(payee, '') = ${payee}`

// What every database understands as it is.
export const sharedStatements = {
  select: `${select} WHERE registration_id = ?1`,
  selectByKey: `${select} WHERE customer_uid = ?1`,
  selectOfCustomer: `${select} WHERE customer_id = ?1 AND mode = ?2 AND registration_id > ?3 AND ${isOf('?5')}
    ORDER BY registration_id LIMIT ?4`,
  selectUsable: `SELECT customer_uid FROM billing_keys
    WHERE customer_id = ?1 AND mode = ?2 AND state = 'registered' AND (expires_at IS NULL OR expires_at > ?3)
    AND ${isOf('?4')}
    ORDER BY preference, registered_at, registration_id LIMIT ${maxUsableKeys}`,
  update: `UPDATE billing_keys SET state = ?3, imp_uid = ?4, means = ?5, expires_at = ?6, failure = ?7,
    fail_reason = ?8, deletion = ?9, registered_at = ?10, deleted_at = ?11, due_at = ?12, sequence = sequence + 1
    WHERE registration_id = ?1 AND sequence = ?2`,
  plan: `UPDATE billing_keys SET due_at = ?3 WHERE registration_id = ?1 AND sequence = ?2`,
  resetPreferences: `UPDATE billing_keys SET preference = ${lastPreference}
    WHERE customer_id = ?1 AND mode = ?2 AND preference < ${lastPreference} AND ${isOf('?3')}`,
  setPreference: `UPDATE billing_keys SET preference = ?2 WHERE customer_uid = ?1`,
}
