import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../../test/merchant.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'

type Merchant = ReturnType<typeof createMerchant>

const url = 'https://shop.example/webhook'
const minuteMs = 60_000

const open = ({ simulator }: Merchant, params: Record<string, unknown> = {}): string => {
  const response = simulator.paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: '',
    params: { merchant_uid: 'order-1', amount: 1000, ...params },
  })
  if (!response.ok) throw new TypeError(response.error_msg)
  return response.imp_uid
}

const pay = async (merchant: Merchant, webhook: Partial<WebhookPlan>): Promise<string> => {
  const impUid = open(merchant)
  await merchant.simulator.paymentWindow.approve(impUid, { webhook })
  return impUid
}

const webhookBodies = ({ receivedRequests }: Merchant) =>
  receivedRequests.map(({ body }): unknown => JSON.parse(body))

describe('a webhook', () => {
  it('has ids and status in JSON', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.waitForIdle()

    expect(merchant.receivedRequests).toEqual([
      {
        url,
        contentType: 'application/json',
        body: JSON.stringify({ imp_uid, merchant_uid: 'order-1', status: 'paid' }),
      },
    ])
  })

  it('is a form when the console is set so', async () => {
    const merchant = createMerchant({ webhook: { url, contentType: 'form' } })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.waitForIdle()

    expect(merchant.receivedRequests).toEqual([
      {
        url,
        contentType: 'application/x-www-form-urlencoded',
        body: `imp_uid=${imp_uid}&merchant_uid=order-1&status=paid`,
      },
    ])
  })

  it('is sent before the browser’s return when timed before', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await pay(merchant, { timing: 'before' })
    expect(webhookBodies(merchant)).toHaveLength(1)
  })

  it('waits for the browser’s return and its delay when timed after', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const { paymentWindow, clock } = merchant.simulator
    const impUid = await pay(merchant, { timing: 'after', delayMs: 3000 })
    await clock.advance(minuteMs)
    const beforeReturn = [...merchant.receivedRequests]
    paymentWindow.returned(impUid)
    await clock.advance(2999)
    const early = [...merchant.receivedRequests]
    await clock.advance(1)
    paymentWindow.returned(impUid)
    await clock.advance(minuteMs)

    expect([beforeReturn, early, merchant.receivedRequests.length]).toEqual([[], [], 1])
  })

  it('is not sent when timed never', async () => {
    const merchant = createMerchant({ webhook: { url } })
    merchant.simulator.paymentWindow.returned(await pay(merchant, { timing: 'never' }))
    await merchant.simulator.clock.advance(60 * minuteMs)
    expect(merchant.receivedRequests).toEqual([])
  })

  it('is sent the set number of times, concurrently', async () => {
    const { promise: allHere, resolve } = Promise.withResolvers<void>()
    const merchant: Merchant = createMerchant({
      webhook: { url, times: 3 },
      // No copy gets its response before the last one has arrived.
      respond: async () => {
        if (merchant.receivedRequests.length === 3) resolve()
        await allHere
        return new Response('ok')
      },
    })
    await pay(merchant, {})
    await merchant.simulator.waitForIdle()
    const { body } = await merchant.call('/_simulator/webhooks')
    const response = { status: 200, body: 'ok' }
    expect(body['deliveries']).toMatchObject([{ response }, { response }, { response }])
  })

  for (const [notice_url, urls] of [
    ['https://shop.example/own', ['https://shop.example/own']],
    [
      ['https://shop.example/a', 'https://shop.example/b'],
      ['https://shop.example/a', 'https://shop.example/b'],
    ],
    ['', [url]],
  ] as const) {
    it(`goes to ${urls.join(' and ')} for notice_url ${JSON.stringify(notice_url)}`, async () => {
      const merchant = createMerchant({ webhook: { url } })
      await merchant.simulator.paymentWindow.approve(open(merchant, { notice_url }), {})
      await merchant.simulator.waitForIdle()
      expect(merchant.receivedRequests.map((each) => each.url)).toEqual(urls)
    })
  }

  it('keeps the URL of its start when the console URL changes', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const impUid = open(merchant, { pay_method: 'vbank' })
    await merchant.simulator.paymentWindow.approve(impUid, {})
    await merchant.control('/webhooks', { url: 'https://shop.example/new' }, 'PUT')
    await merchant.control(`/payments/${impUid}/deposit`)
    await merchant.simulator.waitForIdle()
    expect(merchant.receivedRequests.map((each) => each.url)).toEqual([url, url])
  })
})

