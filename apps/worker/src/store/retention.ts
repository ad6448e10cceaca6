import type { D1Database } from '@cloudflare/workers-types'
import { ok } from '@quayside/core'
import type { Retention } from '@quayside/server'
import { runTwice } from './batch.ts'

const deleteDelivered = `DELETE FROM outbox WHERE id IN (
  SELECT id FROM outbox INDEXED BY outbox_delivered
  WHERE delivered_at IS NOT NULL AND delivered_at < ?1 ORDER BY delivered_at LIMIT ?2)`

const deleteRefused = `DELETE FROM attempts WHERE (imp_uid, merchant_uid) IN (
  SELECT imp_uid, merchant_uid FROM attempts INDEXED BY attempts_refused
  WHERE verdict = 'refused' AND created_at < ?1 ORDER BY created_at LIMIT ?2)`

/** Makes the retention on a D1 database. */
export function createRetention(db: D1Database): Retention {
  const deleteRows = async (sql: string, before: Date, most: number) => {
    const batch = await runTwice(db, [db.prepare(sql).bind(before.getTime(), most)])
    return batch.ok ? ok(batch.value[0]?.meta.changes ?? 0) : batch
  }
  return {
    deleteDeliveredEvents: (before, most) => deleteRows(deleteDelivered, before, most),
    deleteRefusals: (before, most) => deleteRows(deleteRefused, before, most),
  }
}
