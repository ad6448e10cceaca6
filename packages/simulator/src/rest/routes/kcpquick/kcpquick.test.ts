import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'

const channel_key = 'channel-key-kcp_quick'
const member = {
  member_id: 'member-1',
  pg_provider: 'kcp_quick',
  pg_id: 'quick_simulator',
  inserted: fixedTimeSeconds,
  updated: fixedTimeSeconds,
}

const setUp = async () => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const { paymentWindow } = merchant.simulator
  const open = async (merchant_uid: string, params: Record<string, unknown>) => {
    const opened = paymentWindow.open({
      user_code: 'imp00000000',
      device: 'mobile',
      user_agent: 'test',
      params: { pg: 'kcp_quick', merchant_uid, amount: 1000, name: '퀵페이', ...params },
    })
    if (!opened.ok) throw new TypeError(opened.error_msg)
    return paymentWindow.approve(opened.imp_uid, {})
  }
  const openFor = (actionType: string) =>
    open(`act-${actionType}`, { bypass: { kcpQuick: { memberID: 'member-1', actionType } } })
  return { ...merchant, open, openFor }
}

describe('KCP QuickPay members', () => {
  const path = '/kcpquick/members/member-1?site_code=S1&partner_type=P1&partner_subtype=P2'

  it('are registered in a window that takes no money, and deleted permanently', async () => {
    const { openFor, authorized, receivedRequests, simulator } = await setUp()
    const { payment, kcp_action } = await openFor('Register')
    await simulator.waitForIdle()
    const first = await authorized(path, { method: 'DELETE' })
    const second = await authorized(path, { method: 'DELETE' })

    expect([payment['status'], kcp_action, receivedRequests]).toEqual(['ready', 'Register', []])
    expect([first.status, first.body['response']]).toEqual([200, member])
    expect(second.status).toBe(404)
  })

  it('are not deleted without the codes of their site', async () => {
    const { authorized } = await setUp()
    const response = await authorized('/kcpquick/members/member-1', { method: 'DELETE' })
    expect(response.status).toBe(400)
  })

  it('lose their fingerprint once; a second release is refused with KCP’s own code', async () => {
    const { openFor, send } = await setUp()
    await openFor('Register')
    const to = '/kcpquick/members/member-1/fido/release'
    const first = await send('POST', to, { channel_key })
    const second = await send('POST', to, { channel_key })
    const unknown = await send('POST', '/kcpquick/members/unknown/fido/release', { channel_key })

    expect(first.body['response']).toEqual({ member_id: 'member-1' })
    expect([second, unknown].map(({ status, body }) => [status, body['code']])).toEqual([
      [200, -1],
      [200, -1],
    ])
    expect(second.body['error']).toEqual({ code: 'S005', message: '등록된 생체인증이 없습니다.' })
    expect((await send('POST', to, {})).status).toBe(400)
    expect((await send('POST', to, { channel_key: 'channel-key-kcp' })).status).toBe(400)
  })
})

describe('a QuickPay window', () => {
  const quick = (actionType: string) => ({ kcpQuick: { memberID: 'member-1', actionType } })

  it('registers a payment method without an amount, pays with it, and deletes it', async () => {
    const { open, get } = await setUp()
    const withKey = { customer_uid: 'means-1', amount: undefined }
    await open('register-1', { ...withKey, bypass: quick('Register') })
    const keyProvider = fieldOf(await get('/subscribe/customers/means-1'), 'pg_provider')
    const paid = await open('order-1', { customer_uid: 'means-1', bypass: quick('Pay') })
    await open('away-1', { ...withKey, bypass: quick('Deregister') })
    const gone = await get('/subscribe/customers/means-1')

    const { status, amount, customer_uid_usage } = paid.payment
    expect({ keyProvider, status, amount, customer_uid_usage, code: gone.body['code'] }).toEqual({
      keyProvider: 'kcp_quick',
      status: 'paid',
      amount: 1000,
      customer_uid_usage: 'payment',
      code: 1,
    })
  })

  it('deletes a member who leaves', async () => {
    const { openFor, authorized } = await setUp()
    await openFor('Register')
    await openFor('Terminate')
    const path = '/kcpquick/members/member-1?site_code=S1&partner_type=P1&partner_subtype=P2'
    expect((await authorized(path, { method: 'DELETE' })).status).toBe(404)
  })

  it('opens for prepaid money only after it was registered', async () => {
    const { openFor, send } = await setUp()
    await expect(openFor('SignUp')).rejects.toThrow('선불머니 거래사전 등록이 필요합니다.')
    const body = { btid: 'bt-1', cust_ip: '203.0.113.7', code_verifier: 'v' }
    await send('POST', '/kcpquick/prepare/act-SignUp', body)
    expect((await openFor('SignUp')).kcp_action).toBe('SignUp')
  })

  it('requires an amount for a payment', async () => {
    const { open } = await setUp()
    const params = { amount: undefined, bypass: quick('Pay') }
    await expect(open('order-1', params)).rejects.toThrow('결제금액이 올바르지 않습니다.')
  })
})

