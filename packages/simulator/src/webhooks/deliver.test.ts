import { describe, expect, it } from 'vitest'
import { createMerchant, noonSeconds } from '../../test/merchant.ts'
import type { WebhookPlan } from '../domain/channel/channel.ts'

type Merchant = ReturnType<typeof createMerchant>

const url = 'https://shop.example/webhook'
const minuteMs = 60_000

const open = ({ simulator }: Merchant, params: Record<string, unknown> = {}): string => {
  const answer = simulator.desk.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: '',
    params: { merchant_uid: 'order-1', amount: 1000, ...params },
  })
  if (!answer.ok) throw new TypeError(answer.error_msg)
  return answer.imp_uid
}

const pay = async (merchant: Merchant, webhook: Partial<WebhookPlan>): Promise<string> => {
  const impUid = open(merchant)
  await merchant.simulator.desk.approve(impUid, { webhook })
  return impUid
}

const said = ({ inbox }: Merchant) => inbox.map(({ body }): unknown => JSON.parse(body))

describe('a webhook', () => {
  it('says who and what in JSON', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.settle()

    expect(merchant.inbox).toEqual([
      {
        url,
        contentType: 'application/json',
        body: JSON.stringify({ imp_uid, merchant_uid: 'order-1', status: 'paid' }),
      },
    ])
  })

  it('says it in a form where the console is set so', async () => {
    const merchant = createMerchant({ webhook: { url, contentType: 'form' } })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.settle()

    expect(merchant.inbox).toEqual([
      {
        url,
        contentType: 'application/x-www-form-urlencoded',
        body: `imp_uid=${imp_uid}&merchant_uid=order-1&status=paid`,
      },
    ])
  })

  it('is answered before the browser when it is timed before', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await pay(merchant, { timing: 'before' })
    expect(said(merchant)).toHaveLength(1)
  })

  it('waits for the browser when it is timed after, and then for its delay', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const { desk, clock } = merchant.simulator
    const impUid = await pay(merchant, { timing: 'after', delayMs: 3000 })
    await clock.advance(minuteMs)
    const unreturned = [...merchant.inbox]
    desk.returned(impUid)
    await clock.advance(2999)
    const early = [...merchant.inbox]
    await clock.advance(1)
    desk.returned(impUid)
    await clock.advance(minuteMs)

    expect([unreturned, early, merchant.inbox.length]).toEqual([[], [], 1])
  })

  it('is lost when it is timed never', async () => {
    const merchant = createMerchant({ webhook: { url } })
    merchant.simulator.desk.returned(await pay(merchant, { timing: 'never' }))
    await merchant.simulator.clock.advance(60 * minuteMs)
    expect(merchant.inbox).toEqual([])
  })

  it('comes as often as it is told to, all at once', async () => {
    const { promise: allHere, resolve } = Promise.withResolvers<void>()
    const merchant: Merchant = createMerchant({
      webhook: { url, times: 3 },
      patience: { webhookMs: 500 },
      // No copy is answered before the last has come.
      respond: async () => {
        if (merchant.inbox.length === 3) resolve()
        await allHere
        return new Response('ok')
      },
    })
    await pay(merchant, {})
    await merchant.simulator.settle()
    const { body } = await merchant.call('/_simulator/webhooks')
    const answer = { status: 200, body: 'ok' }
    expect(body['deliveries']).toMatchObject([{ answer }, { answer }, { answer }])
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
      await merchant.simulator.desk.approve(open(merchant, { notice_url }), {})
      await merchant.simulator.settle()
      expect(merchant.inbox.map((each) => each.url)).toEqual(urls)
    })
  }

  it('keeps going where it went when the console URL changes', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const impUid = open(merchant, { pay_method: 'vbank' })
    await merchant.simulator.desk.approve(impUid, {})
    await merchant.control('/webhooks', { url: 'https://shop.example/new' }, 'PUT')
    await merchant.control(`/payments/${impUid}/deposit`)
    await merchant.simulator.settle()
    expect(merchant.inbox.map((each) => each.url)).toEqual([url, url])
  })
})

