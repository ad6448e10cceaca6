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

function createStage() {
  let count = 0
  const newId = () => `imp_${String((count += 1)).padStart(12, '0')}`
  const simulator = createSimulator({ newId, fetch: () => new Response('ok') })
  const ask = (path: string, data: object, userAgent = phone) =>
    simulator.app.request(path, {
      method: 'POST',
      headers: { 'user-agent': userAgent, 'content-type': 'application/json' },
      body: JSON.stringify({ data, origin: 'https://shop.example', requestId: 'req_1' }),
    })
  const press = (form: Record<string, string>, impUid = 'imp_000000000001') =>
    simulator.app.request(`/window/pay/${impUid}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
  const open = (changes: object = {}, userAgent = phone) =>
    ask('/window/open/imp00000000', { ...order, ...changes }, userAgent)
  return { simulator, ask, open, press }
}

describe('the browser script', () => {
  it.each(['/v1/iamport.js', '/js/iamport.payment-1.2.0.js', '/js/iamport.payment-1.1.8.js'])(
    'is served at %s, in one piece',
    async (path) => {
      const answer = await createStage().simulator.app.request(path)
      const text = await answer.text()
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(text).not.toMatch(/\b(import|export)\b/)
      expect(() => new Script(text)).not.toThrow()
    },
  )
})

describe('GET /users/pg/:userCode', () => {
  it('lists the channels to a page of any origin', async () => {
    const { simulator } = createStage()
    const answer = await simulator.app.request('/users/pg/imp00000000', {
      headers: { origin: 'https://shop.example' },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const { code, data } = await answer.json()
    expect([code, data]).toEqual([0, simulator.desk.channels('imp00000000')])
  })

  it('lists nothing for a merchant code it does not know', async () => {
    const answer = await createStage().simulator.app.request('/users/pg/imp99999999')
    expect(await answer.json()).toEqual({
      code: 1,
      message: '등록되지 않은 가맹점 식별코드입니다.',
      data: null,
    })
  })
})

describe('the payment window', () => {
  it('opens for a request of the old script', async () => {
    const { open } = createStage()
    expect(await (await open()).json()).toEqual({
      action: 'window',
      data: {
        imp_uid: 'imp_000000000001',
        merchant_uid: 'ORD-1',
        url: '/window/pay/imp_000000000001',
        way: 'redirect',
        request_id: 'req_1',
      },
    })
  })

  it('T37: shows what came from outside as text, under a policy that runs no inline script', async () => {
    const { open, simulator } = createStage()
    await open()
    const answer = await simulator.app.request('/window/pay/imp_000000000001')
    const page = await answer.text()
    expect(page).toContain('당근 &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script>alert')
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'",
    )
  })

  it.each([
    ['ko', '129,000원'],
    ['en-US,en;q=0.9', '₩129,000'],
  ])('speaks to a browser that prefers %s', async (language, amount) => {
    const { open, simulator } = createStage()
    await open()
    const headers = { 'accept-language': language }
    const answer = await simulator.app.request('/window/pay/imp_000000000001', { headers })
    expect(await answer.text()).toContain(amount)
  })

  it('speaks the language the shop asked for', async () => {
    const { open, simulator } = createStage()
    await open({ language: 'en' })
    const headers = { 'accept-language': 'ko' }
    const answer = await simulator.app.request('/window/pay/imp_000000000001', { headers })
    expect(await answer.text()).toContain('<html lang="en">')
  })

  it('returns a phone to the shop, flag and all', async () => {
    const { open, press } = createStage()
    await open()
    const answer = await press({ action: 'pay' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'https://shop.example/done?a=1&imp_uid=imp_000000000001&merchant_uid=ORD-1&imp_success=true',
    ])
  })

  it('pays with the card and the months that were picked', async () => {
    const { open, press, simulator } = createStage()
    await open()
    await press({ action: 'pay', card: '381', quota: '3' })
    const { payment } = await simulator.desk.cancel('imp_000000000001')
    const { status, card_code, card_name, card_quota } = payment
    expect({ status, card_code, card_name, card_quota }).toEqual({
      status: 'paid',
      card_code: '381',
      card_name: 'KB국민카드',
      card_quota: 3,
    })
  })

  it('gives the first result to whoever presses again', async () => {
    const { open, press } = createStage()
    await open()
    const first = await press({ action: 'decline', refusal: 'CC10' })
    const again = await press({ action: 'pay' })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
  })

  it('says so when it is opened after its end', async () => {
    const { open, press, simulator } = createStage()
    await open()
    await press({ action: 'pay' })
    const answer = await simulator.app.request('/window/pay/imp_000000000001')
    expect(await answer.text()).toContain('data-outcome="finished"')
  })

  it('leaves the payment ready and tells nobody when a phone closes its tab', async () => {
    const { open, press, simulator } = createStage()
    await open()
    const answer = await press({ action: 'close' })
    expect(await answer.text()).toContain('data-outcome="closed"')
    expect(simulator.desk.view('imp_000000000001')?.status).toBe('ready')
  })

  it.each([
    ['/window/pay/imp_404', 'GET'],
    ['/window/pay/imp_404', 'POST'],
    ['/window/closing/imp_404', 'POST'],
    ['/window/returned/imp_404', 'POST'],
  ])('knows nothing at %s (%s)', async (path, method) => {
    const answer = await createStage().simulator.app.request(path, { method })
    expect(answer.status).toBe(404)
  })

  it('refuses a form that no button of it sends', async () => {
    const { open, press } = createStage()
    await open()
    expect((await press({ action: 'refund' })).status).toBe(400)
  })
})

describe('POST /api/prepare/v1', () => {
  const data = { userCode: 'imp00000000', ...order, pg: 'tosspayments', actionType: 'REQUEST_PAY' }

  it('opens a window of a new module, which returns without a flag', async () => {
    const { ask, press } = createStage()
    expect(await (await ask('/api/prepare/v1', data)).json()).toEqual({
      imp_uid: 'imp_000000000001',
      merchant_uid: 'ORD-1',
      url: '/window/pay/imp_000000000001',
      way: 'redirect',
      request_id: 'req_1',
    })
    expect((await press({ action: 'pay' })).headers.get('location')).toBe(
      'https://shop.example/done?a=1&imp_uid=imp_000000000001&merchant_uid=ORD-1',
    )
  })

  it('answers code and text, and no imp_uid, when no window opens', async () => {
    const { ask, press } = createStage()
    await ask('/api/prepare/v1', data)
    await press({ action: 'pay' })
    const answer = await ask('/api/prepare/v1', data)
    expect([answer.status, await answer.json()]).toEqual([
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
    const { open, press, simulator } = createStage()
    await open(changes)
    if ('action' in form) await press(form)
    const answer = await simulator.app.request('/api/status/v1?imp_uid=imp_000000000001')
    expect(await answer.json()).toEqual({ status })
  })

  it('reports a refusal in the PG’s own code and text', async () => {
    const { open, press, simulator } = createStage()
    await open()
    await press({ action: 'decline', refusal: 'CC10' })
    const answer = await simulator.app.request('/api/status/v1?imp_uid=imp_000000000001')
    expect(await answer.json()).toEqual({
      status: 'failed',
      error_code: 'PG_PROVIDER_ERROR',
      error_msg: '잔액부족',
      pg_code: 'CC10',
      pg_message: '잔액부족',
    })
  })
})

describe('what a shop narrows the window down to', () => {
  const shown = async (params: object) => {
    const { open, simulator } = createStage()
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
      'some card companies alone',
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
      'a promotion, with what it takes off',
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
  it('says that the request was carried out, not that anything was paid', async () => {
    const { open, press } = createStage()
    const bypass = { kcpQuick: { memberID: 'member-1', actionType: 'Register' } }
    await open({ pg: 'kcp_quick', amount: undefined, bypass }, 'a PC')
    expect(await (await press({ action: 'pay' })).text()).toContain('data-outcome="noted"')
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
    const { open, press } = createStage()
    await open({ pg: 'naverco', m_redirect_url: 'https://shop.example/done' })
    const answer = await press(form)
    expect([answer.status, answer.headers.get('location')]).toEqual([status, location])
  })
})

describe('the provider’s own last pages', () => {
  it('T37: shows error_msg as text', async () => {
    const path = '/payments/fail?success=false&imp_uid=null&error_msg=<img src=x onerror=alert(1)>'
    const page = await (await createStage().simulator.app.request(encodeURI(path))).text()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toContain('<img')
  })
})
