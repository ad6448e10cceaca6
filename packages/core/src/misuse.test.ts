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

// The compiler is the judge of this file: a line under `@ts-expect-error` that compiles is an error.

const skipVerifying = (payment: Payment, order: Order): unknown =>
  // @ts-expect-error only verifyPayment() makes a payment that can be decided upon
  decide(payment, order)

const forgeVerifiedPayment = (payment: Payment): VerifiedPayment =>
  // @ts-expect-error the mark of a verified payment cannot be written by hand
  ({ ...payment, verified: true })

// @ts-expect-error text is no imp_uid until parseImpUid() has read it
const asImpUid = (text: string): ImpUid => text

// @ts-expect-error an id of one kind is none of the other
const asMerchantUid = (uid: ImpUid): MerchantUid => uid

const syncText = (deps: SyncDeps): unknown =>
  // @ts-expect-error a notice is parsed, not pasted together from text
  syncPayment({ kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1' }, deps)

// @ts-expect-error a switch that forgets a reason has no answer for it
function forgetsBillingKeyIssue(failure: VerifyFailure): string {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the gap is what is tested
  switch (failure.reason) {
    case 'order_mismatch':
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'sandbox_payment':
      return 'refused'
  }
}

// @ts-expect-error a table that forgets reasons is no table of all of them
const forgetsReasons: Record<Failure['reason'], string> = { id_missing: '' }

// @ts-expect-error only what succeeded has a value
const peek = (text: string): unknown => parseMerchantUid(text).value

// @ts-expect-error an order changes by decisions only
const overwrite = (order: Order): unknown => (order.status = 'paid')

describe('the types of the door', () => {
  it('refuse misuse when it is compiled, and leave the rest to run', () => {
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
