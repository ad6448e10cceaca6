import { parsePayment } from '@quayside/core'
import { presentReconciliationIssue } from '@quayside/server'
import { beforeEach, describe, expect, it } from 'vitest'
import { clearCursors, createRecoveryFixture, idOf } from '../fixtures/recovery.ts'

const minuteMs = 60_000
const refund = { late: 'refund', unmatched: 'refund' } as const
type Recovery = ReturnType<typeof createRecoveryFixture>

/** What the merchant reads of the issue of a payment; null without an issue. */
async function issueOf({ deps }: Recovery, impUid: string) {
  const found = await deps.store.reconciliationIssues.find(`mismatch_paid:${impUid}`)
  if (!found.ok) throw new TypeError(found.failure.reason)
  if (found.value === null) return null
  const { kind, reason, is_charged, amount, policy, outcome } = presentReconciliationIssue(
    found.value,
  )
  return { kind, reason, is_charged, amount, policy, outcome }
}
const eventsOf = (recovery: Recovery, impUid: string) =>
  recovery.select(
    `SELECT payload ->> '$.reconciliation_issue.reason' AS reason,
       payload ->> '$.reconciliation_issue.is_charged' AS is_charged,
       payload ->> '$.reconciliation_issue.outcome' AS outcome
     FROM outbox WHERE kind = 'exception' AND payload ->> '$.reconciliation_issue.imp_uid' = ?1
     ORDER BY created_at`,
    impUid,
  )
const statusOf = async (recovery: Recovery, id: string) => (await recovery.read(id)).status

beforeEach(async () => {
  await clearCursors()
})

describe('the issue of a billing key that is recorded as paid', () => {
  const issueKey = (recovery: Recovery, id: string, pg_provider: string, fields = {}) =>
    recovery.pay(id, {
      overrides: { customer_uid: 'card', customer_uid_usage: 'issue', pg_provider, ...fields },
    })

  it.each([
    ['kakaopay', 'card'],
    ['danal_tpay', 'card'],
    ['danal', 'phone'],
    ['mobilians', 'phone'],
    ['settle_acc', 'trans'],
    ['paymentwall', 'card'],
    ['welcome', 'phone'],
  ])('T64: charges at %s by %s, and is refunded by the policy', async (pg, pay_method) => {
    const recovery = createRecoveryFixture()
    const id = `K-${pg}`
    await recovery.order(id, { policy: refund })
    const impUid = await issueKey(recovery, id, pg, { pay_method })
    await recovery.sweep(3)
    expect(await issueOf(recovery, impUid)).toEqual({
      kind: 'mismatch_paid',
      reason: 'billing_key_issue',
      is_charged: 'yes',
      amount: 64_900,
      policy: 'refund',
      outcome: 'refunded',
    })
    expect(await eventsOf(recovery, impUid)).toEqual([
      { reason: 'billing_key_issue', is_charged: 'yes', outcome: null },
      { reason: 'billing_key_issue', is_charged: 'yes', outcome: 'refunded' },
    ])
    expect(await statusOf(recovery, id)).toBe('pending')
  })

  it.each([
    ['html5_inicis', 'card'],
    ['tosspayments', 'card'],
    ['welcome', 'card'],
    ['constructor', 'card'],
    [null, 'card'],
  ])(
    'T64: perhaps charged at %s by %s: it is reported, and not refunded',
    async (pg, pay_method) => {
      const recovery = createRecoveryFixture()
      const id = `K-perhaps-${pg}-${pay_method}`
      await recovery.order(id, { policy: refund })
      const impUid = await issueKey(recovery, id, String(pg), { pg_provider: pg, pay_method })
      await recovery.sweep(3)
      expect(await issueOf(recovery, impUid)).toEqual({
        kind: 'mismatch_paid',
        reason: 'billing_key_issue',
        is_charged: 'perhaps',
        amount: 64_900,
        policy: 'report',
        outcome: null,
      })
      expect(await eventsOf(recovery, impUid)).toEqual([
        { reason: 'billing_key_issue', is_charged: 'perhaps', outcome: null },
      ])
    },
  )

  it('T64: of another amount than the order is the issue of a billing key all the same', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('K-amount', { policy: refund })
    const impUid = await issueKey(recovery, 'K-amount', 'kicc', { amount: 1_000 })
    await recovery.sweep(3)
    expect(await issueOf(recovery, impUid)).toMatchObject({
      reason: 'billing_key_issue',
      is_charged: 'perhaps',
      amount: 1_000,
      policy: 'report',
    })
  })

  it('T64: without an amount it is no issue', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('K-zero', { policy: refund })
    const impUid = await issueKey(recovery, 'K-zero', 'kakaopay', { amount: 0 })
    await recovery.sweep(3)
    expect([await issueOf(recovery, impUid), await statusOf(recovery, 'K-zero')]).toEqual([
      null,
      'pending',
    ])
  })

  it('pays the order that allows it', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('K-allowed', { allowances: ['billing_key_charge'] })
    const impUid = await issueKey(recovery, 'K-allowed', 'kakaopay')
    await recovery.sweep(2)
    expect(await recovery.read('K-allowed')).toMatchObject({ status: 'paid', impUid })
    expect(await issueOf(recovery, impUid)).toBeNull()
  })
})

