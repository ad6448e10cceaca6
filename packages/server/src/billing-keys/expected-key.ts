import type { ExpectedKey } from '@quayside/core'
import type { BillingKey, NewBillingKey, RequestedKey } from '../domain/billing-key.ts'
import { toPgCustomerId } from './pg-customer-id.ts'

/** The PG that the merchant named, and its id at it: `{provider}` or `{provider}.{MID}`. */
export function toPg({ pg }: Pick<RequestedKey, 'pg'>): Pick<ExpectedKey, 'pgProvider' | 'pgId'> {
  const [, provider = null, mid = null] = /^([^.]+)(?:\.(.+))?$/.exec(pg ?? '') ?? []
  return { pgProvider: provider, pgId: mid }
}

/** What the records of the provider must say about a registration. */
export async function toExpectedKey({
  registrationId,
  customerUid,
  customerId,
  requested,
}: BillingKey | NewBillingKey): Promise<ExpectedKey> {
  return {
    registrationId,
    customerUid,
    customerId: requested.method === 'existing' ? null : await toPgCustomerId(customerId),
    ...toPg(requested),
  }
}