describe('the events that send a webhook', () => {
  it('are the issue of a virtual account, its deposit and the console cancel', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = open(merchant, { pay_method: 'vbank' })
    await merchant.simulator.desk.approve(imp_uid, {})
    await merchant.control(`/payments/${imp_uid}/deposit`)
    const { body } = await merchant.control(`/payments/${imp_uid}/cancel`, { amount: 300 })
    await merchant.simulator.settle()

    const event = (status: string) => ({ imp_uid, merchant_uid: 'order-1', status })
    const cancellation_id = expect.stringMatching(/^cancellation-\d{12}$/)
    expect(said(merchant)).toEqual([
      event('ready'),
      event('paid'),
      { ...event('cancelled'), cancellation_id },
    ])
    expect(body).toMatchObject({ cancel_amount: 300, cancel_reason: '관리자페이지취소' })
  })

  it('T21: are a late approval after a failure, but never the failure itself', async () => {
    const merchant = createMerchant({ webhook: { url } })
    const imp_uid = open(merchant)
    await merchant.simulator.desk.decline(imp_uid, { error_code: 'X', error_msg: '거절' })
    await merchant.simulator.settle()
    const afterFailure = [...merchant.inbox]
    const late = await merchant.control(`/payments/${imp_uid}/approve-late`)
    await merchant.simulator.settle()

    expect(afterFailure).toEqual([])
    expect(said(merchant)).toEqual([{ imp_uid, merchant_uid: 'order-1', status: 'paid' }])
    expect(late.body).toMatchObject({ status: 'paid', failed_at: 0, fail_reason: null })
  })

  it('are not the abandoned window', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await merchant.simulator.desk.cancel(open(merchant))
    await merchant.simulator.settle()
    expect(merchant.inbox).toEqual([])
  })
})

describe('a webhook that is not taken', () => {
  it('is sent once where resends are off, as they are by default', async () => {
    const merchant = createMerchant({
      webhook: { url },
      respond: () => new Response('', { status: 503 }),
    })
    await pay(merchant, {})
    await merchant.simulator.clock.advance(10 * minuteMs)
    expect(merchant.inbox).toHaveLength(1)
  })

  it('is sent five more times, a minute apart, where resends are on', async () => {
    const merchant = createMerchant({
      webhook: { url, resend: true },
      respond: () => new Response('', { status: 500 }),
    })
    await pay(merchant, {})
    await merchant.simulator.settle()
    await merchant.simulator.clock.advance(60 * minuteMs)
    const { body } = await merchant.call('/_simulator/webhooks')

    expect(body['deliveries']).toMatchObject(
      [0, 1, 2, 3, 4, 5].map((n) => ({
        attempt: n + 1,
        at: noonSeconds + 60 * n,
        answer: { status: 500, body: '' },
      })),
    )
    expect(merchant.inbox).toHaveLength(6)
  })

  it('is not sent again once it was taken', async () => {
    let fails = 2
    const merchant = createMerchant({
      webhook: { url, resend: true },
      respond: () => {
        fails -= 1
        return new Response('', { status: fails < 0 ? 200 : 500 })
      },
    })
    await pay(merchant, {})
    await merchant.simulator.settle()
    await merchant.simulator.clock.advance(60 * minuteMs)
    expect(merchant.inbox).toHaveLength(3)
  })

  for (const status of [302, 400, 404]) {
    it(`is not sent again after ${status}`, async () => {
      const merchant = createMerchant({
        webhook: { url, resend: true },
        respond: () => new Response('', { status }),
      })
      await pay(merchant, {})
      await merchant.simulator.settle()
      await merchant.simulator.clock.advance(60 * minuteMs)
      expect(merchant.inbox).toHaveLength(1)
    })
  }

  it('is logged with what went wrong', async () => {
    const merchant = createMerchant({
      webhook: { url },
      respond: () => Promise.reject(new TypeError('connection refused')),
    })
    const imp_uid = await pay(merchant, {})
    await merchant.simulator.settle()
    const { body } = await merchant.call('/_simulator/webhooks')

    expect(body['deliveries']).toEqual([
      {
        id: 1,
        kind: 'webhook',
        attempt: 1,
        at: noonSeconds,
        url,
        imp_uid,
        content_type: 'application/json',
        body: JSON.stringify({ imp_uid, merchant_uid: 'order-1', status: 'paid' }),
        answer: { error: 'network', detail: 'TypeError: connection refused' },
      },
    ])
  })

  it('is given up when the merchant never answers', async () => {
    const merchant = createMerchant({
      webhook: { url },
      patience: { webhookMs: 20 },
      respond: () => new Promise<Response>(() => {}),
    })
    await pay(merchant, {})
    await merchant.simulator.settle()
    const { body } = await merchant.call('/_simulator/webhooks')
    expect(body['deliveries']).toMatchObject([{ answer: { error: 'timeout' } }])
  })
})

describe('the console', () => {
  it('sends a webhook again with the status of now', async () => {
    const merchant = createMerchant({ webhook: { url, times: 3 } })
    await merchant.stage({ imp_uid: 'imp_1', status: 'paid' })
    await merchant.control('/payments/imp_1/resend')
    await merchant.simulator.settle()
    expect(said(merchant)).toEqual([{ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'paid' }])
  })

  it('calls the saved URL with a payment that does not exist', async () => {
    const merchant = createMerchant({ webhook: { url } })
    await merchant.control('/webhooks/test')
    await merchant.simulator.settle()
    expect(said(merchant)).toEqual([
      { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890', status: 'paid' },
    ])
    expect((await merchant.get('/payments/imp_1234567890')).status).toBe(404)
  })
})
