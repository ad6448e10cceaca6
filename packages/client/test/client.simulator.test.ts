import { type Channel, createClock, createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { createClient, payments, prepare, unwrap } from '../src/index.ts'
import { longTimeouts } from './manual-clock.ts'

const keys = { key: 'simulator-key', secret: 'simulator-secret' }
const at = new Date('2026-03-02T01:00:00Z')
const startedAt = at.getTime() / 1000

/** A simulated provider with one order of 10,000 won, paid by card, and a manual clock. */
async function paidOrder(merchantUid = '주문 1/가', channels?: readonly Channel[]) {
  const clock = createClock({ at })
  const { fetch, paymentWindow } = createSimulator({
    clock,
    ...(channels === undefined ? {} : { channels }),
  })
  const opened = paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: 'test',
    params: {
      merchant_uid: merchantUid,
      amount: 10_000,
      name: '티셔츠',
      buyer_tel: '010-1234-5678',
      pay_method: 'card',
    },
  })
  if (!opened.ok) throw new Error(opened.error_msg)
  await paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
  const now = () => clock.now().getTime()
  const client = createClient({ ...keys, ...longTimeouts, fetch, now, random: () => 0 })
  return { client, clock, fetch, imp_uid: opened.imp_uid, merchant_uid: merchantUid }
}

async function injectFault(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  rule: object,
) {
  const body = JSON.stringify(rule)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch('https://api.iamport.kr/_simulator/faults', {
    method: 'POST',
    body,
    headers,
  })
  expect(response.ok).toBe(true)
}

