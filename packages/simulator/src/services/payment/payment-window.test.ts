import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../test/merchant.ts'
import type { OpenResult, WindowRequest } from '../../domain/payment/window.ts'

type Merchant = ReturnType<typeof createMerchant>

const params = { pg: 'html5_inicis', merchant_uid: 'order-1', name: '동백 찻잔', amount: 1000 }
const request = (over: Record<string, unknown> = {}, userCode = 'imp00000000'): WindowRequest => ({
  user_code: userCode,
  device: 'pc',
  user_agent: 'Browser/1',
  params: { ...params, ...over },
})

const opened = ({ simulator }: Merchant, over: Record<string, unknown> = {}): string => {
  const response = simulator.paymentWindow.open(request(over))
  if (!response.ok) throw new TypeError(`No window opened: ${response.error_msg}`)
  return response.imp_uid
}

const refusal = (error_code: string, error_msg: string, merchant_uid = 'order-1'): OpenResult => ({
  ok: false,
  imp_uid: null,
  merchant_uid,
  error_code,
  error_msg,
})

describe('opening a window', () => {
  it('records a ready payment with the shop’s parameters', async () => {
    const merchant = createMerchant()
    const impUid = opened(merchant, { custom_data: { a: 1 }, buyer_name: '홍길동' })
    const response = await merchant.get(`/payments/${impUid}?include_sandbox=true`)

    expect(impUid).toMatch(/^imp_\d{12}$/)
    expect(response.body['response']).toMatchObject({
      imp_uid: impUid,
      status: 'ready',
      name: '동백 찻잔',
      custom_data: '{"a":1}',
      buyer_name: '홍길동',
      buyer_email: '',
      channel: 'pc',
      user_agent: 'Browser/1',
      started_at: fixedTimeSeconds,
      paid_at: 0,
      vbank_num: null,
    })
  })

  for (const [pg, provider] of [
    ['kcp', 'kcp'],
    ['kcp.T0000', 'kcp'],
    ['kcp.unknown', 'kcp'],
    ['unheard_of', 'html5_inicis'],
    [undefined, 'html5_inicis'],
  ] as const) {
    it(`selects ${provider} for pg ${pg ?? 'absent'}`, () => {
      const response = createMerchant().simulator.paymentWindow.open(request({ pg }))
      expect(response.ok && response.channel.pg_provider).toBe(provider)
    })
  }

  it('prefers the channel of a channelKey to pg', () => {
    const { paymentWindow } = createMerchant().simulator
    const response = paymentWindow.open(request({ channelKey: 'channel-key-kakaopay' }))
    expect(response.ok && response.channel.pg_provider).toBe('kakaopay')
  })

  it('does not open for an unknown merchant code or channel key', () => {
    const { paymentWindow } = createMerchant().simulator
    const missing = refusal('NOT_READY', '등록 된 PG 설정 정보를 찾을 수 없습니다.')
    expect(paymentWindow.open(request({}, 'imp99999999'))).toEqual(missing)
    expect(paymentWindow.open(request({ channelKey: 'channel-key-none' }))).toEqual(missing)
    expect(paymentWindow.channels('imp99999999')).toBeNull()
  })

  it('does not open on a channel of another type', () => {
    const channel = {
      pg_provider: 'danal',
      pg_id: 'A010002002',
      channel_key: 'channel-key-danal',
      type: 'certification',
      sandbox: true,
      module: 'legacy',
      store_id: 'store-1',
    } as const
    const { paymentWindow } = createMerchant({ channels: [channel] }).simulator
    expect(paymentWindow.open(request())).toEqual(
      refusal('F1001', '등록되지 않은 PG모듈 정보입니다.'),
    )
  })

  it('does not open for an order that was paid, even if it was cancelled since', async () => {
    const merchant = createMerchant()
    await merchant.seedPayment({ status: 'cancelled' })
    expect(merchant.simulator.paymentWindow.open(request())).toEqual(
      refusal('F1002', '이미 결제가 이루어진 거래건입니다.'),
    )
  })

  it('opens again for an order whose attempts failed or were abandoned', async () => {
    const merchant = createMerchant()
    await merchant.seedPayment({ status: 'failed' })
    const first = opened(merchant)
    expect(opened(merchant)).not.toBe(first)
  })

  for (const over of [
    { amount: '1000' },
    { amount: 0 },
    { amount: -1 },
    { amount: 10.5 },
    { merchant_uid: 'x'.repeat(41) },
    { merchant_uid: 7 },
  ]) {
    it(`does not open for ${JSON.stringify(over)}, and records nothing`, async () => {
      const merchant = createMerchant()
      const response = merchant.simulator.paymentWindow.open(request(over))
      const { body } = await merchant.get('/payments/status/all')

      expect(response).toMatchObject({ ok: false, imp_uid: null, error_code: 'F400' })
      expect(body['response']).toMatchObject({ total: 0 })
    })
  }

  it('opens with the amount 0 only to issue a billing key', () => {
    const { paymentWindow } = createMerchant().simulator
    expect(paymentWindow.open(request({ amount: 0, customer_uid: 'buyer-1' })).ok).toBe(true)
  })

  for (const [prepared, opens] of [
    [{ amount: 1000 }, true],
    [{ amount: 999 }, false],
    [{ amount: 1000, currency: 'KRW' }, true],
    [{ amount: 1000, currency: 'USD' }, false],
  ] as const) {
    it(`T1: ${opens ? 'opens' : 'does not open'} when ${JSON.stringify(prepared)} was registered`, async () => {
      const merchant = createMerchant()
      await merchant.send('POST', '/payments/prepare', { merchant_uid: 'order-1', ...prepared })
      expect(merchant.simulator.paymentWindow.open(request()).ok).toBe(opens)
    })
  }
})

