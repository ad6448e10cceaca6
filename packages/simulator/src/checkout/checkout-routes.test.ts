import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createSimulator } from '../simulator.ts'

const phone = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile'
const order = {
  merchant_uid: 'ORD-1',
  name: '당근 <script>alert(1)</script>',
  amount: 129_000,
  pay_method: 'card',
  pg: 'html5_inicis',
  m_redirect_url: 'https://shop.example/done?a=1',
  request_id: 'req_1',
}

function createFixture() {
  let count = 0
  const newId = () => `imp_${String((count += 1)).padStart(12, '0')}`
  const simulator = createSimulator({ newId, fetch: () => new Response('ok') })
  const post = (path: string, data: object, userAgent = phone) =>
    simulator.app.request(path, {
      method: 'POST',
      headers: { 'user-agent': userAgent, 'content-type': 'application/json' },
      body: JSON.stringify({ data, origin: 'https://shop.example', requestId: 'req_1' }),
    })
  const submit = (form: Record<string, string>, impUid = 'imp_000000000001') =>
    simulator.app.request(`/window/pay/${impUid}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
  const open = (changes: object = {}, userAgent = phone) =>
    post('/window/open/imp00000000', { ...order, ...changes }, userAgent)
  return { simulator, post, open, submit }
}

describe('the browser script', () => {
  it.each(['/v1/iamport.js', '/js/iamport.payment-1.2.0.js', '/js/iamport.payment-1.1.8.js'])(
    'is served at %s, in one piece',
    async (path) => {
      const response = await createFixture().simulator.app.request(path)
      const text = await response.text()
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(text).not.toMatch(/\b(import|export)\b/)
      expect(() => new Script(text)).not.toThrow()
    },
  )
})

describe('GET /users/pg/:userCode', () => {
  it('lists the channels to a page of any origin', async () => {
    const { simulator } = createFixture()
    const response = await simulator.app.request('/users/pg/imp00000000', {
      headers: { origin: 'https://shop.example' },
    })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const { code, data } = await response.json()
    expect([code, data]).toEqual([0, simulator.paymentWindow.channels('imp00000000')])
  })

  it('lists nothing for an unknown merchant code', async () => {
    const response = await createFixture().simulator.app.request('/users/pg/imp99999999')
    expect(await response.json()).toEqual({
      code: 1,
      message: '등록되지 않은 가맹점 식별코드입니다.',
      data: null,
    })
  })
})

describe('the payment window', () => {
  it('opens for a request of the old script', async () => {
    const { open } = createFixture()
    expect(await (await open()).json()).toEqual({
      action: 'window',
      data: {
        imp_uid: 'imp_000000000001',
        merchant_uid: 'ORD-1',
        url: '/window/pay/imp_000000000001',
        returnMethod: 'redirect',
        request_id: 'req_1',
      },
    })
  })

  it('T37: shows the shop’s texts as text, under a policy that runs no inline script', async () => {
    const { open, simulator } = createFixture()
    await open()
    const response = await simulator.app.request('/window/pay/imp_000000000001')
    const page = await response.text()
    expect(page).toContain('당근 &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script>alert')
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'",
    )
  })

  it.each([
    ['ko', '129,000원'],
    ['en-US,en;q=0.9', '₩129,000'],
  ])('is in the language of a browser that prefers %s', async (language, amount) => {
    const { open, simulator } = createFixture()
    await open()
    const headers = { 'accept-language': language }
    const response = await simulator.app.request('/window/pay/imp_000000000001', { headers })
    expect(await response.text()).toContain(amount)
  })

  it('is in the language the shop requested', async () => {
    const { open, simulator } = createFixture()
    await open({ language: 'en' })
    const headers = { 'accept-language': 'ko' }
    const response = await simulator.app.request('/window/pay/imp_000000000001', { headers })
    expect(await response.text()).toContain('<html lang="en">')
  })

  it('redirects a phone to the shop, with the flag', async () => {
    const { open, submit } = createFixture()
    await open()
    const response = await submit({ action: 'pay' })
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'https://shop.example/done?a=1&imp_uid=imp_000000000001&merchant_uid=ORD-1&imp_success=true',
    ])
  })

  it('pays with the chosen card and instalments', async () => {
    const { open, submit, simulator } = createFixture()
    await open()
    await submit({ action: 'pay', card: '381', quota: '3' })
    const { payment } = await simulator.paymentWindow.cancel('imp_000000000001')
    const { status, card_code, card_name, card_quota } = payment
    expect({ status, card_code, card_name, card_quota }).toEqual({
      status: 'paid',
      card_code: '381',
      card_name: 'KB국민카드',
      card_quota: 3,
    })
  })

  it('returns the first result to a second press', async () => {
    const { open, submit } = createFixture()
    await open()
    const first = await submit({ action: 'decline', refusal: 'CC10' })
    const again = await submit({ action: 'pay' })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
  })

  it('shows that it is finished when it is opened again', async () => {
    const { open, submit, simulator } = createFixture()
    await open()
    await submit({ action: 'pay' })
    const response = await simulator.app.request('/window/pay/imp_000000000001')
    expect(await response.text()).toContain('data-outcome="finished"')
  })

  it('leaves the payment ready, without a callback, when a phone closes its tab', async () => {
    const { open, submit, simulator } = createFixture()
    await open()
    const response = await submit({ action: 'close' })
    expect(await response.text()).toContain('data-outcome="closed"')
    expect(simulator.paymentWindow.view('imp_000000000001')?.status).toBe('ready')
  })

  it.each([
    ['/window/pay/imp_404', 'GET'],
    ['/window/pay/imp_404', 'POST'],
    ['/window/closing/imp_404', 'POST'],
    ['/window/returned/imp_404', 'POST'],
  ])('returns 404 at %s (%s)', async (path, method) => {
    const response = await createFixture().simulator.app.request(path, { method })
    expect(response.status).toBe(404)
  })

  it('refuses a form that none of its buttons sends', async () => {
    const { open, submit } = createFixture()
    await open()
    expect((await submit({ action: 'refund' })).status).toBe(400)
  })
})

describe('POST /api/prepare/v1', () => {
  const data = { userCode: 'imp00000000', ...order, pg: 'tosspayments', actionType: 'REQUEST_PAY' }

  it('opens a window of a new module, which returns without a flag', async () => {
    const { post, submit } = createFixture()
    expect(await (await post('/api/prepare/v1', data)).json()).toEqual({
      imp_uid: 'imp_000000000001',
      merchant_uid: 'ORD-1',
      url: '/window/pay/imp_000000000001',
      returnMethod: 'redirect',
      request_id: 'req_1',
    })
    expect((await submit({ action: 'pay' })).headers.get('location')).toBe(
      'https://shop.example/done?a=1&imp_uid=imp_000000000001&merchant_uid=ORD-1',
    )
  })

  it('returns code and text, and no imp_uid, when no window opens', async () => {
    const { post, submit } = createFixture()
    await post('/api/prepare/v1', data)
    await submit({ action: 'pay' })
    const response = await post('/api/prepare/v1', data)
    expect([response.status, await response.json()]).toEqual([
      400,
      { error_code: 'F1002', error_msg: '이미 결제가 이루어진 거래건입니다.' },
    ])
  })
})

describe('GET /api/status/v1', () => {
  it.each([
    ['ready', {}, {}],
    ['paid', {}, { action: 'pay' }],
    ['issued', { pay_method: 'vbank' }, { action: 'pay', bank: '004' }],
  ])('reports %s', async (status, changes, form) => {
    const { open, submit, simulator } = createFixture()
    await open(changes)
    if ('action' in form) await submit(form)
    const response = await simulator.app.request('/api/status/v1?imp_uid=imp_000000000001')
    expect(await response.json()).toEqual({ status })
  })

  it('reports a refusal in the PG’s own code and text', async () => {
    const { open, submit, simulator } = createFixture()
    await open()
    await submit({ action: 'decline', refusal: 'CC10' })
    const response = await simulator.app.request('/api/status/v1?imp_uid=imp_000000000001')
    expect(await response.json()).toEqual({
      status: 'failed',
      error_code: 'PG_PROVIDER_ERROR',
      error_msg: '잔액부족',
      pg_code: 'CC10',
      pg_message: '잔액부족',
    })
  })
})

describe('the choices a shop limits the window to', () => {
  const shown = async (params: object) => {
    const { open, simulator } = createFixture()
    await open({ pg: 'kcp', ...params }, 'a PC')
    const page = await (await simulator.app.request('/window/pay/imp_000000000001')).text()
    const offered = (name: string) => {
      const [, list = ''] = new RegExp(`name="${name}">(.*?)</select>`, 's').exec(page) ?? []
      return [...list.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)
    }
    const [, discount = null] = /<dt>카드 프로모션 할인<\/dt><dd>(.*?)<\/dd>/.exec(page) ?? []
    return { cards: offered('card'), quotas: offered('quota'), discount }
  }

  it.each([
    [
      'one card company and its instalments',
      { card: { direct: { code: '367', quota: 3 } } },
      ['367'],
      ['3'],
      null,
    ],
    [
      'all but some card companies, in full',
      {
        card: {
          detail: [
            { card_code: '366', enabled: false },
            { card_code: '381', enabled: false },
          ],
        },
        display: { card_quota: [] },
      },
      ['365', '367', '368', '361', '371', '041', '374', '090'],
      ['0'],
      null,
    ],
    [
      'only some card companies',
      {
        card: {
          detail: [
            { card_code: '*', enabled: false },
            { card_code: '367', enabled: true },
          ],
        },
        display: { card_quota: [3] },
      },
      ['367'],
      ['0', '3'],
      null,
    ],
    [
      'a promotion, with its discount',
      {
        card: { direct: { code: '367', quota: 2 } },
        promotion_id: 'promotion-id-simulator-hyundai',
      },
      ['367'],
      ['2'],
      '− 1,000원',
    ],
  ])('offers %s', async (_, params, cards, quotas, discount) => {
    expect(await shown(params)).toEqual({ cards, quotas, discount })
  })
})

describe('a KCP QuickPay window that takes no money', () => {
  it('shows that the request was processed, not that anything was paid', async () => {
    const { open, submit } = createFixture()
    const bypass = { kcpQuick: { memberID: 'member-1', actionType: 'Register' } }
    await open({ pg: 'kcp_quick', amount: undefined, bypass }, 'a PC')
    expect(await (await submit({ action: 'pay' })).text()).toContain('data-outcome="processed"')
  })
})

describe('an order of Naver’s order type', () => {
  it.each([
    ['stays at Naver when it is paid', { action: 'pay' }, 200, null],
    [
      'comes back when it is not',
      { action: 'cancel' },
      302,
      'https://shop.example/done?imp_uid=imp_000000000001&merchant_uid=ORD-1&imp_success=false&error_msg=%5B%EA%B2%B0%EC%A0%9C%ED%8F%AC%EA%B8%B0%5D%20%EC%82%AC%EC%9A%A9%EC%9E%90%EA%B0%80%20%EA%B2%B0%EC%A0%9C%EB%A5%BC%20%EC%B7%A8%EC%86%8C%ED%95%98%EC%85%A8%EC%8A%B5%EB%8B%88%EB%8B%A4',
    ],
  ])('%s', async (_, form, status, location) => {
    const { open, submit } = createFixture()
    await open({
      pg: 'naverco',
      buyer_tel: '010-1234-5678',
      naverProducts: [{ id: 'P1', name: '양말', basePrice: 1000 }],
      m_redirect_url: 'https://shop.example/done',
    })
    const response = await submit(form)
    expect([response.status, response.headers.get('location')]).toEqual([status, location])
  })
})

describe('the provider’s last pages', () => {
  it('T37: shows error_msg as text', async () => {
    const path = '/payments/fail?success=false&imp_uid=null&error_msg=<img src=x onerror=alert(1)>'
    const page = await (await createFixture().simulator.app.request(encodeURI(path))).text()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toContain('<img')
  })
})
