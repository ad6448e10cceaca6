import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/options.ts'
import { createMerchant, fieldOf } from './merchant.ts'

const webhook = { url: 'https://shop.example/webhook' }

const setUp = (params: Record<string, unknown>, options: SimulatorOptions = {}) => {
  const merchant = createMerchant({ webhook, ...options })
  const opened = merchant.simulator.paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: 'test',
    params: {
      merchant_uid: 'issue1',
      amount: 0,
      name: '정기결제 등록',
      customer_uid: 'gildong',
      customer_id: 'member-1',
      buyer_name: '홍길동',
      buyer_email: 'hong@example.com',
      buyer_tel: '01012345678',
      digital: true,
      ...params,
    },
  })
  if (!opened.ok) throw new TypeError(opened.error_msg)
  const { paymentWindow } = merchant.simulator
  const approve = async () => {
    const result = await paymentWindow.approve(opened.imp_uid, {})
    await merchant.simulator.waitForIdle()
    return result
  }
  const hasKey = async () => (await merchant.get('/subscribe/customers/gildong')).body['code'] === 0
  const webhooks = () => merchant.receivedRequests.map(({ body }): unknown => JSON.parse(body))
  return { ...merchant, paymentWindow, opened, approve, hasKey, webhooks }
}

describe('a payment window with a customer_uid', () => {
  it('registers a key that can be charged, and returns it to the callback', async () => {
    const { approve, get, send, webhooks } = setUp({ pg: 'html5_inicis' })
    const { payment, imp_uid } = await approve()
    const webhooksOfIssue = webhooks()
    const key = await get('/subscribe/customers/gildong')
    const charged = await send('POST', '/subscribe/payments/again', {
      customer_uid: 'gildong',
      merchant_uid: 'month-1',
      amount: 9900,
      name: '첫 달',
    })

    expect(payment).toMatchObject({
      status: 'paid',
      amount: 0,
      customer_uid: 'gildong',
      customer_uid_usage: 'issue',
    })
    expect(key.body['response']).toMatchObject({
      customer_uid: 'gildong',
      customer_id: 'member-1',
      pg_provider: 'html5_inicis',
      pg_id: 'INIpayTest',
    })
    expect([fieldOf(charged, 'status'), fieldOf(charged, 'pg_provider')]).toEqual([
      'paid',
      'html5_inicis',
    ])
    // Nothing in it tells a registration from a payment.
    expect(webhooksOfIssue).toEqual([{ imp_uid, merchant_uid: 'issue1', status: 'paid' }])
  })

  it('registers nothing when the buyer is refused, and sends no webhook', async () => {
    const { paymentWindow, opened, hasKey, webhooks } = setUp({})
    await paymentWindow.decline(opened.imp_uid, {
      error_code: 'CC03',
      error_msg: '카드사 승인거절',
    })
    expect([await hasKey(), webhooks()]).toEqual([false, []])
  })

  it('replaces an older key', async () => {
    const { approve, send, get } = setUp({ pg: 'kakaopay' })
    const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12' }
    await send('POST', '/subscribe/customers/gildong', card)
    await approve()
    expect(fieldOf(await get('/subscribe/customers/gildong'), 'pg_provider')).toBe('kakaopay')
  })

  it('registers the key of a window that the PG approves without the browser', async () => {
    const { control, opened, hasKey } = setUp({ pg: 'html5_inicis', amount: 9900 })
    const approved = await control(`/payments/${opened.imp_uid}/approve`)
    expect([approved.body['amount'], await hasKey()]).toEqual([0, true])
  })

  it('does not open for a customer_uid of more than 80 characters', () => {
    const open = (length: number) => () => setUp({ customer_uid: 'c'.repeat(length) })
    expect(open(80)).not.toThrow()
    expect(open(81)).toThrow('customer_uid는 80자를 넘을 수 없습니다.')
  })
})

