import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { clearCursors, createRecoveryFixture, minuteMs, start } from '../fixtures/recovery.ts'

type Recovery = ReturnType<typeof createRecoveryFixture>

const refund = { late: 'refund', unmatched: 'refund' } as const
const report = { late: 'report', unmatched: 'report' } as const
const issues = (recovery: Recovery, id: string) =>
  recovery.select(
    `SELECT kind, imp_uid, policy, outcome, closed_at IS NOT NULL AS closed FROM reconciliation_issues
     WHERE merchant_uid = ?1 ORDER BY id`,
    id,
  )
const cancels = (recovery: Recovery, id: string) =>
  recovery.select(
    'SELECT imp_uid, balance, amount, asked_by, state, detail FROM cancels WHERE merchant_uid = ?1',
    id,
  )
const kinds = async (recovery: Recovery, id: string) =>
  (
    await recovery.select('SELECT kind FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence', id)
  ).map(({ kind }) => kind)
/** The refunds of a payment at the provider. */
async function refundedAmount(recovery: Recovery, impUid: string): Promise<unknown> {
  const state = await recovery.control('/state', {}, 'GET')
  const payments: unknown = state['payments']
  const found = Array.isArray(payments)
    ? payments.find((payment: { imp_uid: string }) => payment.imp_uid === impUid)
    : null
  return found?.cancel_amount
}
const seconds = (ms: number) => Math.floor((start.getTime() + ms) / 1_000)

beforeEach(async () => {
  await clearCursors()
})