describe('a payment that is older than its order', () => {
  it('T65: from a year ago it does not pay, and is reported: it may have paid an earlier order', async () => {
    const recovery = createRecoveryFixture()
    const paid_at = Math.floor(recovery.deps.now().getTime() / 1000) - 365 * 86_400
    await recovery.order('O-year', { policy: refund })
    const old = await recovery.pay('O-year', { overrides: { paid_at, started_at: paid_at - 60 } })
    await recovery.sweep(2)
    expect(await statusOf(recovery, 'O-year')).toBe('pending')
    expect(await issueOf(recovery, old)).toEqual({
      kind: 'mismatch_paid',
      reason: 'payment_too_old',
      is_charged: 'yes',
      amount: 64_900,
      policy: 'report',
      outcome: null,
    })
    const impUid = await recovery.pay('O-year')
    await recovery.sweep(2)
    expect(await recovery.read('O-year')).toMatchObject({ status: 'paid', impUid })
  })

  it('T65: an old failure or an old window says nothing about a new order', async () => {
    const recovery = createRecoveryFixture()
    const started_at = Math.floor(recovery.deps.now().getTime() / 1000) - 86_400
    await recovery.order('O-failed')
    const failed = await recovery.pay('O-failed', { status: 'failed', overrides: { started_at } })
    await recovery.sweep(2)
    expect([await statusOf(recovery, 'O-failed'), await issueOf(recovery, failed)]).toEqual([
      'pending',
      null,
    ])
  })

  for (const [minutes, status] of [
    [50, 'paid'],
    [70, 'pending'],
  ] as const) {
    it(`T65: an order that is created ${minutes} minutes after its charge is ${status}`, async () => {
      const recovery = createRecoveryFixture()
      const id = `O-charge-${minutes}`
      const impUid = await recovery.pay(id)
      await recovery.clock.advance(minutes * minuteMs)
      await recovery.order(id)
      await recovery.sweep(2)
      expect(await statusOf(recovery, id)).toBe(status)
      expect((await issueOf(recovery, impUid))?.reason ?? null).toBe(
        status === 'paid' ? null : 'payment_too_old',
      )
    })
  }
})

describe('an order that is first seen refunded', () => {
  it.each([
    [900, 'partially_cancelled'],
    [64_900, 'cancelled'],
  ])('has the time of its payment: %d refunded, %s', async (cancel_amount, status) => {
    const recovery = createRecoveryFixture()
    const id = `F-${cancel_amount}`
    await recovery.order(id)
    await recovery.pay(id, { cancel_amount })
    const paidAt = recovery.deps.now()
    await recovery.sweep()
    expect(await recovery.read(id)).toMatchObject({ status, paidAt })
    const day = await recovery.deps.store.orderQueries.paidBetween(
      new Date(paidAt.getTime() - minuteMs),
      new Date(paidAt.getTime() + minuteMs),
      '',
    )
    const listed = day.ok && day.value.some(({ order }) => order.merchantUid === idOf(id))
    expect(listed).toBe(status === 'partially_cancelled')
  })
})

describe('a test payment in live mode', () => {
  it('T66: never pays the order, and is no money that the daily comparison reports', async () => {
    const recovery = createRecoveryFixture(undefined, { mode: 'live' })
    await recovery.order('T-live')
    const impUid = await recovery.pay('T-live', { sandbox: true })
    await recovery.sweep(2)
    await recovery.clock.advance(26 * 60 * minuteMs)
    await recovery.sweep(2)
    expect([await statusOf(recovery, 'T-live'), await issueOf(recovery, impUid)]).toEqual([
      'pending',
      null,
    ])
    expect(
      await recovery.select(
        'SELECT * FROM reconciliation_issues WHERE merchant_uid = ?1',
        'T-live',
      ),
    ).toEqual([])
  })
})

describe('a deposit of another amount into the account of an order', () => {
  it('T64: stays an issue while the order shows that account: the order has not accepted the money', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('D-account', { policy: refund })
    const vbank_date = Math.floor(recovery.clock.now().getTime() / 1_000) + 86_400
    const issued = { status: 'ready', pay_method: 'vbank', vbank_date }
    const impUid = await recovery.pay('D-account', issued)
    await recovery.sweep()
    const order = await recovery.read('D-account')
    expect([order.status, order.impUid]).toEqual(['vbank_issued', impUid])
    const payment = parsePayment({
      imp_uid: impUid,
      merchant_uid: 'D-account',
      status: 'paid',
      amount: 100,
      cancel_amount: 0,
      currency: 'KRW',
      sandbox: true,
      pay_method: 'vbank',
    })
    if (!payment.ok) throw new TypeError(payment.failure.reason)
    const reason = 'amount_mismatch'
    await recovery.deps.store.orders.recordAttempt({
      order,
      payment: payment.value,
      outcome: 'refused',
      reason,
    })
    await recovery.sweep()
    expect(await issueOf(recovery, impUid)).toMatchObject({
      reason,
      policy: 'refund',
      outcome: 'refund_account_missing',
    })
  })
})

describe('an account that is older than its order', () => {
  it('T20: is refused, and a deposit after the order was paid otherwise is a second payment', async () => {
    const recovery = createRecoveryFixture()
    const vbank_date = Math.floor(recovery.clock.now().getTime() / 1_000) + 86_400
    const issued = { status: 'ready', pay_method: 'vbank', vbank_date }
    const account = await recovery.pay('D-older', issued)
    await recovery.clock.advance(2 * 60 * minuteMs)
    await recovery.order('D-older', { policy: refund })
    await recovery.sweep()
    expect(await statusOf(recovery, 'D-older')).toBe('pending')
    const card = await recovery.pay('D-older')
    await recovery.sweep(2)
    expect(await recovery.read('D-older')).toMatchObject({ status: 'paid', impUid: card })
    await recovery.control(`/payments/${account}/deposit`)
    await recovery.sweep(3)
    expect(
      await recovery.select(
        "SELECT id, policy, outcome FROM reconciliation_issues WHERE merchant_uid = 'D-older'",
      ),
    ).toEqual([
      { id: `duplicate_paid:${account}`, policy: 'refund', outcome: 'refund_account_missing' },
    ])
  })
})
