import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRepair, forgetMarks, minuteMs, start } from '../fixtures/recovery.ts'

type Repair = ReturnType<typeof createRepair>

const refund = { late: 'refund', stray: 'refund' } as const
const report = { late: 'report', stray: 'report' } as const
const exceptions = (repair: Repair, id: string) =>
  repair.select(
    `SELECT kind, imp_uid, policy, outcome, closed_at IS NOT NULL AS closed FROM exceptions
     WHERE merchant_uid = ?1 ORDER BY id`,
    id,
  )
const cancels = (repair: Repair, id: string) =>
  repair.select(
    'SELECT imp_uid, balance, amount, asked_by, state, detail FROM cancels WHERE merchant_uid = ?1',
    id,
  )
const kinds = async (repair: Repair, id: string) =>
  (
    await repair.select('SELECT kind FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence', id)
  ).map(({ kind }) => kind)
/** What the provider's books say was given back of a payment. */
async function givenBack(repair: Repair, impUid: string): Promise<unknown> {
  const state = await repair.control('/state', {}, 'GET')
  const payments: unknown = state['payments']
  const found = Array.isArray(payments)
    ? payments.find((payment: { imp_uid: string }) => payment.imp_uid === impUid)
    : null
  return found?.cancel_amount
}
const seconds = (ms: number) => Math.floor((start.getTime() + ms) / 1_000)

beforeEach(async () => {
  await forgetMarks()
})

