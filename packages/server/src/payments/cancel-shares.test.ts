import { fail, ok } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { impUid, merchantUid, money } from '../../../core/fixtures/sample.ts'
import type { Cancel } from '../domain/cancel.ts'
import { type SharedRefund, toCancelParts, toCancelShares } from './cancel-shares.ts'

const at = new Date('2026-11-22T03:00:00.000Z')
const refunded = (amount: number, taxFree: number | null, vat: number | null): Cancel => ({
  impUid: impUid('imp_1'),
  merchantUid: merchantUid('ORD-1'),
  balance: money(64_900),
  amount: money(amount),
  askedBy: 'merchant',
  state: 'confirmed',
  detail: null,
  requestedAt: at,
  settledAt: at,
  shares: {
    taxFree: taxFree === null ? null : money(taxFree),
    vat: vat === null ? null : money(vat),
  },
})

/** A refund of an order of 64,900 won, of which 20,000 are tax-free and 4,081 are VAT. */
function refund(amount: number, before: readonly Cancel[] = [], more: Partial<SharedRefund> = {}) {
  const cancelled = before.reduce((sum, each) => sum + each.amount.minor, 0)
  return {
    ofOrder: { taxFree: money(20_000), vat: money(4_081) },
    isExact: true,
    cancelled: money(cancelled),
    before,
    remaining: money(64_900 - cancelled),
    amount: money(amount),
    ...more,
  }
}
const shares = (taxFree: number | null, vat: number | null) =>
  ok({
    taxFree: taxFree === null ? null : money(taxFree),
    vat: vat === null ? null : money(vat),
  })
const wrong = (field: 'tax_free' | 'vat_amount') => fail({ reason: 'request_invalid', field })

describe('toCancelShares()', () => {
  it('takes all of each share with a refund of everything', () => {
    expect(toCancelShares(refund(64_900), {})).toEqual(shares(20_000, 4_081))
    expect(toCancelParts({ taxFree: money(20_000), vat: money(0) })).toEqual({
      tax_free: 20_000,
      vat_amount: 0,
    })
    expect(toCancelParts({ taxFree: null, vat: null })).toEqual({})
  })

  it('needs the shares of a part, except of a share that is 0', () => {
    expect(toCancelShares(refund(10_000), {})).toEqual(wrong('tax_free'))
    expect(toCancelShares(refund(10_000), { tax_free: 10_000 })).toEqual(wrong('vat_amount'))
    const given = { tax_free: 10_000, vat_amount: 0 }
    expect(toCancelShares(refund(10_000), given)).toEqual(shares(10_000, 0))
    const taxed = { ofOrder: { taxFree: money(0), vat: money(5_900) } }
    expect(toCancelShares(refund(11_000, [], taxed), { vat_amount: 1_000 })).toEqual(
      shares(0, 1_000),
    )
  })

  it('takes what remains of each share with the last refund, whether it is for a part or for everything', () => {
    const before = [refunded(10_000, 5_000, 454), refunded(11_000, 0, 1_000)]
    expect(toCancelShares(refund(43_900, before), {})).toEqual(shares(15_000, 2_627))
    const exactly = { tax_free: 15_000, vat_amount: 2_627 }
    expect(toCancelShares(refund(43_900, before), exactly)).toEqual(shares(15_000, 2_627))
  })

  it('refuses a share that is larger than what is open of it, or that leaves more than remains', () => {
    const vat_amount = 0
    expect(toCancelShares(refund(30_000), { tax_free: 20_001, vat_amount })).toEqual(
      wrong('tax_free'),
    )
    const before = [refunded(20_000, 15_000, 0)]
    expect(toCancelShares(refund(6_000, before), { tax_free: 5_001, vat_amount })).toEqual(
      wrong('tax_free'),
    )
    // 1,000 would remain, of which 20,000 are tax-free.
    expect(toCancelShares(refund(63_900), { tax_free: 0, vat_amount })).toEqual(wrong('tax_free'))
    expect(toCancelShares(refund(64_900), { tax_free: 19_999 })).toEqual(wrong('tax_free'))
    expect(toCancelShares(refund(64_900), { vat_amount: 4_080 })).toEqual(wrong('vat_amount'))
    expect(toCancelShares(refund(10_000), { tax_free: 0.5, vat_amount })).toEqual(wrong('tax_free'))
  })

  it('asks for the shares where a refund was made elsewhere, or the payment charged another amount', () => {
    const elsewhere = refund(54_900, [refunded(10_000, 5_000, 454)], {
      cancelled: money(20_000),
      remaining: money(44_900),
      amount: money(44_900),
    })
    const unnamed = refund(54_900, [refunded(10_000, null, null)])
    const discounted = refund(64_900, [], { isExact: false })
    for (const unknown of [elsewhere, unnamed, discounted]) {
      expect(toCancelShares(unknown, {})).toEqual(wrong('tax_free'))
      const given = { tax_free: 1_000, vat_amount: 500 }
      expect(toCancelShares(unknown, given)).toEqual(shares(1_000, 500))
    }
  })

  it('passes on what is given for an order without shares, and nothing otherwise', () => {
    const none = { ofOrder: { taxFree: null, vat: null } }
    expect(toCancelShares(refund(10_000, [], none), {})).toEqual(shares(null, null))
    expect(toCancelShares(refund(10_000, [], none), { tax_free: 0 })).toEqual(shares(0, null))
  })
})
