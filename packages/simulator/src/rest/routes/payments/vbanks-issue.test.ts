import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'
import type { SimulatorOptions } from '../../../options.ts'

const day = 24 * 60 * 60
const due = fixedTimeSeconds + day
const order = {
  channel_key: 'channel-key-nice_v2-api',
  merchant_uid: 'order-1',
  amount: 30_000,
  name: '책 세 권',
  vbank_code: '004',
  vbank_due: due,
}
const setUp = (options: SimulatorOptions = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' }, ...options })
  const issue = (body: Record<string, unknown> = {}) =>
    merchant.send('POST', '/vbanks', { ...order, ...body })
  const issued = async (body: Record<string, unknown> = {}) =>
    String(fieldOf(await issue(body), 'imp_uid'))
  const webhooks = async (): Promise<unknown[]> => {
    await merchant.simulator.waitForIdle()
    return merchant.receivedRequests.map(({ body }): unknown => JSON.parse(body))
  }
  return { ...merchant, issue, issued, webhooks }
}

describe('POST /vbanks', () => {
  it('issues an account, and sends webhooks of the issue and the deposit', async () => {
    const { issue, control, webhooks } = setUp()
    const response = await issue({ vbank_holder: '키사이드', custom_data: 'a' })
    const impUid = fieldOf(response, 'imp_uid')
    const deposited = await control(`/payments/${String(impUid)}/deposit`)

    expect(response.status).toBe(200)
    expect(response.body['response']).toMatchObject({
      merchant_uid: 'order-1',
      status: 'ready',
      amount: 30_000,
      pay_method: 'vbank',
      channel: 'api',
      vbank_code: '004',
      vbank_num: expect.stringMatching(/^\d{14}$/),
      vbank_holder: '키사이드',
      vbank_date: due,
      vbank_issued_at: fixedTimeSeconds,
      paid_at: 0,
      custom_data: 'a',
    })
    expect(deposited.body).toMatchObject({ status: 'paid', paid_at: fixedTimeSeconds })
    expect(await webhooks()).toEqual([
      { imp_uid: impUid, merchant_uid: 'order-1', status: 'ready' },
      { imp_uid: impUid, merchant_uid: 'order-1', status: 'paid' },
    ])
  })

  it('accepts a form, a trailing slash and each PG’s spelling of a bank', async () => {
    const { authorized } = setUp()
    for (const [index, vbank_code] of ['4', '04', '004', 'BK04'].entries()) {
      const merchant_uid = `order-${index}`
      const body = new URLSearchParams(
        Object.entries({ ...order, merchant_uid, vbank_code }).map(([name, value]) => [
          name,
          String(value),
        ]),
      )
      const response = await authorized('/vbanks/', { method: 'POST', body })
      expect(fieldOf(response, 'vbank_code')).toBe('004')
    }
  })

  for (const wrong of [
    { channel_key: 'channel-key-kakaopay' },
    { channel_key: 'channel-key-html5_inicis' },
    { channel_key: 'channel-key-html5_inicis', vbank_holder: '키사이드', buyer_name: '홍길동' },
    { vbank_code: null },
    { vbank_code: '999' },
    { vbank_due: null },
    { vbank_due: fixedTimeSeconds - 1 },
    { amount: 0 },
    { merchant_uid: null },
  ]) {
    it(`refuses ${JSON.stringify(wrong)} and issues nothing`, async () => {
      const { issue, webhooks, get } = setUp()
      const response = await issue(wrong)
      expect([response.body['code'], response.body['response']]).toEqual([1, null])
      expect((await get('/payments/find/order-1')).status).toBe(404)
      expect(await webhooks()).toEqual([])
    })
  }

  it('does not change an account past its due date, and sends no webhook', async () => {
    const { issued, simulator, call, login, webhooks } = setUp()
    const impUid = await issued()
    await simulator.clock.advance(2 * day * 1000)
    const authorization = await login()
    const read = await call(`/payments/${impUid}?include_sandbox=true`, {
      headers: { authorization },
    })
    expect([fieldOf(read, 'status'), fieldOf(read, 'vbank_date')]).toEqual(['ready', due])
    expect(await webhooks()).toHaveLength(1)
  })

  for (const [lateDeposits, status] of [
    ['accepted', 200],
    ['refused', 409],
  ] as const) {
    it(`has late deposits ${lateDeposits} when lateDeposits is set so`, async () => {
      const { issued, simulator, control } = setUp({ lateDeposits })
      const impUid = await issued()
      await simulator.clock.advance(2 * day * 1000)
      expect((await control(`/payments/${impUid}/deposit`)).status).toBe(status)
    })
  }

  it('refunds to the buyer’s account', async () => {
    const { issued, control, send } = setUp()
    const imp_uid = await issued()
    await control(`/payments/${imp_uid}/deposit`)
    const account = { refund_holder: '홍길동', refund_bank: '004', refund_account: '123' }
    const response = await send('POST', '/payments/cancel', {
      imp_uid,
      ...account,
      checksum: 30_000,
    })
    expect(fieldOf(response, 'status')).toBe('cancelled')
  })
})

