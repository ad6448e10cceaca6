import { env } from 'cloudflare:workers'
import { createClient, payments, unwrap } from '@quayside/client'
import { parsePayment } from '@quayside/core'
import { createD1Store } from '@quayside/sql/d1'
import { describe, expect, it } from 'vitest'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { problem } from '../fixtures/merchant.ts'
import { amount, createShopWithReceiver, instant } from '../fixtures/unmatched-payment.ts'

describe('payment.unreconciled', () => {
  it('reports a payment that does not match its order, as GET /reconciliation-issues shows it', async () => {
    const shop = createShopWithReceiver()
    await shop.order('E-low')
    const imp_uid = await shop.payAgain('E-low', { amount: 100 })
    expect(await shop.report('E-low', imp_uid)).toMatchObject({ body: { status: 'forgery' } })
    await shop.sweep()
    await shop.sweep()
    const [issue] = await shop.all('E-low')
    expect(issue).toMatchObject({ kind: 'mismatch_paid', amount: 100, policy: 'report' })
    expect(shop.issueEvents('E-low')).toEqual([
      {
        id: `mismatch_paid:${imp_uid}`,
        type: 'payment.unreconciled',
        timestamp: instant,
        data: { reconciliation_issue: issue, mode: 'test' },
      },
    ])
    expect(await shop.send('/orders/E-low')).toMatchObject({ body: { status: 'pending' } })
    expect(await shop.send(`/events?state=delivered&after=mismatch_paid:`)).toMatchObject({
      body: {
        events: expect.arrayContaining([
          expect.objectContaining({
            id: `mismatch_paid:${imp_uid}`,
            type: 'payment.unreconciled',
            merchant_uid: null,
            sequence: null,
          }),
        ]),
      },
    })
  })

  it('T20: reports the refund by policy', async () => {
    const shop = createShopWithReceiver()
    await shop.order('E-refund', { unmatched: 'refund' })
    await shop.report('E-refund', await shop.pay('E-refund'))
    const second = await shop.payAgain('E-refund')
    await shop.report('E-refund', second)
    for (let minute = 0; minute < 3; minute++) await shop.sweep()
    expect(shop.issueEvents('E-refund')).toEqual([
      {
        id: `duplicate_paid:${second}:refunded`,
        type: 'payment.unreconciled',
        timestamp: instant,
        data: { reconciliation_issue: (await shop.all('E-refund'))[0], mode: 'test' },
      },
    ])
  })

  it('T21: reports that a person is needed, and one call refunds a deposit', async () => {
    const shop = createShopWithReceiver()
    await shop.order('E-person', { unmatched: 'refund' })
    await shop.report('E-person', await shop.pay('E-person'))
    const second = await shop.payAgain('E-person', { pay_method: 'vbank' })
    await shop.report('E-person', second)
    for (let minute = 0; minute < 3; minute++) await shop.sweep()
    const id = `duplicate_paid:${second}`
    const waiting = {
      id,
      pay_method: 'vbank',
      amount,
      outcome: 'refund_account_missing',
      closed_at: null,
    }
    expect(await shop.all('E-person')).toMatchObject([waiting])
    expect(shop.issueEvents('E-person')).toMatchObject([
      { id: `${id}:refund_account_missing`, data: { reconciliation_issue: waiting } },
    ])

    const refund = { holder: '홍길동', bank: '004', account: '123-456' }
    const requestRefund = (body: unknown) => shop.post(`/reconciliation-issues/${id}/refund`, body)
    expect(await requestRefund({})).toMatchObject({
      status: 422,
      body: { error: 'refund_account_missing' },
    })
    const refunded = { status: 200, body: { id, outcome: 'refunded', closed_at: instant } }
    expect(await requestRefund({ refund, reason: '중복 입금' })).toMatchObject(refunded)
    expect(await requestRefund({ refund })).toMatchObject(refunded)
    expect(await shop.refunds(second)).toEqual([amount])
    expect(await shop.send('/orders/E-person')).toMatchObject({
      body: { status: 'paid', cancelled_amount: 0 },
    })
    expect(await shop.send('/orders/E-person/cancels')).toMatchObject({
      body: { cancels: [{ imp_uid: second, amount, state: 'confirmed' }] },
    })
  })
})