describe('/kcpquick/prepare/{merchant_uid}', () => {
  const path = `/kcpquick/prepare/${encodeURIComponent('주문/1')}`
  const body = { btid: 'bt-1', cust_ip: '203.0.113.7', code_verifier: 'v'.repeat(43) }

  it('registers once and changes afterwards', async () => {
    const { send } = await setUp()
    const early = await send('PUT', path, body)
    const made = await send('POST', path, body)
    const twice = await send('POST', path, body)
    const changed = await send('PUT', path, body)
    expect([early, made, twice, changed].map(({ status }) => status)).toEqual([404, 200, 409, 200])
    expect(made.body).toEqual({ code: 0, message: null, response: null })
  })

  for (const wrong of [
    { btid: null },
    { btid: 'b'.repeat(21) },
    { cust_ip: '203.0.113.256' },
    { cust_ip: '::1' },
    { code_verifier: 'v'.repeat(201) },
    { prepaid_auth_yn: 'Y' },
    { prepaid_amount: -1 },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const { send } = await setUp()
      expect((await send('POST', path, { ...body, ...wrong })).status).toBe(400)
    })
  }

  it('limits a payment to the registered prepaid amount', async () => {
    const { openFor, send } = await setUp()
    const check = await openFor('PinCheck')
    const prepaid = { ...body, prepaid_auth_yn: 'Y', prepaid_amount: 1000 }
    await send('POST', '/kcpquick/prepare/order-1', prepaid)
    const pay = (amount: number) =>
      send('POST', '/kcpquick/payment/money', {
        channel_key,
        member_id: 'member-1',
        merchant_uid: 'order-1',
        name: '퀵페이',
        amount,
        imp_uid: check.imp_uid,
      })
    expect((await pay(1001)).body['code']).toBe(-1)
    expect(fieldOf(await pay(1000), 'status')).toBe('paid')
  })
})

describe('POST /kcpquick/payment/money', () => {
  const order = {
    channel_key,
    member_id: 'member-1',
    merchant_uid: 'order-1',
    name: '퀵페이',
    amount: 1000,
  }

  it('pays after a PIN check, and sends the webhook', async () => {
    const { openFor, send, receivedRequests, simulator } = await setUp()
    const { imp_uid } = await openFor('PinCheck')
    const paid = await send('POST', '/kcpquick/payment/money/', { ...order, imp_uid })
    await simulator.waitForIdle()
    expect(paid.body['response']).toMatchObject({
      status: 'paid',
      pg_provider: 'kcp_quick',
      merchant_uid: 'order-1',
    })
    expect(receivedRequests).toHaveLength(1)
  })

  for (const wrong of [
    { member_id: 'unknown' },
    { imp_uid: 'imp_none' },
    { channel_key: 'channel-key-kcp' },
    { amount: 0 },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const { openFor, send } = await setUp()
      const { imp_uid } = await openFor('PinCheck')
      const response = await send('POST', '/kcpquick/payment/money', {
        ...order,
        imp_uid,
        ...wrong,
      })
      expect([response.body['code'] === 0, response.body['response']]).toEqual([false, null])
    })
  }

  it('does not accept another transaction as a PIN check', async () => {
    const { openFor, send } = await setUp()
    const { imp_uid } = await openFor('Register')
    const response = await send('POST', '/kcpquick/payment/money', { ...order, imp_uid })
    expect(response.body['code']).toBe(-1)
  })
})

describe('KCP QuickPay auto-pay keys', () => {
  const order = {
    customer_uid: 'auto-1',
    merchant_uid: 'order-1',
    name: '퀵페이',
    buyer_name: '홍길동',
    amount: 1000,
  }

  it('are registered in a window, charged and deleted', async () => {
    const { open, send, authorized } = await setUp()
    await open('issue-1', { customer_uid: 'auto-1' })
    const paid = await send('POST', '/kcpquick/payment/autopay', order)
    const deleted = await authorized('/kcpquick/autopay/auto-1', { method: 'DELETE' })
    const again = { ...order, merchant_uid: 'order-2' }
    const late = await send('POST', '/kcpquick/payment/autopay', again)

    expect(paid.body['response']).toMatchObject({ status: 'paid', customer_uid: 'auto-1' })
    expect(deleted.body['response']).toEqual({ customer_uid: 'auto-1' })
    expect(late.body).toMatchObject({ code: 1, message: '등록되지 않은 구매자입니다.' })
  })

  it('are not keys of another PG', async () => {
    const { control, send, authorized } = await setUp()
    await control('/billing-keys', { customer_uid: 'auto-1', pg_provider: 'kakaopay' })
    expect((await send('POST', '/kcpquick/payment/autopay', order)).body['code']).toBe(1)
    const deleted = await authorized('/kcpquick/autopay/auto-1', { method: 'DELETE' })
    expect(deleted.status).toBe(404)
  })
})
