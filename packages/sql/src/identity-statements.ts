// The statements of identity verifications. What differs by database is in its dialect.

const verificationColumns = `id, customer_id, purpose, minimum_age, pg_provider, once_per_person,
  keeps_person_key, deletes_record, expected, status, reason, detail, imp_uid, certified_at, person_key, use_reference,
  used_at, provider_record, sequence, created_at, kept_until, payee`

const insertColumns = `id, customer_id, purpose, minimum_age, pg_provider, once_per_person, keeps_person_key,
  deletes_record, expected, status, provider_record, sequence, created_at, kept_until, payee`

const insertValues = `?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'pending', 'kept', 0, ?10, ?11, ?12`

/** The columns of a table that are copied. */
export const copiedVerificationColumns = `${verificationColumns}, unique_person, deletion_requested_at, due_at`

/** Other verifications with this record or, where a person may be verified once, this person. */
export const taken = (impUid: string, purpose: string, person: string): string =>
  `NOT EXISTS (SELECT 1 FROM identity_verifications AS other WHERE other.imp_uid = ${impUid} AND other.id <> ?1)
    AND NOT EXISTS (
      SELECT 1 FROM identity_verifications AS other
      WHERE other.purpose = ${purpose} AND other.unique_person = ${person} AND other.id <> ?1
    )`

const recordResult = `UPDATE identity_verifications SET
    status = ?3, reason = ?4, detail = ?5, imp_uid = ?6, certified_at = ?7, person_key = ?8, unique_person = ?9,
    provider_record = ?10, deletion_requested_at = ?11, due_at = ?11, expected = NULL, sequence = sequence + 1
    WHERE id = ?1 AND sequence = ?2 AND status = 'pending'`

/** What is left of an expired one is what the deletion of its record needs. No customer has an empty id. */
export const eraseExpired = `UPDATE identity_verifications SET
    customer_id = '', purpose = '', minimum_age = NULL, pg_provider = NULL, expected = NULL, status = 'refused',
    reason = 'erased', detail = NULL, certified_at = NULL, person_key = NULL, unique_person = NULL,
    use_reference = NULL, used_at = NULL`

export const isErasable = `kept_until < ?1 AND due_at IS NOT NULL AND customer_id <> ''`

export const identityVerifications = {
  insert: `INSERT INTO identity_verifications (${insertColumns}) VALUES (${insertValues})
    ON CONFLICT (id) DO NOTHING`,

  insertIgnoring: `INSERT IGNORE INTO identity_verifications (${insertColumns}) VALUES (${insertValues})`,

  select: `SELECT ${verificationColumns} FROM identity_verifications WHERE id = ?1 AND customer_id <> ''`,

  recordResult,

  /** The same with its guards, of which the unique indexes decide what races. */
  recordFreeResult: `${recordResult} AND ${taken('?6', 'identity_verifications.purpose', '?9')}`,

  use: `UPDATE identity_verifications SET use_reference = ?2, used_at = ?3
    WHERE id = ?1 AND status = 'verified' AND use_reference IS NULL`,

  requestDeletion: `UPDATE identity_verifications SET
    provider_record = 'deleting', deletion_requested_at = ?2, due_at = ?3
    WHERE id = ?1 AND imp_uid IS NOT NULL AND provider_record = 'kept'`,

  deleteExpired: `DELETE FROM identity_verifications WHERE id IN (
    SELECT id FROM identity_verifications WHERE kept_until < ?1 AND due_at IS NULL ORDER BY kept_until LIMIT ?2
  )`,

  eraseExpired: `${eraseExpired} WHERE id IN (
    SELECT id FROM identity_verifications WHERE ${isErasable} ORDER BY kept_until LIMIT ?2
  )`,
}

/** The statements that raise the sequences of a page of verifications. */
export const restoredVerifications = (
  by: number,
): { readonly page: string; readonly raise: string } => ({
  page: `SELECT max(id) AS last FROM (
      SELECT id FROM identity_verifications WHERE id > ?1 ORDER BY id LIMIT ?2
    ) AS page`,
  raise: `UPDATE identity_verifications SET sequence = sequence + ${by} WHERE id > ?1 AND id <= ?2`,
})
