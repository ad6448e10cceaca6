import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

const failed = 'The payment was not completed. You can try again.'
const pending = {
  status: 202,
  body: {
    status: 'pending',
    message: 'We are checking the payment. Please wait a moment and do not pay again.',
  },
}
const success = { status: 200, body: { status: 'success', message: 'The payment is complete.' } }
const received = {
  status: 200,
  body: {
    status: 'received',
    message: 'The result was received. It is not a payment of an order.',
  },
}
const alreadyPaid = {
  success: false,
  imp_uid: null,
  error_code: 'F1002',
  error_msg: '이미 결제가 이루어진 거래건입니다.',
}

const locationOf = async (response: Response | Promise<Response>) =>
  (await response).headers.get('location')
const query = (fields: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))

describe('an imp_uid alone', () => {
  it('is looked up, and its record names the order', async () => {
    const shops = [
      async ({ complete, imp_uid }: Shop) => (await read(complete({ imp_uid }))).status,
      async ({ complete, imp_uid }: Shop) =>
        (await complete(`imp_uid=${imp_uid}`, { 'content-type': form })).status,
      async ({ webhook, imp_uid }: Shop) => (await webhook({ imp_uid, status: 'paid' })).status,
      async ({ app, imp_uid }: Shop) =>
        (await locationOf(app.request(`/payments/redirect?imp_uid=${imp_uid}`))) === pages.success,
    ]
    const outcomes = []
    for (const send of shops) {
      const fixture = createFixture()
      fixture.order('ORD-1')
      const imp_uid = await fixture.pay('ORD-1')
      outcomes.push([await send({ ...fixture, imp_uid }), fixture.store.changes.length])
    }
    expect(outcomes).toEqual([
      [200, 1],
      [200, 1],
      [200, 1],
      [true, 1],
    ])
  })

  it('does not count when the order that comes with it is another one', async () => {
    const { order, pay, complete, store } = createFixture()
    order('ORD-A')
    const foreign = order('ORD-B')
    const imp_uid = await pay('ORD-A')
    expect((await read(complete({ imp_uid, merchant_uid: 'ORD-B' }))).status).toBe(409)
    expect(await store.find(foreign.merchantUid)).toEqual({ ok: true, value: foreign })
  })

  it('of somebody else shows a status, and no word of the record', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', {
      status: 'failed',
      overrides: { fail_reason: '[CC61] 거래금액 한도초과' },
    })
    const texts = async (fields: object) =>
      (await read(complete({ imp_uid, ...fields }))).body as unknown
    expect(await texts({})).toEqual({ status: 'failed', message: failed })
    expect(await texts({ success: false, error_msg: '취소' })).toEqual({
      status: 'failed',
      message: failed,
      error_msg: '취소',
    })
    expect(await texts({ merchant_uid: 'ORD-1' })).toEqual({
      status: 'failed',
      message: failed,
      error_msg: '[CC61] 거래금액 한도초과',
    })
  })

  it('that the provider does not know waits, and is sent again', async () => {
    const { complete, webhook } = createFixture()
    expect(await read(complete({ imp_uid: 'imp_111122223333' }))).toEqual(pending)
    expect((await webhook({ imp_uid: 'imp_111122223333' })).status).toBe(503)
  })
})

