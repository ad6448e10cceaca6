import { describe, expect, it } from 'vitest'
import { createMerchant, toRecord } from '../../test/merchant.ts'

const host = 'http://localhost:8788'

const setUp = () => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const { simulator } = merchant
  const page = async (path = '/?lang=en', language = '') =>
    (await simulator.fetch(host + path, { headers: { 'accept-language': language } })).text()
  const submit = (path: string, fields: Record<string, string> = {}) =>
    simulator.fetch(host + path, { method: 'POST', body: new URLSearchParams(fields) })
  return { ...merchant, page, submit }
}

describe('the console page', () => {
  for (const [path, accepted, language] of [
    ['/', 'ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['/', 'en-US', 'en'],
    ['/', 'fr', 'en'],
    ['/?lang=ko', 'en', 'ko'],
  ] as const) {
    it(`is in ${language} at ${path} for a browser that prefers ${accepted}`, async () => {
      const { page } = setUp()
      expect(await page(path, accepted)).toContain(`<html lang="${language}">`)
    })
  }

  it('shows a payment with its possible actions', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({ imp_uid: 'imp_1', amount: 12_000, status: 'ready', pay_method: 'vbank' })
    const text = await page()
    expect(text).toContain('12,000 KRW')
    expect(text).toContain('Awaiting deposit')
    expect(text).toContain('/console/payments/imp_1/deposit?lang=en&amp;from=list')
    expect(text).not.toContain('/console/payments/imp_1/cancel')
  })

  it('shows the billing keys, and changes what a card does from now on', async () => {
    const { page, submit, control, send } = setUp()
    expect(await page()).toContain('No billing keys yet.')
    await control('/billing-keys', { customer_uid: 'gil/dong', customer_id: 'member-1' })
    const changed = await submit('/console/billing-keys/gil%2Fdong?lang=en', { card: 'no_balance' })
    const body = { customer_uid: 'gil/dong', merchant_uid: 'month-1', amount: 9900, name: '구독' }
    const { body: charged } = await send('POST', '/subscribe/payments/again', body)
    const [english, korean] = [await page(), await page('/?lang=ko')]

    expect([changed.status, changed.headers.get('location')]).toEqual([303, '/?lang=en'])
    expect(charged).toMatchObject({ response: { fail_reason: '[CC10] 잔액부족' } })
    expect(english).toContain('<code>gil/dong</code><small>member-1</small>')
    expect(english).toContain('<option value="no_balance" selected>insufficient balance</option>')
    expect(korean).toContain('<option value="no_balance" selected>잔액부족</option>')
    const wrong = await submit('/console/billing-keys/gil%2Fdong?lang=en', { card: 'gold' })
    expect(wrong.headers.get('location')).toBe('/?lang=en&error=invalid')
    expect((await submit('/console/billing-keys/none')).status).toBe(404)
  })

  it('T37: shows the shop’s texts as text, never as markup', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({
      merchant_uid: '<script>alert(1)</script>',
      name: '"><img src=x onerror=a>',
    })
    const text = await page('/?lang=en&error=<b>x</b>')
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/console/script.js" defer>'])
    expect(text).not.toMatch(/<img|<b>/)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('shows when a webhook was sent in Korean time, as it shows its clock', async () => {
    const { page, seedPayment, submit, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    await submit('/console/payments/imp_1/resend')
    await simulator.waitForIdle()
    const sent = '<time datetime="2026-03-02T03:00:00.000Z">'
    const english = await page('/?lang=en')
    const korean = await page('/?lang=ko')

    expect(english.replaceAll('\u202f', ' ')).toContain(
      `${sent}12:00:00 PM<small>March 2, 2026</small></time>`,
    )
    expect(korean).toContain(`${sent}오후 12:00:00<small>2026년 3월 2일</small></time>`)
  })

  it('runs no script but its own, and cannot be framed', async () => {
    const { simulator, seedPayment } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    for (const path of ['/', '/console/payments/imp_1']) {
      const { headers } = await simulator.fetch(`${host}${path}`)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
    }
    const script = await simulator.fetch(`${host}/console/script.js`)
    expect([script.status, script.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ])
  })

  it('finds payments by any word of order, product, buyer, PG and status', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({ merchant_uid: 'ORD-1', name: '홍차', buyer_name: '홍길동' })
    await seedPayment({ merchant_uid: 'ORD-2', name: '녹차', status: 'failed' })
    const found = async (q: string) => {
      const text = await page(`/?lang=en&${new URLSearchParams({ q })}`)
      return ['ORD-1', 'ORD-2'].filter((order) => text.includes(`>${order}</a>`))
    }
    expect(await found('')).toEqual(['ORD-1', 'ORD-2'])
    expect(await found('홍차')).toEqual(['ORD-1'])
    expect(await found('ord failed')).toEqual(['ORD-2'])
    expect(await found('길동 failed')).toEqual([])
    expect(await page('/?lang=en&q=none')).toContain('Nothing was found.')
  })

  it('shows fifty payments at a time, the newest first, and the way to the others', async () => {
    const { page, seedPayment } = setUp()
    for (let number = 1; number <= 51; number++)
      await seedPayment({ merchant_uid: `ORD-${number}` })
    const [first, second] = [await page(), await page('/?lang=en&page=2')]
    expect([first.includes('>ORD-51</a>'), first.includes('>ORD-1</a>')]).toEqual([true, false])
    expect(first).toContain('1 to 50 of 51')
    expect(first).toContain('<a href="/?lang=en&amp;q=&amp;page=2#payments">Older payments</a>')
    expect([second.includes('>ORD-51</a>'), second.includes('>ORD-1</a>')]).toEqual([false, true])
  })

  it('asks before it cancels', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({ imp_uid: 'imp_1', amount: 12_000 })
    const [, details = ''] =
      /<details class="confirm"[^>]*>([^]*?)<\/details>/.exec(await page()) ?? []
    expect(details).toContain('<summary>Cancel…</summary>')
    expect(details).toContain('12,000 KRW can be cancelled. A cancel cannot be undone.')
    expect(details).toContain('/console/payments/imp_1/cancel?lang=en&amp;from=list')
  })

  it('shows scheduled charges, the next one first', async () => {
    const { page, control } = setUp()
    await control('/billing-keys', { customer_uid: 'gildong' })
    const schedule = { customer_uid: 'gildong', amount: 9900, name: '구독' }
    await control('/schedules', { ...schedule, merchant_uid: 'M-2', schedule_at: 1_775_000_000 })
    await control('/schedules', { ...schedule, merchant_uid: 'M-1', schedule_at: 1_773_000_000 })
    const text = await page()
    expect(text).toContain('<span class="badge scheduled">Scheduled</span>')
    expect(text.indexOf('<strong>M-1</strong>')).toBeLessThan(text.indexOf('<strong>M-2</strong>'))
    expect(text.indexOf('<strong>M-1</strong>')).toBeGreaterThan(0)
  })

  it('serves its style', async () => {
    const { simulator } = setUp()
    const response = await simulator.fetch(`${host}/console/style.css`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/css; charset=utf-8',
    ])
  })
})

