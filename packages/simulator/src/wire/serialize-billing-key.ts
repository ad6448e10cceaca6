import type { BillingKey, FailedIssue, IssuedKey } from '../domain/billing/billing-key.ts'
import { presentCard, type WirePayment } from './serialize-payment.ts'

/** Turns a billing key into the provider's JSON: the normal shape, or the one of a key issued for a group. */
export function presentKey(key: BillingKey): WirePayment {
  return key.group === null ? presentNormal(key) : presentSuper(key, key.group)
}

function presentNormal(key: BillingKey): WirePayment {
  const [{ channel, card }] = key.issued
  const { insertedAt, updatedAt } = key
  return {
    ...presentCustomer(key),
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    sandbox: channel.sandbox,
    ...presentCard(card, channel),
    inserted: insertedAt,
    updated: updatedAt,
  }
}

function presentSuper(key: BillingKey, group: { id: string; failed: readonly FailedIssue[] }) {
  return {
    ...presentCustomer(key),
    channelGroupId: group.id,
    succeededChannels: key.issued.map((issued) => presentIssued(issued, key)),
    failedChannels: group.failed.map(presentFailed),
  }
}

function presentCustomer({ customerUid, customerId, holder }: BillingKey): WirePayment {
  return {
    customer_uid: customerUid,
    customer_id: customerId,
    customer_name: holder.name || null,
    customer_tel: holder.tel || null,
    customer_email: holder.email || null,
    customer_addr: holder.addr || null,
    customer_postcode: holder.postcode || null,
  }
}

function presentIssued({ channel, card }: IssuedKey, { insertedAt, updatedAt }: BillingKey) {
  return {
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    ...presentCard(card, channel),
    inserted: insertedAt,
    updated: updatedAt,
  }
}

function presentFailed({ channel, type, message }: FailedIssue): WirePayment {
  return { type, message, pg_provider: channel.pg_provider, pg_id: channel.pg_id }
}