describe('the client with a simulated provider', () => {
  it('reads a payment of a test channel by its id', async () => {
    const { client, imp_uid, merchant_uid } = await paidOrder()
    const record = unwrap(await client.call(payments.get, { imp_uid, include_sandbox: true }))
    expect(record).toMatchObject({
      imp_uid,
      merchant_uid,
      status: 'paid',
      amount: 10_000,
      cancel_amount: 0,
      currency: 'KRW',
      sandbox: true,
      paid_at: startedAt,
      cancel_history: [],
    })
    expect(await client.call(payments.get, { imp_uid })).toEqual({
      ok: false,
      failure: {
        reason: 'not_found',
        httpStatus: 404,
        code: 1,
        message: '존재하지 않는 결제정보입니다.',
      },
    })
  })

  it('finds the payments of an order by every operation', async () => {
    const { client, imp_uid, merchant_uid } = await paidOrder()
    const newest = unwrap(await client.call(payments.find, { merchant_uid }))
    const ofStatus = unwrap(
      await client.call(payments.find, { merchant_uid, payment_status: 'paid' }),
    )
    const page = unwrap(
      await client.call(payments.findAll, { merchant_uid, payment_status: 'paid' }),
    )
    const byStatus = unwrap(
      await client.call(payments.byStatus, { payment_status: 'all', limit: 10, sorting: '-paid' }),
    )
    expect([newest.imp_uid, ofStatus.imp_uid]).toEqual([imp_uid, imp_uid])
    for (const { total, previous, next, list } of [page, byStatus]) {
      expect([total, previous, next, list.map((one) => one.imp_uid)]).toEqual([1, 0, 0, [imp_uid]])
    }
  })

  it('reports when only some of several payments exist', async () => {
    const { client, imp_uid } = await paidOrder()
    const result = await client.call(payments.several, { imp_uid: [imp_uid, 'imp_000000000000'] })
    expect([unwrap(result).map((one) => one.imp_uid), result.ok && result.partial]).toEqual([
      [imp_uid],
      true,
    ])
  })

  it('cancels a part, then the rest, and is refused a third time', async () => {
    const { client, imp_uid } = await paidOrder()
    const part = { imp_uid, amount: 4000, checksum: 10_000, reason: '부분 환불' }
    expect(unwrap(await client.call(payments.cancelPart, part)).cancel_amount).toBe(4000)
    expect(await client.call(payments.cancelPart, part)).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 200 },
    })
    const rest = unwrap(await client.call(payments.cancelAll, { imp_uid, checksum: 6000 }))
    expect([rest.status, rest.cancel_amount, rest.cancel_history.length]).toEqual([
      'cancelled',
      10_000,
      2,
    ])
    expect(await client.call(payments.cancelAll, { imp_uid, checksum: 6000 })).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 200, code: 1 },
    })
  })

  it('cancels once when the response to a cancel is lost, and reports outcome_unknown', async () => {
    const { client, fetch, imp_uid } = await paidOrder()
    await injectFault(fetch, { fault: 'reset_after', path: '/payments/cancel', times: 1 })
    const part = { imp_uid, amount: 4000, checksum: 10_000 }
    expect(await client.call(payments.cancelPart, part)).toMatchObject({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.get', params: { imp_uid } },
        cause: { reason: 'refused' },
      },
    })
    const record = unwrap(await client.call(payments.get, { imp_uid, include_sandbox: true }))
    expect([record.cancel_amount, record.cancel_history.length]).toEqual([4000, 1])
  })

  it('registers, changes and reads the amount of an order', async () => {
    const { client } = await paidOrder()
    const first = { merchant_uid: 'ORD-2', amount: 10.5, currency: 'USD' }
    const second = { ...first, amount: 11 }
    expect([
      unwrap(await client.call(prepare.post, first)),
      unwrap(await client.call(prepare.put, second)),
      unwrap(await client.call(prepare.get, { merchant_uid: 'ORD-2' })),
    ]).toEqual([first, second, second])
  })

  it('continues when its token expires', async () => {
    const { client, clock, imp_uid } = await paidOrder()
    const read = () => client.call(payments.get, { imp_uid, include_sandbox: true })
    const before = unwrap(await read())
    await clock.advance(40 * 60_000)
    expect(unwrap(await read())).toEqual(before)
  })

  it('reports wrong credentials', async () => {
    const { fetch } = createSimulator()
    const client = createClient({
      key: 'wrong-key',
      secret: 'wrong-secret',
      ...longTimeouts,
      fetch,
    })
    expect(await client.call(payments.get, { imp_uid: 'imp_1' })).toEqual({
      ok: false,
      failure: {
        reason: 'unauthorized',
        httpStatus: 401,
        code: -1,
        message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
      },
    })
  })

  it('reads a balance by source where the PG has one, and is refused for any other PG', async () => {
    const payco = {
      pg_provider: 'payco',
      pg_id: 'PARTNERTEST',
      channel_key: 'channel-key-payco',
      type: 'payment',
      sandbox: true,
      module: 'legacy',
      store_id: 'store-1',
    } as const
    const paycoPayment = await paidOrder('ORD-3', [payco])
    const none = { tax_free: 0, supply: 0, vat: 0, service: 0 }
    const balance = unwrap(
      await paycoPayment.client.call(payments.balance, { imp_uid: paycoPayment.imp_uid }),
    )
    expect([balance.amount, balance.discount]).toEqual([10_000, none])

    const other = await paidOrder()
    expect(await other.client.call(payments.balance, { imp_uid: other.imp_uid })).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 405,
        code: 1,
        message: '지원되지 않는 PG사입니다.',
      },
    })
  })

  const outcomes = {
    unauthorized: ['unauthorized'],
    not_found: ['not_found'],
    refused: ['refused', 'pg_refused', 'forbidden'],
    rate_limited: ['too_many', 'too_many_bare'],
    unexpected_status: ['redirect'],
    server_error: [
      'error_html',
      'error_json',
      'bad_gateway_html',
      'unavailable_json',
      'request_timeout',
    ],
    malformed_response: [
      'null_response',
      'empty_body',
      'html',
      'truncated_json',
      'doubled_body',
      'other_payment',
    ],
    unreachable: ['reset', 'reset_after'],
    timeout: ['hang', 'stalled_body', 'stalled_last_byte'],
    paid: ['byte_order_mark', 'wrong_charset', 'created', 'slow'],
  }
  const faults = Object.entries(outcomes).flatMap(([outcome, names]) =>
    names.map((fault) => [fault, outcome] as const),
  )

  it.each(faults)('T12: reports the fault %s as %s', async (fault, outcome) => {
    const { client, fetch, imp_uid } = await paidOrder()
    await injectFault(fetch, { fault, path: '/payments/{imp_uid}', times: 'always' })
    const params = { imp_uid, include_sandbox: true }
    // Only a call that never gets a response may time out.
    const options = outcome === 'timeout' ? { attemptTimeoutMs: 50 } : {}
    const result = await client.call(payments.get, params, options)
    expect(result.ok ? result.value.status : result.failure.reason).toBe(outcome)
  })
})