describe('the events that send a webhook', () => {
  it('are the issue of a virtual account, its deposit and the console cancel', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = open(merchant, { pay_method: 'vbank' })
    await merchant.simulator.paymentWindow.approve(imp_uid, {})
    await merchant.control(`/payments/${imp_uid}/deposit`)
    const { body } = await merchant.control(`/payments/${imp_uid}/cancel`, { amount: 300 })
    await merchant.simulator.waitForIdle()

    const event = (status: string) => ({ imp_uid, merchant_uid: 'order-1', status })
    const cancellation_id = expect.stringMatching(/^cancellation-\d{12}$/)
    expect(webhookBodies(merchant)).toEqual([
      event('ready'),
      event('paid'),
      { ...event('cancelled'), cancellation_id },
    ])
    expect(body).toMatchObject({ cancel_amount: 300, cancel_reason: '관리자페이지취소' })
  })

  it('T21: are a late approval after a failure, but never the failure itself', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = open(merchant)
    await merchant.simulator.paymentWindow.decline(imp_uid, { error_code: 'X', error_msg: '거절' })
    await merchant.simulator.waitForIdle()
    const afterFailure = [...merchant.receivedRequests]
    const late = await merchant.control(`/payments/${imp_uid}/approve-late`)
    await merchant.simulator.waitForIdle()

    expect(afterFailure).toEqual([])
    expect(webhookBodies(merchant)).toEqual([{ imp_uid, merchant_uid: 'order-1', status: 'paid' }])
    expect(late.body).toMatchObject({ status: 'paid', failed_at: 0, fail_reason: null })
  })

  it('are not the abandoned window', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await merchant.simulator.paymentWindow.cancel(open(merchant))
    await merchant.simulator.waitForIdle()
    expect(merchant.receivedRequests).toEqual([])
  })
})

describe('a webhook that fails', () => {
  it('is sent once without resends, the default', async () => {
    const merchant = createMerchant({
      webhook: { url },
      respond: () => new Response('', { status: 503 }),
    })
    await pay(merchant, {})
    await merchant.simulator.clock.advance(10 * minuteMs)
    expect(merchant.receivedRequests).toHaveLength(1)
  })

  it('is sent five more times, a minute apart, with resends', async () => {
    const merchant = createMerchant({
      webhook: { url, resend: true },
      respond: () => new Response('', { status: 500 }),
    })
    await pay(merchant, {})
    await merchant.simulator.waitForIdle()
    await merchant.simulator.clock.advance(60 * minuteMs)
    const { body } = await merchant.call('/_simulator/webhooks')

    expect(body['deliveries']).toMatchObject(
      [0, 1, 2, 3, 4, 5].map((n) => ({
        attempt: n + 1,
        at: fixedTimeSeconds + 60 * n,
        response: { status: 500, body: '' },
      })),
    )
    expect(merchant.receivedRequests).toHaveLength(6)
  })

  it('is not sent again after a success', async () => {
    let fails = 2
    const merchant = createMerchant({
      webhook: { url, resend: true },
      respond: () => {
        fails -= 1
        return new Response('', { status: fails < 0 ? 200 : 500 })
      },
    })
    await pay(merchant, {})
    await merchant.simulator.waitForIdle()
    await merchant.simulator.clock.advance(60 * minuteMs)
    expect(merchant.receivedRequests).toHaveLength(3)
  })

  for (const status of [302, 400, 404]) {
    it(`is not sent again after ${status}`, async () => {
      const merchant = createMerchant({
        webhook: { url, resend: true },
        respond: () => new Response('', { status }),
      })
      await pay(merchant, {})
      await merchant.simulator.waitForIdle()
      await merchant.simulator.clock.advance(60 * minuteMs)
      expect(merchant.receivedRequests).toHaveLength(1)
    })
  }

  it('is logged with its error', async () => {
    const merchant = createMerchant({
      webhook: { url },
      respond: () => Promise.reject(new TypeError('connection refused')),
    })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.waitForIdle()
    const { body } = await merchant.call('/_simulator/webhooks')

    expect(body['deliveries']).toEqual([
      {
        id: 1,
        kind: 'webhook',
        attempt: 1,
        at: fixedTimeSeconds,
        url,
        imp_uid,
        content_type: 'application/json',
        body: JSON.stringify({ imp_uid, merchant_uid: 'order-1', status: 'paid' }),
        response: { error: 'network', detail: 'TypeError: connection refused' },
      },
    ])
  })

  it('times out when the merchant never responds', async () => {
    const merchant = createMerchant({
      webhook: { url },
      timeouts: { webhookMs: 20 },
      respond: () => new Promise<Response>(() => {}),
    })
    await pay(merchant, {})
    await merchant.simulator.waitForIdle()
    const { body } = await merchant.call('/_simulator/webhooks')
    expect(body['deliveries']).toMatchObject([{ response: { error: 'timeout' } }])
  })
})

describe('the console', () => {
  it('sends a webhook again with the present status', async () => {
    const merchant = createMerchant({ webhook: { url, times: 3 } })
    await merchant.seedPayment({ imp_uid: 'imp_1', status: 'paid' })
    await merchant.control('/payments/imp_1/resend')
    await merchant.simulator.waitForIdle()
    expect(webhookBodies(merchant)).toEqual([
      { imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'paid' },
    ])
  })

  it('sends a test webhook with a payment that does not exist', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await merchant.control('/webhooks/test')
    await merchant.simulator.waitForIdle()
    expect(webhookBodies(merchant)).toEqual([
      { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890', status: 'paid' },
    ])
    expect((await merchant.get('/payments/imp_1234567890')).status).toBe(404)
  })
})