describe('pressing a button in the window', () => {
  it('approves a card', async () => {
    const merchant = createMerchant()
    const { paymentWindow } = merchant.simulator
    const card = { name: '현대카드', code: '367', quota: 3 }
    const impUid = opened(merchant)
    const result = await paymentWindow.approve(impUid, { card })

    expect(result).toMatchObject({
      imp_uid: impUid,
      merchant_uid: 'order-1',
      ok: true,
      error_code: null,
      error_msg: null,
      payment: { status: 'paid', card_name: '현대카드', card_quota: 3, paid_at: fixedTimeSeconds },
    })
    expect(paymentWindow.view(impUid)?.status).toBe('paid')
  })

  it('issues a virtual account that waits for its deposit', async () => {
    const merchant = createMerchant()
    const impUid = opened(merchant, { pay_method: 'vbank', vbank_due: '2026-03-05' })
    const result = await merchant.simulator.paymentWindow.approve(impUid, {
      vbank: { code: '088', name: '신한은행' },
    })

    expect([result.ok, result.payment]).toMatchObject([
      true,
      {
        status: 'ready',
        paid_at: 0,
        vbank_code: '088',
        vbank_name: '신한은행',
        vbank_num: expect.stringMatching(/^\d{14}$/),
        vbank_date: Date.parse('2026-03-05T23:59:59+09:00') / 1000,
        vbank_issued_at: fixedTimeSeconds,
      },
    ])
  })

  it('records a refusal of the PG with its own text', async () => {
    const merchant = createMerchant()
    const impUid = opened(merchant)
    const error = { error_code: '8105', error_msg: '한도초과' }
    const result = await merchant.simulator.paymentWindow.decline(impUid, error)

    expect(result).toMatchObject({
      ok: false,
      ...error,
      payment: { status: 'failed', fail_reason: '한도초과', failed_at: fixedTimeSeconds },
    })
  })

  for (const [pg, status, error_code, error_msg] of [
    ['html5_inicis', 'failed', null, '사용자가 결제를 취소하셨습니다'],
    ['kcp', 'ready', null, '[결제포기] 사용자가 결제를 취소하셨습니다'],
    ['tosspayments', 'ready', 'F400', '사용자가 결제를 취소하였습니다.'],
  ] as const) {
    it(`has a payment ${status} when the buyer cancels at ${pg}`, async () => {
      const merchant = createMerchant()
      const result = await merchant.simulator.paymentWindow.cancel(opened(merchant, { pg }))
      expect(result).toMatchObject({ ok: false, error_code, error_msg, payment: { status } })
    })
  }

  it('keeps the first result when the window is submitted twice', async () => {
    const merchant = createMerchant()
    const { paymentWindow } = merchant.simulator
    const impUid = opened(merchant)
    const [first, second] = await Promise.all([
      paymentWindow.approve(impUid, {}),
      paymentWindow.approve(impUid, {}),
    ])
    const late = await paymentWindow.decline(impUid, { error_code: 'X', error_msg: 'too late' })

    expect(second).toEqual(first)
    expect(late).toEqual(first)
  })

  it('cannot be pressed for a payment that was never opened', async () => {
    const { paymentWindow } = createMerchant().simulator
    expect(paymentWindow.view('imp_none')).toBeNull()
    await expect(paymentWindow.approve('imp_none', {})).rejects.toThrow(TypeError)
  })
})

describe('confirm_url', () => {
  const confirm_url = 'https://shop.example/confirm'

  it('is called before the approval, which needs 200', async () => {
    const merchant = createMerchant()
    const impUid = opened(merchant, { confirm_url })
    const result = await merchant.simulator.paymentWindow.approve(impUid, {})

    expect(result.ok).toBe(true)
    expect(merchant.receivedRequests).toEqual([
      {
        url: confirm_url,
        contentType: 'application/json',
        body: JSON.stringify({ imp_uid: impUid, merchant_uid: 'order-1', amount: 1000 }),
      },
    ])
  })

  for (const [name, respond, reason] of [
    ['a reason', () => Response.json({ reason: '재고 부족' }, { status: 500 }), '재고 부족'],
    ['no reason', () => new Response('no', { status: 409 }), '알 수 없음'],
    ['a response of 201', () => new Response('', { status: 201 }), '알 수 없음'],
    ['a broken connection', () => Promise.reject(new TypeError('down')), '알 수 없음'],
    ['silence', () => new Promise<Response>(() => {}), '알 수 없음'],
  ] as const) {
    it(`stops a payment with ${name}`, async () => {
      const timeouts = name === 'silence' ? { timeouts: { confirmMs: 20 } } : {}
      const merchant = createMerchant({ respond, ...timeouts })
      const result = await merchant.simulator.paymentWindow.approve(
        opened(merchant, { confirm_url }),
        {},
      )
      const text = `고객사 요청에 의해 결제를 중단합니다. (상세사유 : ${reason})`

      expect(result).toMatchObject({
        ok: false,
        error_msg: text,
        payment: { status: 'failed', fail_reason: text },
      })
    })
  }

  it('finds the payment ready while it is called', async () => {
    const seen: unknown[] = []
    const merchant: Merchant = createMerchant({
      respond: async ({ body }) => {
        const { imp_uid } = JSON.parse(body)
        seen.push(
          fieldOf(await merchant.get(`/payments/${imp_uid}?include_sandbox=true`), 'status'),
        )
        return new Response('ok')
      },
    })
    await merchant.simulator.paymentWindow.approve(opened(merchant, { confirm_url }), {})
    expect(seen).toEqual(['ready'])
  })
})