describe('unmatched payments', () => {
  it('T20: a second payment is refunded once, by the policy of its order', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-two', { policy: refund })
    const first = await recovery.pay('M-two')
    await recovery.sweep()
    const second = await recovery.pay('M-two')
    await recovery.sweep(4)
    expect(await issues(recovery, 'M-two')).toEqual([
      {
        kind: 'duplicate_paid',
        imp_uid: second,
        policy: 'refund',
        outcome: 'refunded',
        closed: 1,
      },
    ])
    expect(await cancels(recovery, 'M-two')).toEqual([
      {
        imp_uid: second,
        balance: 64_900,
        amount: 64_900,
        asked_by: 'policy',
        state: 'confirmed',
        detail: null,
      },
    ])
    expect([await refundedAmount(recovery, first), await refundedAmount(recovery, second)]).toEqual(
      [0, 64_900],
    )
    expect((await recovery.read('M-two')).status).toBe('paid')
    expect(await kinds(recovery, 'M-two')).toEqual(['paid', 'duplicate_paid'])
  })

  it('T20: of three payments at once one pays the order, and the others are accounted for', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-three', { policy: refund })
    const paid = [
      await recovery.pay('M-three'),
      await recovery.pay('M-three'),
      await recovery.pay('M-three'),
    ]
    await recovery.sweep(5)
    const { impUid } = await recovery.read('M-three')
    const refunded = await Promise.all(paid.map((each) => refundedAmount(recovery, each)))
    expect(refunded).toEqual(paid.map((each) => (each === impUid ? 0 : 64_900)))
    expect((await issues(recovery, 'M-three')).map(({ outcome }) => outcome)).toEqual([
      'refunded',
      'refunded',
    ])
  })

  it('T20: a second payment is only reported, by the policy of its order', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-report', { policy: report })
    await recovery.pay('M-report')
    await recovery.sweep()
    const second = await recovery.pay('M-report')
    await recovery.sweep(4)
    expect(await issues(recovery, 'M-report')).toEqual([
      { kind: 'duplicate_paid', imp_uid: second, policy: 'report', outcome: null, closed: 0 },
    ])
    expect([await refundedAmount(recovery, second), await cancels(recovery, 'M-report')]).toEqual([
      0,
      [],
    ])
    expect(await kinds(recovery, 'M-report')).toEqual(['paid', 'duplicate_paid'])
  })

  it('T20: a payment that was refunded at the console is not refunded again', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-console', { policy: refund })
    await recovery.pay('M-console')
    await recovery.sweep()
    const second = await recovery.pay('M-console')
    await recovery.control('/faults', {
      fault: 'bad_gateway_html',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    await recovery.sweep(2)
    await recovery.control(`/payments/${second}/cancel`, {})
    await recovery.control('/faults', {}, 'DELETE')
    await recovery.sweep(6)
    expect(await issues(recovery, 'M-console')).toEqual([
      {
        kind: 'duplicate_paid',
        imp_uid: second,
        policy: 'refund',
        outcome: 'refunded',
        closed: 1,
      },
    ])
    expect(await cancels(recovery, 'M-console')).toEqual([])
  })

  it('T54: five runs at once refund a second payment once', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-sweepers', { policy: refund })
    await recovery.pay('M-sweepers')
    await recovery.sweep()
    const second = await recovery.pay('M-sweepers')
    await recovery.control('/request-log/reset')
    for (let minute = 0; minute < 4; minute++) {
      await recovery.clock.advance(minuteMs)
      await Promise.all(Array.from({ length: 5 }, () => recovery.runJobs()))
    }
    const calls = await recovery.control('/request-log', {}, 'GET')
    expect([await refundedAmount(recovery, second), calls['POST /payments/cancel']]).toEqual([
      64_900, 1,
    ])
  })

  it('a payment of a closed order is refunded, by the policy of its order', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-closed', { policy: { late: 'deliver', unmatched: 'refund' } })
    await recovery.deps.store.orders.close(await recovery.read('M-closed'), [])
    const impUid = await recovery.pay('M-closed')
    await recovery.sweep(3)
    expect(await issues(recovery, 'M-closed')).toEqual([
      { kind: 'late_paid', imp_uid: impUid, policy: 'refund', outcome: 'refunded', closed: 1 },
    ])
    expect((await recovery.read('M-closed')).status).toBe('cancelled')
  })

  it('only the remainder of a second payment is refunded', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-left', { policy: refund })
    await recovery.pay('M-left')
    await recovery.sweep()
    const second = await recovery.pay('M-left', { cancel_amount: 900 })
    await recovery.sweep(4)
    expect(await cancels(recovery, 'M-left')).toMatchObject([{ balance: 64_000, amount: 64_000 }])
    expect(await refundedAmount(recovery, second)).toBe(64_900)
  })

  it('a payment of another amount is refunded, and the order stays open', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-amount', { policy: refund })
    const impUid = await recovery.pay('M-amount', { amount: 100 })
    await recovery.sweep(3)
    expect(await issues(recovery, 'M-amount')).toEqual([
      {
        kind: 'mismatch_paid',
        imp_uid: impUid,
        policy: 'refund',
        outcome: 'refunded',
        closed: 1,
      },
    ])
    expect([
      await refundedAmount(recovery, impUid),
      (await recovery.read('M-amount')).status,
    ]).toEqual([100, 'pending'])
    await recovery.pay('M-amount')
    await recovery.sweep(2)
    expect((await recovery.read('M-amount')).status).toBe('paid')
  })

  it('an account of another amount becomes an issue when it receives a deposit', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-account')
    const impUid = await recovery.pay('M-account', {
      amount: 100,
      status: 'ready',
      pay_method: 'vbank',
      vbank_date: seconds(86_400_000),
    })
    await recovery.sweep(2)
    expect(await issues(recovery, 'M-account')).toEqual([])
    await recovery.control(`/payments/${impUid}/deposit`)
    await recovery.sweep(2)
    expect(await issues(recovery, 'M-account')).toEqual([
      { kind: 'mismatch_paid', imp_uid: impUid, policy: 'report', outcome: null, closed: 0 },
    ])
  })

  it('T21: a deposit after the due date needs a refund account: a person decides', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-late', { policy: refund })
    const account = { status: 'ready', pay_method: 'vbank', vbank_date: seconds(90_000) }
    const impUid = await recovery.pay('M-late', account)
    // Some providers cannot revoke an account.
    await recovery.control('/faults', { fault: 'pg_refused', path: '/vbanks/{imp_uid}' })
    await recovery.sweep(3)
    await recovery.control(`/payments/${impUid}/deposit`)
    await recovery.sweep(4)
    expect(await issues(recovery, 'M-late')).toEqual([
      {
        kind: 'late_paid',
        imp_uid: impUid,
        policy: 'refund',
        outcome: 'refund_account_missing',
        closed: 0,
      },
    ])
    expect(await kinds(recovery, 'M-late')).toEqual(['vbank_issued', 'expired', 'late_paid'])
  })

  it('T15: a refund whose responses were lost is found in the record, and not sent twice', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-lost', { policy: refund })
    await recovery.pay('M-lost')
    await recovery.sweep()
    const second = await recovery.pay('M-lost')
    await recovery.control('/faults', { fault: 'reset_after', path: '/payments/cancel', times: 2 })
    await recovery.sweep(4)
    expect(await refundedAmount(recovery, second)).toBe(64_900)
    expect(await cancels(recovery, 'M-lost')).toMatchObject([{ state: 'confirmed' }])
    expect(await issues(recovery, 'M-lost')).toMatchObject([{ outcome: 'refunded', closed: 1 }])
  })

  it('a refund that the provider refuses is tried five times and then left to a person', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('M-refused', { policy: refund })
    await recovery.pay('M-refused')
    await recovery.sweep()
    await recovery.pay('M-refused')
    await recovery.control('/faults', {
      fault: 'pg_refused',
      path: '/payments/cancel',
      times: 'always',
    })
    await recovery.sweep(60)
    expect(await issues(recovery, 'M-refused')).toMatchObject([
      { outcome: 'cancel_refused', closed: 0 },
    ])
    expect(
      await recovery.select(
        "SELECT tries, due_at FROM reconciliation_issues WHERE merchant_uid = 'M-refused'",
      ),
    ).toEqual([{ tries: 5, due_at: null }])
  })
})

