import { env } from 'cloudflare:workers'
import { createD1Store } from '@quayside/sql/d1'
import { describe, expect, it } from 'vitest'
import { impUid, payment } from '../../../../packages/core/fixtures/sample.ts'
import { reconciliationIssuePage } from '../../../../packages/server/src/http/schemas/responses/orders.ts'
import { loseTheCancelAndEveryRecord, problem } from '../fixtures/merchant.ts'
import { amount, createShopWithReceiver, instant } from '../fixtures/unmatched-payment.ts'

describe('GET /reconciliation-issues', () => {
  it('T20: shows a second payment with its evidence until the merchant closes the issue', async () => {
    const shop = createShopWithReceiver()
    await shop.order('E-two')
    await shop.report('E-two', await shop.pay('E-two'))
    const imp_uid = await shop.payAgain('E-two')
    expect(await shop.report('E-two', imp_uid)).toMatchObject({ body: { status: 'success' } })
    const open = {
      id: `duplicate_paid:${imp_uid}`,
      kind: 'duplicate_paid',
      merchant_uid: 'E-two',
      imp_uid,
      reason: null,
      is_charged: 'yes',
      payment_status: 'paid',
      amount,
      currency: 'KRW',
      cancelled_amount: 0,
      pay_method: 'card',
      pg_provider: 'html5_inicis',
      policy: 'report',
      outcome: null,
      tries: 0,
      created_at: instant,
      closed_at: null,
    }
    expect(await shop.send('/reconciliation-issues')).toEqual({
      status: 200,
      body: { reconciliation_issues: [open], next: null },
    })

    const read = () => shop.send(`/reconciliation-issues/duplicate_paid:${imp_uid}`)
    expect(await read()).toEqual({ status: 200, body: open })

    const closed = { ...open, outcome: 'closed_by_merchant', closed_at: instant }
    const close = () => shop.post(`/reconciliation-issues/duplicate_paid:${imp_uid}/close`, {})
    expect(await close()).toEqual({ status: 200, body: closed })
    expect(await close()).toEqual({ status: 200, body: closed })
    expect(await read()).toEqual({ status: 200, body: closed })
    expect(await shop.send('/reconciliation-issues')).toEqual({
      status: 200,
      body: { reconciliation_issues: [], next: null },
    })
    expect(await shop.all('E-two')).toEqual([closed])
  })

  it('T21: shows the outcome of refunding a second payment', async () => {
    const shop = createShopWithReceiver()
    await shop.order('E-back', { unmatched: 'refund' })
    const first = await shop.pay('E-back')
    await shop.report('E-back', first)
    const second = await shop.payAgain('E-back')
    await shop.report('E-back', second)
    await shop.sweep()
    expect(await shop.all('E-back')).toMatchObject([{ outcome: 'refunded', closed_at: instant }])
    expect(await shop.send('/orders/E-back')).toMatchObject({
      body: { status: 'paid', imp_uid: first, cancelled_amount: 0 },
    })
    expect(await shop.send('/orders/E-back/cancels')).toEqual({
      status: 200,
      body: {
        cancels: [
          {
            imp_uid: second,
            checksum: amount,
            amount,
            currency: 'KRW',
            asked_by: 'policy',
            tax_free: null,
            vat_amount: null,
            state: 'confirmed',
            detail: null,
            requested_at: instant,
            settled_at: instant,
          },
        ],
        revocations: [],
      },
    })
  })

  it('returns them in pages, newest first, each once', async () => {
    const shop = createShopWithReceiver()
    const ids = Array.from({ length: 5 }, (_, at) => impUid(`imp_page${at}`))
    for (const [at, uid] of ids.entries()) {
      // Two of them have the same time.
      const now = () => new Date(4_000_000_000_000 + Math.min(at, 3))
      const { reconciliationIssues } = createD1Store(env.DB, { now })
      await reconciliationIssues.add([
        { kind: 'order_unknown', payment: payment({ imp_uid: uid }) },
      ])
    }
    const seen: unknown[] = []
    let after = ''
    for (let page = 0; page < 3; page++) {
      const { body } = await shop.send(
        `/reconciliation-issues?state=all&limit=2&after=${encodeURIComponent(after)}`,
      )
      const { reconciliation_issues, next } = reconciliationIssuePage.parse(body)
      seen.push(...reconciliation_issues.map(({ imp_uid }) => imp_uid))
      after = String(next)
    }
    expect(seen.slice(0, 5)).toEqual(ids.toReversed())
    expect(await shop.send('/reconciliation-issues?limit=0')).toMatchObject({ status: 400 })
  })

  it('is for the merchant only', async () => {
    const shop = createShopWithReceiver()
    const headers = { authorization: 'Bearer another-key' }
    for (const path of [
      '/reconciliation-issues',
      '/reconciliation-issues/x',
      '/orders/E-two/cancels',
    ]) {
      expect(await shop.send(path, { headers })).toMatchObject({
        status: 401,
        body: { error: 'unauthorized' },
      })
    }
  })

  it('refuses an unknown state and an unknown issue', async () => {
    const shop = createShopWithReceiver()
    expect(await shop.send('/reconciliation-issues?state=closed')).toEqual(
      problem(
        400,
        'request_invalid',
        'A field is missing, unknown or malformed',
        'state: open, all',
      ),
    )
    const unknown = problem(404, 'reconciliation_issue_unknown', 'Reconciliation issue not found')
    expect(await shop.send('/reconciliation-issues/late_paid:imp_0')).toEqual(unknown)
    expect(await shop.post('/reconciliation-issues/late_paid:imp_0/close', {})).toEqual(unknown)
    expect(await shop.send('/orders/E-none/cancels')).toMatchObject({ status: 404 })
  })
})

