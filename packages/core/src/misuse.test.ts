import { describe, expect, it } from 'vitest'
import {
  decide,
  type Failure,
  fail,
  type ImpUid,
  type MerchantUid,
  type Order,
  type Payment,
  parseMerchantUid,
  type SyncDeps,
  syncPayment,
  type VerifiedPayment,
  type VerifyFailure,
} from './index.ts'

// The compiler checks this file: a line under `@ts-expect-error` that compiles is an error.

const skipVerifying = (payment: Payment, order: Order): unknown =>
  // @ts-expect-error only verifyPayment() creates a payment that decide() accepts
  decide(payment, order)

const forgeVerifiedPayment = (payment: Payment): VerifiedPayment =>
  // @ts-expect-error the brand of a verified payment cannot be written outside of verifyPayment()
  ({ ...payment, verified: true })

// @ts-expect-error text is not an imp_uid before parseImpUid()
const asImpUid = (text: string): ImpUid => text

// @ts-expect-error an id of one kind is not of the other
const asMerchantUid = (uid: ImpUid): MerchantUid => uid

const syncText = (deps: SyncDeps): unknown =>
  // @ts-expect-error the ids of a notice have to be parsed
  syncPayment({ kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1' }, deps)

// @ts-expect-error a switch without one reason does not return for it
function forgetsBillingKeyIssue(failure: VerifyFailure): string {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the missing case is tested
  switch (failure.reason) {
    case 'order_mismatch':
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'sandbox_payment':
      return 'refused'
  }
}

// @ts-expect-error a table without every reason is incomplete
const forgetsReasons: Record<Failure['reason'], string> = { id_missing: '' }

// @ts-expect-error only a success has a value
const peek = (text: string): unknown => parseMerchantUid(text).value

// @ts-expect-error an order is read-only
const overwrite = (order: Order): unknown => (order.status = 'paid')

describe('the types of the exports', () => {
  it('refuse misuse at compile time', () => {
    const misuses = [
      skipVerifying,
      forgeVerifiedPayment,
      asImpUid,
      asMerchantUid,
      syncText,
      peek,
      overwrite,
    ]
    expect(misuses.map((misuse) => typeof misuse)).toEqual(Array(7).fill('function'))
    expect(forgetsBillingKeyIssue({ reason: 'billing_key_issue' })).toBeUndefined()
    expect([forgetsReasons, fail({ reason: 'body_malformed' })]).toEqual([
      { id_missing: '' },
      { ok: false, failure: { reason: 'body_malformed' } },
    ])
  })
})