describe('a button of the console', () => {
  it('deposits, and the webhook shows in the log', async () => {
    const { page, submit, seedPayment, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    const response = await submit('/console/payments/imp_1/deposit?lang=en&amp;from=list')
    await simulator.waitForIdle()
    const text = await page()

    expect([response.status, response.headers.get('location')]).toEqual([303, '/?lang=en'])
    expect(text).toContain('<span class="badge paid">Paid</span>')
    expect(text).toContain('&quot;status&quot;:&quot;paid&quot;')
  })

  it('cancels a part, or the whole balance when the amount is empty', async () => {
    const { submit, seedPayment, page } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    await submit('/console/payments/imp_1/cancel?lang=en', { amount: '300' })
    const partly = await page()
    await submit('/console/payments/imp_1/cancel?lang=en', { amount: '' })
    const fully = await page()

    expect(partly).toContain('Partly cancelled')
    expect(fully).toContain('<span class="badge cancelled">Cancelled</span>')
  })

  it('shows why an action failed', async () => {
    const { submit, seedPayment, page } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await submit('/console/payments/imp_1/cancel?lang=en', { amount: '1001' })
    const location = response.headers.get('location') ?? ''
    expect(location).toBe('/?lang=en&error=balance_exceeded')
    expect(await page(location)).toContain('<code>balance_exceeded</code>')
  })

  it('approves late and sends a webhook again', async () => {
    const { submit, seedPayment, receivedRequests, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1', status: 'failed' })
    await submit('/console/payments/imp_1/approve-late')
    await submit('/console/payments/imp_1/resend')
    await simulator.waitForIdle()
    const body = JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'paid' })
    expect(receivedRequests.map((each) => each.body)).toEqual([body, body])
  })

  it('saves the webhook settings; an unchecked box is off', async () => {
    const { submit, call } = setUp()
    const fields = {
      url: 'https://shop.example/new',
      timing: 'before',
      content_type: 'form',
      delay_ms: '0',
      times: '2',
    }
    await submit('/console/webhooks', { ...fields, resend: 'true' })
    const on = await call('/_simulator/webhooks')
    await submit('/console/webhooks', { ...fields, url: '' })
    const off = await call('/_simulator/webhooks')

    const saved = { timing: 'before', content_type: 'form', delay_ms: 0, times: 2 }
    expect(on.body['settings']).toEqual({ ...saved, url: fields.url, resend: true })
    expect(off.body['settings']).toEqual({ ...saved, url: null, resend: false })
  })

  it('plays a scenario of an order', async () => {
    const { submit, receivedRequests, simulator, page } = setUp()
    const fields = { scenario: 'deposited', merchant_uid: 'ORD-1', amount: '64900' }
    const response = await submit('/console/scenarios?lang=en', fields)
    await simulator.waitForIdle()
    const sent = receivedRequests.map(({ body }) => toRecord(JSON.parse(body))['status'])

    expect(response.headers.get('location')).toBe('/?lang=en')
    expect(sent).toEqual(['ready', 'paid'])
    expect(await page()).toContain('64,900 KRW')
    const empty = await submit('/console/scenarios', {
      scenario: 'paid',
      merchant_uid: '',
      amount: '',
    })
    const wrong = await submit('/console/scenarios', { scenario: 'stolen' })
    expect(empty.headers.get('location')).toBe('/?lang=en')
    expect(wrong.headers.get('location')).toBe('/?lang=en&error=invalid')
  })

  it('sets a fault, which the page shows, and ends all', async () => {
    const { submit, page, get } = setUp()
    const fault = { fault: 'unavailable_json', path: '/payments/{imp_uid}', times: '3' }
    await submit('/console/faults?lang=en', fault)
    const text = await page()
    const during = await get('/payments/imp_1')
    await submit('/console/faults/clear?lang=en')
    const after = await get('/payments/imp_1')

    expect(text).toContain('<span class="badge failed">unavailable_json</span>')
    expect(text).toContain('3 left')
    expect([during.status, after.status]).toEqual([503, 404])
    expect(await page()).toContain('No fault is set.')
    const wrong = await submit('/console/faults?lang=en', { fault: 'sunburn' })
    expect(wrong.headers.get('location')).toBe('/?lang=en&error=invalid')
  })

  it('sends a message of the log again, from the page it stands on', async () => {
    const { submit, seedPayment, receivedRequests, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    await submit('/console/payments/imp_1/resend?lang=en&from=payment')
    await simulator.waitForIdle()
    const again = await submit('/console/deliveries/1/resend?lang=en&payment=imp_1')
    await simulator.waitForIdle()
    const unknown = await submit('/console/deliveries/9/resend?lang=en')

    expect(receivedRequests.map(({ body }) => body)).toEqual([
      receivedRequests[0]?.body,
      receivedRequests[0]?.body,
    ])
    expect(again.headers.get('location')).toBe('/console/payments/imp_1?lang=en')
    expect(unknown.headers.get('location')).toBe('/?lang=en&error=delivery_unknown')
  })

  it('T215: does nothing for a page of another site, and shows it nothing', async () => {
    const { simulator, seedPayment, get } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const headers = { origin: 'https://evil.example' }
    const statusOf = async (method: string, path: string) =>
      (await simulator.fetch(`${host}${path}`, { method, headers })).status
    expect([
      await statusOf('POST', '/console/payments/imp_1/cancel'),
      await statusOf('POST', '/console/scenarios'),
      await statusOf('GET', '/console/events'),
      await statusOf('GET', '/console/payments/imp_1'),
      await statusOf('POST', '/_simulator/scenarios/paid'),
      await statusOf('GET', '/_simulator'),
    ]).toEqual([403, 403, 403, 403, 403, 403])
    const { body } = await get('/payments/imp_1?include_sandbox=true')
    expect(toRecord(body['response'])['status']).toBe('paid')
  })
})

describe('the page of a payment', () => {
  it('shows what it is, the messages about it with their responses, and the record of the API', async () => {
    const { page, seedPayment, submit, simulator, get } = setUp()
    await seedPayment({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 12_000 })
    await seedPayment({ imp_uid: 'imp_2', merchant_uid: 'ORD-2' })
    await submit('/console/payments/imp_1/resend')
    await submit('/console/payments/imp_2/resend')
    await simulator.waitForIdle()
    const text = await page('/console/payments/imp_1?lang=en')
    const { body } = await get('/payments/imp_1?include_sandbox=true')
    const [, record = ''] = /<pre[^>]*>([^]*?)<\/pre>/.exec(text) ?? []

    expect(text).toContain('<title>ORD-1 · ')
    expect(text).toContain('12,000 KRW')
    expect(text).toContain('&quot;imp_uid&quot;:&quot;imp_1&quot;')
    expect(text).toContain('<code class="answer">ok</code>')
    expect(text).not.toContain('imp_2')
    expect(JSON.parse(record.replaceAll('&quot;', '"'))).toEqual(body['response'])
  })

  it('returns to itself after an action, and to the console when there is no such payment', async () => {
    const { submit, seedPayment, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const path = '/console/payments/imp_1/cancel?lang=en&from=payment'
    const done = await submit(path, { amount: '' })
    const refused = await submit(path, { amount: '' })
    const unknown = await simulator.fetch(`${host}/console/payments/imp_9?lang=ko`)
    expect(done.headers.get('location')).toBe('/console/payments/imp_1?lang=en')
    expect(refused.headers.get('location')).toMatch(
      /^\/console\/payments\/imp_1\?lang=en&error=\w+$/,
    )
    expect(unknown.headers.get('location')).toBe('/?lang=ko&error=payment_unknown')
  })
})

describe('an open page', () => {
  it('is told of each change, and of nothing else', async () => {
    const { simulator, seedPayment, submit } = setUp()
    const leaving = new AbortController()
    const response = await simulator.fetch(`${host}/console/events`, { signal: leaving.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const read = async () => (await reader?.read())?.value
    const changed = 'event: changed\ndata: \n\n'

    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await read()).toBe(changed)
    await seedPayment({ imp_uid: 'imp_1' })
    expect(await read()).toBe(changed)
    await submit('/console/payments/imp_1/cancel', { amount: '100' })
    expect(await read()).toBe(changed)
    await submit('/console/faults', { fault: 'slow' })
    expect(await read()).toBe(changed)
    await reader?.cancel()
    leaving.abort()
  })
})