describe('a failure before any payment', () => {
  it.each([
    [{ success: false, request_id: 'req_1', error_code: '9010', error_msg: '인증에 실패' }],
    [{ error_code: '9010', error_msg: '인증에 실패', success: false }],
  ])('without ids keeps its texts: %o', async (value) => {
    expect(await read(createFixture().complete(value))).toEqual({
      status: 200,
      body: { status: 'failed', message: failed, error_code: '9010', error_msg: '인증에 실패' },
    })
  })

  it('of an order that another payment has paid or issued shows the order', async () => {
    const { order, pay, complete, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    await complete({ imp_uid, merchant_uid: 'ORD-1' })
    order('ORD-2')
    const account = { status: 'ready', pay_method: 'vbank', vbank_num: '110-1' }
    await complete({ imp_uid: await pay('ORD-2', account), merchant_uid: 'ORD-2' })
    const refusal = { success: false, imp_uid: null, error_code: 'F400', error_msg: '취소' }
    expect(await read(complete({ ...refusal, merchant_uid: 'ORD-1' }))).toEqual(success)
    const issued = await read(complete({ ...refusal, merchant_uid: 'ORD-2' }))
    expect(issued.body).toMatchObject({ status: 'vbankIssued' })
    const returned = query({ ...refusal, merchant_uid: 'ORD-1' })
    expect(await locationOf(app.request(`/payments/redirect?${returned}`))).toBe(pages.success)
  })

  it('waits while the store is unavailable', async () => {
    const { store } = createFixture()
    const failure = { reason: 'store_unavailable', cause: 'D1' } as const
    const find = async () => ({ ok: false, failure }) as const
    const { complete } = createFixture({ store: { ...store, find } })
    const refusal = { success: false, merchant_uid: 'ORD-1', error_msg: '취소' }
    expect(await read(complete(refusal))).toEqual(pending)
  })
})

describe('T60: a refusal because the order is paid never invites to pay again', () => {
  it('shows an order that is paid', async () => {
    const { order, pay, complete, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    await complete({ imp_uid, merchant_uid: 'ORD-1' })
    const refusal = { ...alreadyPaid, merchant_uid: 'ORD-1' }
    expect(await read(complete(refusal))).toEqual(success)
    expect(await locationOf(app.request(`/payments/redirect?${query(refusal)}`))).toBe(
      pages.success,
    )
  })

  it.each([
    ['an order whose payment is not known yet', { merchant_uid: 'ORD-1' }],
    ['an unknown order', { merchant_uid: 'ORD-X' }],
    ['no order', {}],
  ])('waits for %s', async (_title, ids) => {
    const { order, complete, app } = createFixture()
    order('ORD-1')
    const refusal = { ...alreadyPaid, ...ids }
    expect(await read(complete(refusal))).toEqual(pending)
    expect(await locationOf(app.request(`/payments/redirect?${query(refusal)}`))).toBe(
      pages.pending,
    )
  })

  it.each([
    ['F1002', ''],
    ['', 'F1002:이미 결제가 이루어진 거래건입니다.'],
    ['PG_PROVIDER_ERROR', '[ALREADY_PROCESSED_PAYMENT] 이미 처리된 결제 입니다.'],
    ['', '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)'],
    ['', '이미결제된 주문번호입니다'],
    ['', '이미 승인된 거래입니다.'],
    ['', '중복결제 오류'],
    ['X', 'This order has already been paid'],
    ['-702', 'payment is already done!'],
    ['AlreadyComplete', ''],
    ['ORDER_ALREADY_CAPTURED', 'Order already captured. Only one capture per order is allowed.'],
    ['DUPLICATE_INVOICE_ID', ''],
    ['', 'The requested invoice number has been previously captured.'],
    ['V801', '기승인된 거래입니다.'],
    ['', '[8094] 기 결제된 주문입니다'],
    ['', '이미 해당 주문번호로 결제되었습니다.'],
    ['', '이미 거래가 완료되었습니다'],
    ['', '이미 입금이 완료된 주문'],
    ['', '결제가 완료된 주문입니다.'],
    ['', '결제완료된 거래'],
    ['', '중복거래 오류(동일 주문번호)'],
    ['', '주문번호 중복 오류'],
    ['', '주문번호가 중복되었습니다.'],
    ['', '중복된 요청입니다'],
    ['', 'Duplicate transaction'],
    ['', 'Duplicated order number'],
  ])('reads the code %j and the text %j as such', async (error_code, error_msg) => {
    const { complete } = createFixture()
    expect(await read(complete({ success: false, error_code, error_msg }))).toEqual(pending)
  })

  it.each([
    ['F400', '사용자가 결제를 취소하였습니다.'],
    ['', '[결제포기] 사용자가 결제를 취소하셨습니다'],
    ['', '이미 결제창이 열려 있습니다.'],
    ['', '이미 취소된 거래입니다.'],
    ['F10021', '한도 초과'],
    ['', '결제가 완료되지 않았습니다.'],
    ['', '이미 사용된 쿠폰입니다.'],
    ['', '이미 만료된 카드입니다.'],
    ['', '이용 시간이 초과되었습니다. 다시 결제하기 바랍니다.'],
    ['', '거래가 거절되었습니다. 결제 금액을 확인하세요.'],
    ['', 'The payment could not be completed'],
    ['', 'The card was already cancelled'],
  ])('reads the code %j and the text %j as any failure', async (error_code, error_msg) => {
    const { complete } = createFixture()
    const response = await read(complete({ success: false, error_code, error_msg }))
    expect(response.body).toMatchObject({ status: 'failed', error_msg })
  })

  it('also where the record has the text', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', {
      status: 'failed',
      overrides: { fail_reason: alreadyPaid.error_msg },
    })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual(pending)
    const other = { success: false, merchant_uid: 'ORD-1', error_msg: '취소' }
    expect(await read(complete(other))).toEqual(pending)
    expect(await read(complete({ ...other, imp_uid }))).toEqual(pending)
  })
})