describe('the amount of a window with a customer_uid', () => {
  it.each([
    ['html5_inicis', 'card', 0],
    ['kcp_billing', 'card', 0],
    ['tosspayments', 'card', 0],
    ['kicc', 'card', 0],
    ['welcome', 'card', 0],
    ['welcome', 'phone', 9900],
    ['galaxia', 'card', 0],
    ['galaxia', 'phone', 9900],
    ['smartro_v2', 'card', 0],
    ['nice_v2', 'kakaopay', 0],
    ['naverpay', 'card', 0],
    ['payco', 'card', 0],
    ['tosspay_v2', 'tosspay', 0],
    ['toss_brandpay', 'toss_brandpay', 0],
    ['kakaopay', 'card', 9900],
    ['danal_tpay', 'card', 9900],
    ['danal', 'phone', 9900],
    ['mobilians', 'phone', 9900],
    ['mobilians_v2', 'phone', 9900],
    ['mobilians_v2', 'card', 9900],
    ['settle_acc', 'trans', 9900],
    ['paymentwall', 'card', 9900],
    ['payletter_global', 'PLCreditCard', 9900],
  ])('at %s by %s: of 9,900 won the buyer pays %i', async (pg, pay_method, taken) => {
    const { approve, hasKey, webhooks } = setUp(
      { pg, pay_method, amount: 9900 },
      // The demands of the PGs have tests of their own.
      { duties: 'ignored' },
    )
    const { payment, paid_amount } = await approve()
    expect([payment['amount'], paid_amount, payment['receipt_url'] !== null]).toEqual([
      taken,
      taken,
      taken > 0,
    ])
    expect([await hasKey(), webhooks().length]).toEqual([true, 1])
  })

  it.each([
    ['kakaopay', 'card'],
    ['danal_tpay', 'card'],
    ['mobilians_v2', 'card'],
    ['settle_acc', 'trans'],
  ])('at %s by %s may be 0, and the key is registered without money', async (pg, pay_method) => {
    const { approve, hasKey } = setUp({ pg, pay_method, amount: 0 })
    expect([(await approve()).paid_amount, await hasKey()]).toEqual([0, true])
  })

  it.each([
    ['galaxia', {}, 1000],
    ['tosspay_v2', { pay_method: 'tosspay' }, 0],
    ['paypal_v2', { pay_method: 'paypal', currency: 'USD' }, 0],
  ])('may be absent at %s', async (pg, params, shown) => {
    const { paymentWindow, opened, approve } = setUp({ pg, ...params, amount: undefined })
    expect(paymentWindow.view(opened.imp_uid)?.amount).toBe(shown)
    expect((await approve()).payment['amount']).toBe(0)
  })

  it.each([
    ['html5_inicis', 9900, 9900],
    ['html5_inicis', 0, 0],
    ['galaxia', 0, 1000],
  ])(
    'that %s displays can be in the record: %i as %i, without money',
    async (pg, amount, shown) => {
      const { approve } = setUp({ pg, amount }, { billing: { keyAmounts: 'displayed' } })
      const { payment, paid_amount } = await approve()
      expect([payment['amount'], payment['receipt_url'], paid_amount]).toEqual([shown, null, 0])
    },
  )

  it('that is asked of the shop’s confirm_url is the one that is taken', async () => {
    const confirm_url = 'https://shop.example/confirm'
    const { approve, receivedRequests } = setUp({ pg: 'html5_inicis', amount: 9900, confirm_url })
    await approve()
    const [asked] = receivedRequests
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({ merchant_uid: 'issue1', amount: 0 })
  })
})

describe('a payment window that registers no key', () => {
  it('pays without one where the service of Mobilians is not set up for keys', async () => {
    const contracts = { mobilians_keys: false }
    const { approve, hasKey } = setUp({ pg: 'mobilians_v2', amount: 9900 }, { contracts })
    const { payment, paid_amount } = await approve()
    expect(payment).toMatchObject({
      status: 'paid',
      customer_uid: null,
      customer_uid_usage: null,
    })
    expect([paid_amount, await hasKey()]).toEqual([9900, false])
  })

  it('pays without one at a PG whose windows register none', async () => {
    const { approve, hasKey } = setUp({ pg: 'daou', amount: 9900 })
    expect([(await approve()).paid_amount, await hasKey()]).toEqual([9900, false])
  })
})

describe('the webhook of a key', () => {
  it.each([
    ['html5_inicis', {}, 0],
    ['kakaopay', {}, 0],
    ['kakaopay', { amount: 9900 }, 1],
    ['paypal_v2', { pay_method: 'paypal', currency: 'USD' }, 1],
    ['tosspay_v2', { pay_method: 'tosspay' }, 1],
  ])('is sent as documented at %s with %j when that is set: %i', async (pg, params, count) => {
    const billing = { keyWebhooks: 'documented' } as const
    const { approve, webhooks } = setUp({ pg, ...params }, { billing })
    await approve()
    expect(webhooks().length).toBe(count)
  })

  it('comes at paymentwall with the key, which cannot be charged before', async () => {
    const delay_ms = 60_000
    const { approve, control, hasKey, simulator, webhooks } = setUp(
      { pg: 'paymentwall', amount: 9900 },
      { webhook: { ...webhook, delayMs: delay_ms } },
    )
    await approve()
    expect([await hasKey(), webhooks()]).toEqual([false, []])
    await control('/clock', { advance_ms: delay_ms })
    await simulator.waitForIdle()
    expect([await hasKey(), webhooks().length]).toEqual([true, 1])
  })

  it('may be lost: the key of paymentwall is there all the same', async () => {
    const never = { ...webhook, timing: 'never' } as const
    const { approve, hasKey, webhooks } = setUp(
      { pg: 'paymentwall', amount: 9900 },
      { webhook: never },
    )
    await approve()
    expect([await hasKey(), webhooks()]).toEqual([true, []])
  })
})