describe('money that no order wants', { timeout: 60_000 }, () => {
  it('T20: a second payment is given back once, where the order says so', async () => {
    const repair = createRepair()
    await repair.order('M-two', { policy: refund })
    const first = await repair.pay('M-two')
    await repair.sweep()
    const second = await repair.pay('M-two')
    await repair.sweep(4)
    expect(await exceptions(repair, 'M-two')).toEqual([
      {
        kind: 'duplicate_paid',
        imp_uid: second,
        policy: 'refund',
        outcome: 'given_back',
        closed: 1,
      },
    ])
    expect(await cancels(repair, 'M-two')).toEqual([
      {
        imp_uid: second,
        balance: 64_900,
        amount: 64_900,
        asked_by: 'policy',
        state: 'confirmed',
        detail: null,
      },
    ])
    expect([await givenBack(repair, first), await givenBack(repair, second)]).toEqual([0, 64_900])
    expect((await repair.read('M-two')).status).toBe('paid')
    expect(await kinds(repair, 'M-two')).toEqual(['paid', 'duplicate_paid'])
  })

  it('T20: of three payments at once one pays the order, and the others are accounted for', async () => {
    const repair = createRepair()
    await repair.order('M-three', { policy: refund })
    const paid = [
      await repair.pay('M-three'),
      await repair.pay('M-three'),
      await repair.pay('M-three'),
    ]
    await repair.sweep(5)
    const { impUid } = await repair.read('M-three')
    const back = await Promise.all(paid.map((each) => givenBack(repair, each)))
    expect(back).toEqual(paid.map((each) => (each === impUid ? 0 : 64_900)))
    expect((await exceptions(repair, 'M-three')).map(({ outcome }) => outcome)).toEqual([
      'given_back',
      'given_back',
    ])
  })

  it('T20: a second payment is reported and left alone, where the order says so', async () => {
    const repair = createRepair()
    await repair.order('M-report', { policy: report })
    await repair.pay('M-report')
    await repair.sweep()
    const second = await repair.pay('M-report')
    await repair.sweep(4)
    expect(await exceptions(repair, 'M-report')).toEqual([
      { kind: 'duplicate_paid', imp_uid: second, policy: 'report', outcome: null, closed: 0 },
    ])
    expect([await givenBack(repair, second), await cancels(repair, 'M-report')]).toEqual([0, []])
    expect(await kinds(repair, 'M-report')).toEqual(['paid', 'duplicate_paid'])
  })

  it('T20: what somebody gave back by hand is not given back again', async () => {
    const repair = createRepair()
    await repair.order('M-hand', { policy: refund })
    await repair.pay('M-hand')
    await repair.sweep()
    const second = await repair.pay('M-hand')
    await repair.control('/faults', {
      fault: 'bad_gateway_html',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    await repair.sweep(2)
    await repair.control(`/payments/${second}/cancel`, {})
    await repair.control('/faults', {}, 'DELETE')
    await repair.sweep(6)
    expect(await exceptions(repair, 'M-hand')).toEqual([
      {
        kind: 'duplicate_paid',
        imp_uid: second,
        policy: 'refund',
        outcome: 'given_back',
        closed: 1,
      },
    ])
    expect(await cancels(repair, 'M-hand')).toEqual([])
  })

  it('T54: five sweepers at once give a second payment back once', async () => {
    const repair = createRepair()
    await repair.order('M-sweepers', { policy: refund })
    await repair.pay('M-sweepers')
    await repair.sweep()
    const second = await repair.pay('M-sweepers')
    await repair.control('/calls/reset')
    for (let minute = 0; minute < 4; minute++) {
      await repair.clock.advance(minuteMs)
      await Promise.all(Array.from({ length: 5 }, () => repair.runJobs()))
    }
    const calls = await repair.control('/calls', {}, 'GET')
    expect([await givenBack(repair, second), calls['POST /payments/cancel']]).toEqual([64_900, 1])
  })

  it('money for an order that was closed is given back, where the order says so', async () => {
    const repair = createRepair()
    await repair.order('M-closed', { policy: { late: 'deliver', stray: 'refund' } })
    await repair.rooms.store.orders.close(await repair.read('M-closed'), [])
    const impUid = await repair.pay('M-closed')
    await repair.sweep(3)
    expect(await exceptions(repair, 'M-closed')).toEqual([
      { kind: 'late_paid', imp_uid: impUid, policy: 'refund', outcome: 'given_back', closed: 1 },
    ])
    expect((await repair.read('M-closed')).status).toBe('cancelled')
  })

  it('only what is left of a second payment is given back', async () => {
    const repair = createRepair()
    await repair.order('M-left', { policy: refund })
    await repair.pay('M-left')
    await repair.sweep()
    const second = await repair.pay('M-left', { cancel_amount: 900 })
    await repair.sweep(4)
    expect(await cancels(repair, 'M-left')).toMatchObject([{ balance: 64_000, amount: 64_000 }])
    expect(await givenBack(repair, second)).toBe(64_900)
  })

  it('a payment of another amount is given back, and the order stays open', async () => {
    const repair = createRepair()
    await repair.order('M-amount', { policy: refund })
    const impUid = await repair.pay('M-amount', { amount: 100 })
    await repair.sweep(3)
    expect(await exceptions(repair, 'M-amount')).toEqual([
      {
        kind: 'mismatch_paid',
        imp_uid: impUid,
        policy: 'refund',
        outcome: 'given_back',
        closed: 1,
      },
    ])
    expect([await givenBack(repair, impUid), (await repair.read('M-amount')).status]).toEqual([
      100,
      'pending',
    ])
    await repair.pay('M-amount')
    await repair.sweep(2)
    expect((await repair.read('M-amount')).status).toBe('paid')
  })

  it('an account of another amount becomes an exception when it is paid into', async () => {
    const repair = createRepair()
    await repair.order('M-account')
    const impUid = await repair.pay('M-account', {
      amount: 100,
      status: 'ready',
      pay_method: 'vbank',
      vbank_date: seconds(86_400_000),
    })
    await repair.sweep(2)
    expect(await exceptions(repair, 'M-account')).toEqual([])
    await repair.control(`/payments/${impUid}/deposit`)
    await repair.sweep(2)
    expect(await exceptions(repair, 'M-account')).toEqual([
      { kind: 'mismatch_paid', imp_uid: impUid, policy: 'report', outcome: null, closed: 0 },
    ])
  })

  it('T21: a deposit after the date needs an account to go back to: a person decides', async () => {
    const repair = createRepair()
    await repair.order('M-late', { policy: refund })
    const account = { status: 'ready', pay_method: 'vbank', vbank_date: seconds(90_000) }
    const impUid = await repair.pay('M-late', account)
    // Some providers cannot take an account back.
    await repair.control('/faults', { fault: 'pg_refused', path: '/vbanks/{imp_uid}' })
    await repair.sweep(3)
    await repair.control(`/payments/${impUid}/deposit`)
    await repair.sweep(4)
    expect(await exceptions(repair, 'M-late')).toEqual([
      {
        kind: 'late_paid',
        imp_uid: impUid,
        policy: 'refund',
        outcome: 'refund_account_missing',
        closed: 0,
      },
    ])
    expect(await kinds(repair, 'M-late')).toEqual(['vbank_issued', 'expired', 'late_paid'])
  })

  it('T15: a refund whose answers were lost is found in the record, and not asked for twice', async () => {
    const repair = createRepair()
    await repair.order('M-lost', { policy: refund })
    await repair.pay('M-lost')
    await repair.sweep()
    const second = await repair.pay('M-lost')
    await repair.control('/faults', { fault: 'reset_after', path: '/payments/cancel', times: 2 })
    await repair.sweep(4)
    expect(await givenBack(repair, second)).toBe(64_900)
    expect(await cancels(repair, 'M-lost')).toMatchObject([{ state: 'confirmed' }])
    expect(await exceptions(repair, 'M-lost')).toMatchObject([{ outcome: 'given_back', closed: 1 }])
  })

  it('a refund the provider refuses is tried five times and then waits for a person', async () => {
    const repair = createRepair()
    await repair.order('M-refused', { policy: refund })
    await repair.pay('M-refused')
    await repair.sweep()
    await repair.pay('M-refused')
    await repair.control('/faults', {
      fault: 'pg_refused',
      path: '/payments/cancel',
      times: 'always',
    })
    await repair.sweep(60)
    expect(await exceptions(repair, 'M-refused')).toMatchObject([
      { outcome: 'cancel_refused', closed: 0 },
    ])
    expect(
      await repair.select("SELECT tries, due_at FROM exceptions WHERE merchant_uid = 'M-refused'"),
    ).toEqual([{ tries: 5, due_at: null }])
  })
})

describe('cancels that were left open', { timeout: 60_000 }, () => {
  const intend = async (repair: Repair, id: string, amount: number) => {
    const { impUid, merchantUid, amount: whole } = await repair.read(id)
    if (impUid === null) throw new TypeError(id)
    const intent = {
      impUid,
      merchantUid,
      balance: whole,
      amount: { minor: amount, currency: 'KRW' },
      askedBy: 'merchant',
    } as const
    expect(await repair.rooms.store.cancels.open(intent)).toEqual({ ok: true, value: true })
    return intent
  }
  const paidOrder = async (id: string) => {
    const repair = createRepair()
    await repair.order(id)
    const impUid = await repair.pay(id)
    await repair.sweep()
    return { repair, impUid }
  }

  it('T16: one whose process died before it asked did not take place, and may be asked for again', async () => {
    const { repair } = await paidOrder('O-died')
    const intent = await intend(repair, 'O-died', 900)
    const open = () => repair.rooms.store.cancels.open(intent)
    await repair.sweep(5)
    expect(await open()).toEqual({ ok: true, value: false })
    await repair.sweep(12)
    expect(await cancels(repair, 'O-died')).toMatchObject([
      { state: 'refused', detail: 'it did not take place' },
    ])
    expect(await open()).toEqual({ ok: true, value: true })
  })

  it('T15: one whose process died after it asked is confirmed from the record', async () => {
    const { repair, impUid } = await paidOrder('O-asked')
    await intend(repair, 'O-asked', 900)
    await repair.control(`/payments/${impUid}/cancel`, { amount: 900 })
    await repair.sweep(2)
    expect(await cancels(repair, 'O-asked')).toMatchObject([{ state: 'confirmed' }])
    expect((await repair.read('O-asked')).cancelled.minor).toBe(900)
  })

  it('one that another cancel overtook can never take place', async () => {
    const { repair, impUid } = await paidOrder('O-overtaken')
    await intend(repair, 'O-overtaken', 900)
    await repair.control(`/payments/${impUid}/cancel`, { amount: 1_000 })
    await repair.control(`/payments/${impUid}/cancel`, { amount: 900 })
    await repair.sweep(2)
    expect(await cancels(repair, 'O-overtaken')).toMatchObject([
      { state: 'refused', detail: 'another cancel took place first' },
    ])
  })

  it('one that a provider finishes days later stays requested until the record shows it', async () => {
    const { repair, impUid } = await paidOrder('O-slow')
    const intent = await intend(repair, 'O-slow', 64_900)
    await repair.rooms.store.cancels.settle(intent, 'requested', 'accepted')
    await repair.sweep(30)
    expect(await cancels(repair, 'O-slow')).toMatchObject([{ state: 'requested' }])
    await repair.clock.advance(3 * 24 * 60 * minuteMs)
    await repair.control(`/payments/${impUid}/cancel`)
    await repair.sweep(2)
    expect(await cancels(repair, 'O-slow')).toMatchObject([{ state: 'confirmed' }])
    expect((await repair.read('O-slow')).status).toBe('cancelled')
  })
})

describe('reconcile()', { timeout: 60_000 }, () => {
  it('finds money for orders that were never created here, and payments that are not there', async () => {
    const repair = createRepair()
    await repair.order('D-gone')
    await repair.pay('D-gone')
    await repair.order('D-fine')
    await repair.pay('D-fine')
    await repair.sweep()
    await env.DB.prepare(
      "UPDATE orders SET imp_uid = 'imp_gone' WHERE merchant_uid = 'D-gone'",
    ).run()
    const strange = await repair.pay('D-strange')
    await repair.clock.advance(26 * 60 * minuteMs)
    await repair.sweep(2)
    expect(await exceptions(repair, 'D-strange')).toEqual([
      { kind: 'order_unknown', imp_uid: strange, policy: 'report', outcome: null, closed: 0 },
    ])
    expect(await exceptions(repair, 'D-gone')).toMatchObject([
      { kind: 'duplicate_paid' },
      { kind: 'payment_missing', imp_uid: 'imp_gone' },
    ])
    expect(await exceptions(repair, 'D-fine')).toEqual([])
  })

  it('says nothing while the provider gives no answer, and takes the day up again', async () => {
    const repair = createRepair()
    await repair.sweep()
    const strange = await repair.pay('D-later')
    await repair.control('/faults', { fault: 'error_html', path: '*', times: 'always' })
    await repair.clock.advance(26 * 60 * minuteMs)
    await repair.sweep(2)
    expect(await exceptions(repair, 'D-later')).toEqual([])
    await repair.control('/faults', {}, 'DELETE')
    await repair.sweep(2)
    expect(await exceptions(repair, 'D-later')).toMatchObject([{ imp_uid: strange }])
  })
})
