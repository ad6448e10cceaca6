import type { MerchantUid } from '@quayside/core'
import { fail, ok } from '@quayside/core'
import type { LinkOutcome, PaymentLink, PaymentLinks } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { read, write } from '../transaction.ts'
import { toDate } from './instants.ts'
import { jobLeaseMs, leaseRows } from './leases.ts'

interface PaymentLinkRow {
  readonly id: string
  readonly merchant_uid: MerchantUid
  readonly url: string
  readonly expires_at: number
  readonly created_at: number
  readonly closed_at: number | null
  readonly outcome: LinkOutcome | null
}

export function createPaymentLinks(
  driver: Driver,
  { paymentLinks }: Dialect,
  now: () => Date,
): PaymentLinks {
  return {
    add({ id, merchantUid, url, expiresAt }) {
      const at = now().getTime()
      const values = [id, merchantUid, url, expiresAt.getTime(), at, at + jobLeaseMs]
      return write(driver, [{ text: paymentLinks.insert, values }])
    },
    async find(id) {
      const found = await read(driver, [{ text: paymentLinks.select, values: [id] }], toPaymentLink)
      return found.ok ? ok(found.value[0] ?? null) : fail(found.failure)
    },
    ofOrder: (merchantUid) =>
      read(driver, [{ text: paymentLinks.selectOfOrder, values: [merchantUid] }], toPaymentLink),
    wake: (merchantUid) =>
      write(driver, [{ text: paymentLinks.wake, values: [merchantUid, now().getTime()] }]),
    claim: (limit) =>
      leaseRows(driver, paymentLinks.claimDue, now(), jobLeaseMs, limit, toPaymentLink),
    settle: (id, outcome) =>
      write(driver, [
        { text: paymentLinks.settle, values: [id, outcome, now().getTime(), jobLeaseMs] },
      ]),
  }
}

function toPaymentLink(row: PaymentLinkRow): PaymentLink {
  return {
    id: row.id,
    merchantUid: row.merchant_uid,
    url: row.url,
    expiresAt: toDate(row.expires_at),
    createdAt: toDate(row.created_at),
    closedAt: toDate(row.closed_at),
    outcome: row.outcome,
  }
}