describe('open cancels', () => {
  const openIntent = async (recovery: Recovery, id: string, amount: number) => {
    const { impUid, merchantUid, amount: total } = await recovery.read(id)
    if (impUid === null) throw new TypeError(id)
    const intent = {
      impUid,
      merchantUid,
      balance: total,
      amount: { minor: amount, currency: 'KRW' },
      askedBy: 'merchant',
    } as const
    expect(await recovery.deps.store.cancels.open(intent)).toEqual({ ok: true, value: true })
    return intent
  }
  const paidOrder = async (id: string) => {
    const recovery = createRecoveryFixture()
    await recovery.order(id)
    const impUid = await recovery.pay(id)
    await recovery.sweep()
    return { recovery, impUid }
  }

  it('T16: one whose process died before sending it did not take place, and may be sent again', async () => {
    const { recovery } = await paidOrder('O-died')
    const intent = await openIntent(recovery, 'O-died', 900)
    const open = () => recovery.deps.store.cancels.open(intent)
    await recovery.sweep(5)
    expect(await open()).toEqual({ ok: true, value: false })
    await recovery.sweep(12)
    expect(await cancels(recovery, 'O-died')).toMatchObject([
      { state: 'refused', detail: 'it did not take place' },
    ])
    expect(await open()).toEqual({ ok: true, value: true })
  })

  it('T15: one whose process died after sending it is confirmed from the record', async () => {
    const { recovery, impUid } = await paidOrder('O-asked')
    await openIntent(recovery, 'O-asked', 900)
    await recovery.control(`/payments/${impUid}/cancel`, { amount: 900 })
    await recovery.sweep(2)
    expect(await cancels(recovery, 'O-asked')).toMatchObject([{ state: 'confirmed' }])
    expect((await recovery.read('O-asked')).cancelled.minor).toBe(900)
  })

  it('one that another cancel superseded can never take place', async () => {
    const { recovery, impUid } = await paidOrder('O-superseded')
    await openIntent(recovery, 'O-superseded', 900)
    await recovery.control(`/payments/${impUid}/cancel`, { amount: 1_000 })
    await recovery.control(`/payments/${impUid}/cancel`, { amount: 900 })
    await recovery.sweep(2)
    expect(await cancels(recovery, 'O-superseded')).toMatchObject([
      { state: 'refused', detail: 'another cancel took place first' },
    ])
  })

  it('one that a provider carries out days later stays requested until the record shows it', async () => {
    const { recovery, impUid } = await paidOrder('O-slow')
    const intent = await openIntent(recovery, 'O-slow', 64_900)
    await recovery.deps.store.cancels.settle(intent, 'requested', 'accepted')
    await recovery.sweep(30)
    expect(await cancels(recovery, 'O-slow')).toMatchObject([{ state: 'requested' }])
    await recovery.clock.advance(3 * 24 * 60 * minuteMs)
    await recovery.control(`/payments/${impUid}/cancel`)
    await recovery.sweep(2)
    expect(await cancels(recovery, 'O-slow')).toMatchObject([{ state: 'confirmed' }])
    expect((await recovery.read('O-slow')).status).toBe('cancelled')
  })
})

describe('reconcile()', () => {
  it('finds payments of orders that were never created here, and payments that are missing', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('D-gone')
    await recovery.pay('D-gone')
    await recovery.order('D-fine')
    await recovery.pay('D-fine')
    await recovery.sweep()
    await env.DB.prepare(
      "UPDATE orders SET imp_uid = 'imp_gone' WHERE merchant_uid = 'D-gone'",
    ).run()
    const unknown = await recovery.pay('D-strange')
    await recovery.clock.advance(26 * 60 * minuteMs)
    await recovery.sweep(2)
    expect(await issues(recovery, 'D-strange')).toEqual([
      { kind: 'order_unknown', imp_uid: unknown, policy: 'report', outcome: null, closed: 0 },
    ])
    expect(await issues(recovery, 'D-gone')).toMatchObject([
      { kind: 'duplicate_paid' },
      { kind: 'payment_missing', imp_uid: 'imp_gone' },
    ])
    expect(await issues(recovery, 'D-fine')).toEqual([])
  })

  it('finds nothing while the provider does not respond, and compares the day again', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep()
    const unknown = await recovery.pay('D-later')
    await recovery.control('/faults', { fault: 'error_html', path: '*', times: 'always' })
    await recovery.clock.advance(26 * 60 * minuteMs)
    await recovery.sweep(2)
    expect(await issues(recovery, 'D-later')).toEqual([])
    await recovery.control('/faults', {}, 'DELETE')
    await recovery.sweep(2)
    expect(await issues(recovery, 'D-later')).toMatchObject([{ imp_uid: unknown }])
  })
})