describe('a fixed account that takes any number of deposits', () => {
  const fixed = {
    channel_key: 'channel-key-settle',
    vbank_holder: '키사이드',
    vbank_num: '1002003004',
    fixed_unlimited_vbank: true,
  }

  it('is paid with the first deposit and lists them all, even after a cancel', async () => {
    const { issued, control, send } = setUp()
    const imp_uid = await issued(fixed)
    const deposit = (amount: number) =>
      control(`/payments/${imp_uid}/deposit`, { amount, depositor_name: '둘리' })
    const first = await deposit(10_000)
    const account = { refund_holder: '둘리', refund_bank: '004', refund_account: '123' }
    await send('POST', '/payments/cancel', { imp_uid, ...account })
    const second = await deposit(5000)

    const entry = {
      depositor_name: '둘리',
      deposited_at: fixedTimeSeconds,
      pg_tid: expect.any(String),
    }
    expect(first.body).toMatchObject({
      status: 'paid',
      vbank_num: '1002003004',
      deposit_history: [{ ...entry, amount: 10_000 }],
    })
    expect(second.body).toMatchObject({
      status: 'cancelled',
      deposit_history: [
        { ...entry, amount: 10_000 },
        { ...entry, amount: 5000 },
      ],
    })
  })

  for (const amount of ['much', -1, 0, 0.5]) {
    it(`refuses a deposit of ${amount}`, async () => {
      const { issued, control } = setUp()
      const response = await control(`/payments/${await issued(fixed)}/deposit`, { amount })
      expect(response).toEqual({ status: 409, body: { reason: 'amount_invalid' } })
    })
  }

  it('keeps its amount when it is changed', async () => {
    const { issued, send } = setUp()
    const response = await send('PUT', `/vbanks/${await issued(fixed)}`, { amount: 1 })
    expect(fieldOf(response, 'amount')).toBe(30_000)
  })
})

describe('PUT /vbanks/{imp_uid}', () => {
  const settle = { channel_key: 'channel-key-settle', vbank_holder: '키사이드' }

  it('changes the amount and the due date of a waiting account', async () => {
    const { issued, send } = setUp()
    const path = `/vbanks/${await issued(settle)}`
    const amount = await send('PUT', path, { amount: 20_000 })
    const date = await send('PUT', path, { vbank_due: due + day })
    expect(
      [amount, date].map((response) => [
        fieldOf(response, 'amount'),
        fieldOf(response, 'vbank_date'),
      ]),
    ).toEqual([
      [20_000, due],
      [20_000, due + day],
    ])
  })

  for (const body of [{}, { amount: -1 }, { amount: 0.5 }, { vbank_due: fixedTimeSeconds }]) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const { issued, send } = setUp()
      expect((await send('PUT', `/vbanks/${await issued(settle)}`, body)).status).toBe(400)
    })
  }

  it('refuses another PG’s account, a paid one and an unknown one', async () => {
    const { issued, send, control } = setUp()
    const other = await issued()
    const paid = await issued({ ...settle, merchant_uid: 'order-2' })
    await control(`/payments/${paid}/deposit`)
    const responses = [other, paid, 'imp_none'].map((uid) =>
      send('PUT', `/vbanks/${uid}`, { amount: 100 }),
    )
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([400, 400, 404])
  })
})
