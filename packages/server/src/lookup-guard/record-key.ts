import type { Lookup } from '@quayside/hono'

/** A record of the provider: its id, after its kind when it is not that of a payment. */
export type RecordKey = string

/** Returns what a lookup looks up. No id contains a space. */
export function toRecordKey({ record, notice }: Lookup): RecordKey {
  return record === undefined ? notice.impUid : `${record} ${notice.impUid}`
}