describe('GET /orders/{merchant_uid}/cancels', () => {
  const paid = async (shop: ReturnType<typeof createShopWithReceiver>, id: string) => {
    await shop.order(id)
    await shop.report(id, await shop.pay(id))
  }
  const states = async (shop: ReturnType<typeof createShopWithReceiver>, id: string) => {
    const { body } = await shop.send(`/orders/${id}/cancels`)
    const list: unknown = body['cancels']
    return Array.isArray(list) ? list.map(({ state, detail }) => ({ state, detail })) : []
  }

  it('T15: shows a cancel without a known outcome as unknown, and later what the record shows', async () => {
    const shop = createShopWithReceiver()
    await paid(shop, 'X-lost')
    await loseTheCancelAndEveryRecord(shop)
    expect(await shop.post('/orders/X-lost/cancel', { amount: 900 })).toMatchObject({
      status: 503,
      body: { error: 'outcome_unknown' },
    })
    expect(await states(shop, 'X-lost')).toEqual([{ state: 'unknown', detail: null }])
    await shop.control('/faults', {}, 'DELETE')
    await shop.sweep()
    expect(await states(shop, 'X-lost')).toEqual([{ state: 'confirmed', detail: null }])
    expect(await shop.send('/orders/X-lost')).toMatchObject({ body: { cancelled_amount: 900 } })
  })

  it('T15: sends no second cancel while it is unknown whether the first took place', async () => {
    const shop = createShopWithReceiver()
    await paid(shop, 'X-once')
    await shop.control('/faults', { fault: 'gateway_timeout', path: '/payments/cancel', times: 2 })
    const cancel = () => shop.post('/orders/X-once/cancel', { amount: 900 })
    expect(await cancel()).toMatchObject({ status: 503, body: { error: 'outcome_unknown' } })
    expect(await cancel()).toMatchObject({ status: 503, body: { error: 'outcome_unknown' } })
    expect(await shop.send('/orders/X-once')).toMatchObject({ body: { cancelled_amount: 0 } })
    for (let minute = 0; minute < 15; minute++) await shop.sweep()
    expect(await states(shop, 'X-once')).toEqual([
      { state: 'refused', detail: 'it did not take place' },
    ])
    expect(await cancel()).toMatchObject({ status: 200, body: { cancelled_amount: 900 } })
    expect(await states(shop, 'X-once')).toEqual([{ state: 'confirmed', detail: null }])
  })

  it("shows the provider's message of a refusal", async () => {
    const shop = createShopWithReceiver()
    await paid(shop, 'X-refused')
    await shop.control('/faults', { fault: 'pg_refused', path: '/payments/cancel' })
    await shop.post('/orders/X-refused/cancel', {})
    expect(await states(shop, 'X-refused')).toEqual([
      { state: 'refused', detail: 'PG사 오류입니다.' },
    ])
  })
})
