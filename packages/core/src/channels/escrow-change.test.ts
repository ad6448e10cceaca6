import { describe, expect, it } from 'vitest'
import { fail, ok } from '../values/result.ts'
import { parseEscrowChange } from './escrow-change.ts'

const message = {
  event: 'Inicis.Escrow.Changed',
  imp_uid: 'imp_1',
  merchant_uid: 'ORD-1',
  status: 'paid',
  extra: { escrow_status: '4', changed_at: 1_764_200_000, denied_reason: '단순 변심' },
}

describe('parseEscrowChange()', () => {
  it('reads what became of the payment, when, and why the buyer refused', () => {
    expect(parseEscrowChange(message)).toEqual(
      ok({
        impUid: 'imp_1',
        merchantUid: 'ORD-1',
        status: 'refused',
        changedAt: new Date('2025-11-26T23:33:20Z'),
        deniedReason: '단순 변심',
      }),
    )
  })

  it.each([
    ['2', 'delivery_registered'],
    ['3', 'confirmed'],
    ['31', 'confirmed_automatically'],
    ['32', 'confirmed_by_pg'],
    ['4', 'refused'],
    ['8', 'cancelled'],
    ['10', 'refusal_confirmed'],
    [10, 'refusal_confirmed'],
  ])('reads the code %o as %s, without a time and a reason', (escrow_status, status) => {
    expect(parseEscrowChange({ ...message, extra: { escrow_status } })).toMatchObject({
      value: { status, changedAt: null, deniedReason: null },
    })
  })

  it.each([
    ['no object', 'text'],
    ['another event', { ...message, event: 'Galaxia.Cvs.Confirm' }],
    ['a payment', { ...message, event: undefined }],
    ['no extra', { ...message, extra: undefined }],
    ['an extra that is text', { ...message, extra: '{"escrow_status":"3"}' }],
    ['an unknown code', { ...message, extra: { escrow_status: '5' } }],
    ['the name of an inherited property', { ...message, extra: { escrow_status: 'toString' } }],
    ['no code', { ...message, extra: {} }],
    ['a time as text', { ...message, extra: { escrow_status: '3', changed_at: 'today' } }],
    ['a time in milliseconds', { ...message, extra: { escrow_status: '3', changed_at: 1.764e12 } }],
  ])('refuses %s', (_title, value) => {
    expect(parseEscrowChange(value)).toEqual(fail({ reason: 'body_malformed' }))
  })

  it.each([
    [{ imp_uid: undefined }, { reason: 'id_missing', field: 'imp_uid' }],
    [{ merchant_uid: undefined }, { reason: 'id_missing', field: 'merchant_uid' }],
    [{ imp_uid: '../x' }, { reason: 'id_malformed', field: 'imp_uid' }],
  ] as const)('refuses the ids %o', (ids, failure) => {
    expect(parseEscrowChange({ ...message, ...ids })).toEqual(fail(failure))
  })

  it('keeps a bounded part of a reason', () => {
    const extra = { escrow_status: '4', denied_reason: 'x'.repeat(9_999) }
    expect(parseEscrowChange({ ...message, extra })).toMatchObject({
      value: { deniedReason: 'x'.repeat(500) },
    })
  })
})