describe('a text that means nothing', () => {
  it('is never shown: the record has the reason', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-5')
    const imp_uid = await pay('ORD-5', {
      status: 'failed',
      overrides: { fail_reason: '[CC61] 거래금액 한도초과' },
    })
    const callback = {
      success: 'false',
      imp_uid,
      merchant_uid: 'ORD-5',
      error_code: 'undefined',
      error_msg: 'null',
      custom_data: '[object Object]',
    }
    const expected = {
      status: 200,
      body: { status: 'failed', message: failed, error_msg: '[CC61] 거래금액 한도초과' },
    }
    expect(await read(complete(callback))).toEqual(expected)
    const asForm = complete(String(query(callback)), { 'content-type': form })
    expect(await read(asForm)).toEqual(expected)
  })

  it('nor does it make a failure of an open payment', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    for (const error_msg of ['null', 'undefined', '[object Object]', 'NaN', ' ']) {
      const ids = { imp_uid, merchant_uid: 'ORD-1' }
      expect(await read(complete({ ...ids, success: false, error_msg }))).toEqual(pending)
    }
  })
})

describe('what is no payment of an order', () => {
  it('an identity verification is received', async () => {
    const { complete, webhook, app, lookups } = createFixture()
    const certification = {
      success: true,
      imp_uid: 'imp_1',
      merchant_uid: 'cert_1',
      pg_type: 'certification',
    }
    expect(await read(complete(certification))).toEqual(received)
    expect(await read(complete({ ...certification, success: false, imp_uid: null }))).toEqual(
      received,
    )
    expect(await read(webhook(certification))).toEqual({
      status: 200,
      body: { status: 'received' },
    })
    // Its return has no `pg_type`: the order is unknown, or the provider has no such payment.
    for (const returned of ['merchant_uid=cert_1&', 'pg_type=certification&', '']) {
      const url = `/payments/redirect?${returned}imp_uid=imp_1&success=true`
      expect(await locationOf(app.request(url))).toBe(pages.pending)
    }
    // One lookup, among real payments and then among those of test channels.
    expect(await lookups()).toBe(2)
  })

  it.each([
    [
      'with its amount',
      {
        amount: 0,
        customer_uid: 'm42_c1',
        overrides: { customer_uid_usage: 'issue' },
      },
    ],
    ['with the amount that was displayed', { overrides: { customer_uid_usage: 'issue' } }],
  ])('the registration of a card %s is received', async (_title, record) => {
    const { order, pay, complete, webhook, app, store } = createFixture()
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1', record)
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    expect(await read(complete({ ...ids, customer_uid: 'm42_c1', paid_amount: 0 }))).toEqual(
      received,
    )
    expect(await read(complete(ids))).toEqual(received)
    expect(await locationOf(app.request(`/payments/redirect?${query(ids)}`))).toBe(pages.pending)
    expect(await read(webhook({ ...ids, status: 'paid' }))).toEqual({
      status: 200,
      body: { status: 'received' },
    })
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it.each([
    [{ customer_uid: 'm42_c2' }],
    [{ customer_uid: 'm42_c1', paid_amount: 0, success: true, pg_type: 'payment' }],
  ])('the registration of a card without an order is received: %o', async (fields) => {
    const { complete, order, pay } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const callback = { imp_uid, ...fields }
    expect(await read(complete({ ...callback, merchant_uid: 'KEY-7f3a' }))).toEqual(received)
    expect(await read(complete({ ...callback, merchant_uid: 'ORD-1' }))).toEqual(success)
  })

  it('the webhook of a registration without an order is received, if it can be the provider’s', async () => {
    const issue = {
      amount: 0,
      customer_uid: 'm42_c1',
      overrides: { customer_uid_usage: 'issue' },
    }
    const outcomes = []
    for (const isProvider of [true, false]) {
      const fixture = createFixture({ isProvider: () => isProvider })
      const imp_uid = await fixture.pay('KEY-7f3a', issue)
      const webhook = { imp_uid, merchant_uid: 'KEY-7f3a', status: 'paid' }
      const { status } = await fixture.webhook(webhook)
      outcomes.push([status, await fixture.lookups()])
    }
    expect(outcomes).toEqual([
      [200, 1],
      [503, 0],
    ])
  })

  it('the webhook of money for an unknown order is sent again', async () => {
    const { pay, webhook } = createFixture({ isProvider: () => true })
    const imp_uid = await pay('ORD-X')
    expect((await webhook({ imp_uid, merchant_uid: 'ORD-X', status: 'paid' })).status).toBe(503)
    expect((await webhook({ imp_uid: 'imp_1', merchant_uid: 'ORD-X' })).status).toBe(503)
  })

  it.each([
    '{"imp_uid":"imp_1","merchant_uid":"ORD-X"}',
    'imp_uid=imp_1&merchant_uid=ORD-X&customer_uid=',
    'imp_uid=imp_1&merchant_uid=ORD-X&customer_uid=null',
    'imp_uid=imp_1&merchant_uid=ORD-X&customer_uid=m42_c1&paid_amount=64900',
  ])('a payment of an unknown order is not taken for one: %s', async (body) => {
    const response = await read(createFixture().complete(body))
    expect([response.status, response.body]).toMatchObject([409, { status: 'forgery' }])
  })

  it('a payment of the wrong amount stays a forgery, whatever key comes with it', async () => {
    const { complete, order, pay } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { amount: 100 })
    const response = complete({ imp_uid, merchant_uid: 'ORD-1', customer_uid: 'm42_c1' })
    expect((await read(response)).body).toMatchObject({ status: 'forgery' })
  })
})

describe('messages of version V2', () => {
  it.each([
    [{ type: 'Transaction.Paid', timestamp: 't', data: { paymentId: 'p', transactionId: 't' } }],
    [{ tx_id: 't', payment_id: 'p', status: 'Paid' }],
  ])('the webhook %o is refused with its cause', async (body) => {
    const { webhook, reports } = createFixture()
    expect(await read(webhook(body, { 'accept-language': 'ko' }))).toEqual({
      status: 400,
      body: {
        status: 'invalid',
        error: 'webhook_v2',
        message:
          '결제 알림을 읽을 수 없습니다: V2 웹훅 (포트원 관리자콘솔 > 결제 연동 > 웹훅 버전에서 V1 선택)',
      },
    })
    expect(reports).toEqual([
      { kind: 'refused_request', route: 'webhook', failure: { reason: 'webhook_v2' } },
    ])
  })

  it('a result of the V2 script is refused with its cause, and a return waits', async () => {
    const { complete, app } = createFixture()
    const result = { transactionType: 'PAYMENT', txId: 't', paymentId: 'p', code: 'X' }
    expect(await read(complete(result))).toEqual({
      status: 400,
      body: {
        status: 'invalid',
        error: 'browser_sdk_v2',
        message: 'Cannot read notice: V2 browser SDK; V1 has IMP.request_pay',
      },
    })
    expect(await locationOf(app.request(`/payments/redirect?${query(result)}`))).toBe(pages.pending)
  })
})

describe('the same buyer again', () => {
  it('returns before and after the approval', async () => {
    const { order, pay, app, control } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const url = `/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    expect(await locationOf(app.request(url))).toBe(pages.pending)
    await control(`/payments/${imp_uid}/approve`, {})
    expect(await locationOf(app.request(url))).toBe(pages.success)
    expect(await locationOf(app.request(url))).toBe(pages.success)
  })

  it('with the flag success=false on a paid record, and with three fields only', async () => {
    const { order, pay, complete, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { pay_method: 'point' })
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    expect(await read(complete({ ...ids, success: false, error_msg: '실패' }))).toEqual(success)
    const three = query({ ...ids, imp_success: 'false' })
    expect(await locationOf(app.request(`/payments/redirect?${three}`))).toBe(pages.success)
  })
})

const form = 'application/x-www-form-urlencoded'
type Shop = ReturnType<typeof createFixture> & { readonly imp_uid: string }
