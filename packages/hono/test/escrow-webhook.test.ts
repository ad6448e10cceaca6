import { type EscrowChange, fail, ok, type StoreFailure } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const received = { status: 200, body: { status: 'received' } }
const retry = { status: 503, body: { status: 'retry' } }

/** A shop that keeps what is reported of its payments in escrow. */
function createShop({ isProvider = true, failure = null as StoreFailure | null } = {}) {
  const changes: (readonly [status: string, change: EscrowChange])[] = []
  const fixture = createFixture({
    isProvider: () => isProvider,
    recordEscrowChange: async (order, change) => {
      if (failure !== null) return fail(failure)
      changes.push([order.status, change])
      return ok({ isNew: changes.length === 1 })
    },
  })
  const pay = async (fields: Record<string, unknown> = {}) => {
    fixture.order('ORD-1')
    const imp_uid = await fixture.pay('ORD-1', { pay_method: 'trans', escrow: true, ...fields })
    await fixture.webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' })
    return imp_uid
  }
  const report = (imp_uid: string, fields: Record<string, unknown> = {}) =>
    read(
      fixture.webhook({
        event: 'Inicis.Escrow.Changed',
        imp_uid,
        merchant_uid: 'ORD-1',
        status: 'paid',
        extra: { escrow_status: '4', changed_at: 1_764_200_000, denied_reason: '단순 변심' },
        ...fields,
      }),
    )
  const refusals = () =>
    fixture.reports.flatMap((each) =>
      each.kind === 'escrow' && each.outcome === 'refused' ? [each.reason] : [],
    )
  return { ...fixture, pay, report, changes, refusals }
}

describe('POST /payments/webhook about a payment in escrow', () => {
  it('passes on what the PG reported, with the order that the payment paid', async () => {
    const { pay, report, changes, reports } = createShop()
    const impUid = await pay()
    expect(await report(impUid)).toEqual(received)
    const change = {
      impUid,
      merchantUid: 'ORD-1',
      status: 'refused',
      changedAt: new Date('2025-11-26T23:33:20Z'),
      deniedReason: '단순 변심',
    }
    expect(changes).toEqual([['paid', change]])
    expect(await report(impUid)).toEqual(received)
    const outcomes = reports.flatMap((each) => (each.kind === 'escrow' ? [each.outcome] : []))
    expect(outcomes).toEqual(['recorded', 'known'])
  })

  it('records what the record says was refunded, before what became of the escrow', async () => {
    const { pay, report, control, changes } = createShop()
    const impUid = await pay()
    await control(`/payments/${impUid}/cancel`, {})
    expect(await report(impUid, { extra: { escrow_status: '10' } })).toEqual(received)
    expect(await report(impUid, { extra: { escrow_status: '8' } })).toEqual(received)
    expect(changes.map(([status, change]) => [status, change.status])).toEqual([
      ['cancelled', 'refusal_confirmed'],
      ['cancelled', 'cancelled'],
    ])
  })

  it('T190: a stranger reports nothing, and causes no lookup', async () => {
    const { pay, report, changes, refusals, lookups } = createShop({ isProvider: false })
    const impUid = await pay()
    const before = await lookups()
    expect(await report(impUid)).toEqual(received)
    expect([changes, refusals(), await lookups()]).toEqual([[], ['sender_unknown'], before])
  })

  it('T190: the payment has to be in escrow, and the one that the order was paid by', async () => {
    const { pay, report, changes, refusals, order, store } = createShop()
    const impUid = await pay({ escrow: false })
    expect(await report(impUid)).toEqual(received)
    order('ORD-2')
    expect(await report(impUid, { merchant_uid: 'ORD-2' })).toEqual(received)
    expect(await report(impUid, { merchant_uid: 'ORD-unknown' })).toEqual(received)
    expect(refusals()).toEqual(['not_in_escrow', 'order_mismatch', 'order_unknown'])
    expect([changes, store.changes.length]).toEqual([[], 1])
  })

  it('asks for another webhook while the provider or the store does not answer', async () => {
    const down = createShop()
    const impUid = await down.pay()
    await down.fault('error_json')
    expect(await down.report(impUid)).toEqual(retry)
    const failure = { reason: 'store_unavailable', cause: null } as const
    const unstored = createShop({ failure })
    expect(await unstored.report(await unstored.pay())).toEqual(retry)
  })

  it.each([
    ['an unknown status', { extra: { escrow_status: '99' } }, 'body_malformed'],
    ['no extra', { extra: undefined }, 'body_malformed'],
    ['no order', { merchant_uid: undefined }, 'id_missing'],
  ])('refuses %s', async (_title, fields, error) => {
    const { pay, report, changes } = createShop()
    const refused = { status: 400, body: { status: 'invalid', error } }
    expect(await report(await pay(), fields)).toEqual(refused)
    expect(changes).toEqual([])
  })
})
