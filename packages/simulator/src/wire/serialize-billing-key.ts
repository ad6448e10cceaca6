import type { BillingKey, FailedIssue, IssuedKey } from '../domain/billing/billing-key.ts'
import { serializeCard, type WireRecord } from './serialize-payment.ts'

/** Turns a billing key into the provider's JSON: the normal shape, or the one of a key issued for a group. */
export function serializeBillingKey(key: BillingKey): WireRecord {
  return key.group === null ? serializeSingleKey(key) : serializeGroupKey(key, key.group)
}

function serializeSingleKey(key: BillingKey): WireRecord {
  const [{ channel, card }] = key.issued
  const { insertedAt, updatedAt } = key
  return {
    ...serializeCustomer(key),
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    sandbox: channel.sandbox,
    ...serializeCard(card, channel),
    inserted: insertedAt,
    updated: updatedAt,
  }
}

function serializeGroupKey(key: BillingKey, group: { id: string; failed: readonly FailedIssue[] }) {
  return {
    ...serializeCustomer(key),
    channelGroupId: group.id,
    succeededChannels: key.issued.map((issued) => serializeIssuedKey(issued, key)),
    failedChannels: group.failed.map(serializeFailedIssue),
  }
}

function serializeCustomer({ customerUid, customerId, holder }: BillingKey): WireRecord {
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

function serializeIssuedKey({ channel, card }: IssuedKey, { insertedAt, updatedAt }: BillingKey) {
  return {
    pg_provider: channel.pg_provider,
    pg_id: channel.pg_id,
    ...serializeCard(card, channel),
    inserted: insertedAt,
    updated: updatedAt,
  }
}

function serializeFailedIssue({ channel, type, message }: FailedIssue): WireRecord {
  return { type, message, pg_provider: channel.pg_provider, pg_id: channel.pg_id }
}