describe('POST /reconciliation-issues/{id}/refund', () => {
  const payTwice = async (shop: ReturnType<typeof createShopWithReceiver>, id: string) => {
    await shop.order(id)
    await shop.report(id, await shop.pay(id))
    const impUid = await shop.payAgain(id)
    await shop.report(id, impUid)
    return impUid
  }
  const requestRefund = (shop: ReturnType<typeof createShopWithReceiver>, impUid: string) =>
    shop.post(`/reconciliation-issues/duplicate_paid:${impUid}/refund`, {})

  it('refunds a reported payment once, however often it is requested', async () => {
    const shop = createShopWithReceiver()
    const impUid = await payTwice(shop, 'F-once')
    const responses = await Promise.all([requestRefund(shop, impUid), requestRefund(shop, impUid)])
    expect(responses.map(({ status }) => status)).toContain(200)
    expect(await requestRefund(shop, impUid)).toMatchObject({
      status: 200,
      body: { outcome: 'refunded' },
    })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it("passes on the provider's message of a refusal, and the issue stays open", async () => {
    const shop = createShopWithReceiver()
    const impUid = await payTwice(shop, 'F-refused')
    await shop.control('/faults', { fault: 'pg_refused', path: '/payments/cancel' })
    expect(await requestRefund(shop, impUid)).toEqual(
      problem(409, 'cancel_refused', 'The provider refused the cancel', 'PG사 오류입니다.'),
    )
    expect(await shop.all('F-refused')).toMatchObject([{ closed_at: null }])
    expect(await requestRefund(shop, impUid)).toMatchObject({ status: 200 })
  })

  it('T15: sends no second cancel while it is unknown whether the first took place', async () => {
    const shop = createShopWithReceiver()
    const impUid = await payTwice(shop, 'F-unknown')
    await shop.control('/faults', { fault: 'gateway_timeout', path: '/payments/cancel', times: 2 })
    const unknown = { status: 503, body: { error: 'outcome_unknown' } }
    expect(await requestRefund(shop, impUid)).toMatchObject(unknown)
    expect(await requestRefund(shop, impUid)).toMatchObject(unknown)
    expect(await shop.refunds(impUid)).toEqual([])
    for (let minute = 0; minute < 15; minute++) await shop.sweep()
    expect(await requestRefund(shop, impUid)).toMatchObject({
      status: 200,
      body: { outcome: 'refunded' },
    })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('T15: relies on the record when the responses are lost', async () => {
    const shop = createShopWithReceiver()
    const impUid = await payTwice(shop, 'F-lost')
    await shop.control('/faults', { fault: 'reset_after', path: '/payments/cancel', times: 2 })
    expect(await requestRefund(shop, impUid)).toMatchObject({
      status: 200,
      body: { outcome: 'refunded' },
    })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('refunds a payment of an order that was never created here', async () => {
    const shop = createShopWithReceiver()
    const impUid = await shop.payAgain('F-strange')
    const provider = createClient({
      key: 'simulator-key',
      secret: 'simulator-secret',
      fetch: shop.simulator.fetch,
      sleep: immediateSleep,
    })
    const record = parsePayment(
      unwrap(await provider.call(payments.get, { imp_uid: impUid, include_sandbox: true })),
    )
    if (!record.ok) throw new TypeError(record.failure.field)
    const issue = { kind: 'order_unknown', payment: record.value } as const
    await createD1Store(env.DB).reconciliationIssues.add([issue])
    const path = `/reconciliation-issues/order_unknown:${impUid}/refund`
    expect(await shop.post(path, {})).toMatchObject({
      status: 200,
      body: { outcome: 'refunded' },
    })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('is 404 for an unknown issue, and 409 for a payment that is missing', async () => {
    const shop = createShopWithReceiver()
    expect(await requestRefund(shop, 'imp_0')).toMatchObject({
      status: 404,
      body: { error: 'reconciliation_issue_unknown' },
    })
    const impUid = await payTwice(shop, 'F-gone')
    await shop.control('/faults', { fault: 'not_found', path: '/payments/{imp_uid}' })
    expect(await requestRefund(shop, impUid)).toMatchObject({
      status: 409,
      body: { error: 'nothing_left' },
    })
  })
})
