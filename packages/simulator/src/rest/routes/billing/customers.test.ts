import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'

const card = {
  card_number: '4518-4212-3456-7894',
  expiry: '2028-12',
  birth: '900101',
  pwd_2digit: '12',
}
const path = '/subscribe/customers/gildong'
const issued = {
  customer_uid: 'gildong',
  customer_id: null,
  customer_name: '홍길동',
  customer_tel: null,
  customer_email: null,
  customer_addr: null,
  customer_postcode: null,
  pg_provider: 'nice_v2',
  pg_id: 'nice_simulator',
  sandbox: false,
  card_code: '366',
  card_name: '신한카드',
  card_issuer_code: '366',
  card_issuer_name: '신한카드',
  card_publisher_code: '366',
  card_publisher_name: '신한카드',
  card_number: '451842*********4',
  card_type: 0,
  inserted: fixedTimeSeconds,
  updated: fixedTimeSeconds,
}
const unknown = {
  status: 200,
  body: {
    code: 1,
    message: '요청하신 customer_uid(gildong)로 등록된 정보를 찾을 수 없습니다.',
    response: null,
  },
}

describe('/subscribe/customers/{customer_uid}', () => {
  it('issues a key for card data, returns it and deletes it permanently', async () => {
    const { send, get, authorized } = createMerchant()
    const made = await send('POST', path, { ...card, customer_name: '홍길동' })
    const read = await get(path)
    const deleted = await authorized(`${path}?extra[requester]=customer`, { method: 'DELETE' })

    expect(made).toEqual({ status: 200, body: { code: 0, message: null, response: issued } })
    expect([read, deleted]).toEqual([made, made])
    expect(await get(path)).toEqual(unknown)
    expect(await authorized(path, { method: 'DELETE' })).toEqual(unknown)
  })

  it('overwrites the key of a customer_uid and keeps the time of the first one', async () => {
    const { send, simulator } = createMerchant()
    await send('POST', path, card)
    await simulator.clock.advance(60_000)
    const again = await send('POST', path, { ...card, pg: 'html5_inicis' })
    expect(again.body['response']).toMatchObject({
      pg_provider: 'html5_inicis',
      card_issuer_code: null,
      inserted: fixedTimeSeconds,
      updated: fixedTimeSeconds + 60,
    })
  })

  it('accepts a form, a trailing slash and a customer_uid with a slash and Korean characters', async () => {
    const { authorized, get } = createMerchant()
    const body = new URLSearchParams(card).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const uid = encodeURIComponent('길동/1')
    await authorized(`/subscribe/customers/${uid}/`, { method: 'POST', headers, body })
    expect(fieldOf(await get('/subscribe/customers/길동/1'), 'customer_uid')).toBe('길동/1')
  })

  for (const [name, wrong, detail] of [
    ['a number with a wrong check digit', { card_number: '4092-0230-1234-1234' }, '카드번호'],
    ['no number', { card_number: null }, '카드번호'],
    ['an expiry in the past', { expiry: '2026-02' }, '유효기간'],
    ['an expiry that is none', { expiry: '12/28' }, '유효기간'],
    ['a birthday that is none', { birth: '1990' }, '생년월일'],
    ['a password that is too long', { pwd_2digit: '1234' }, '비밀번호'],
    ['the test card whose key is never issued', { card_number: '4000000000000069' }, '분실카드'],
  ] as const) {
    it(`refuses ${name} and stores nothing`, async () => {
      const { send, get } = createMerchant()
      const { status, body } = await send('POST', path, { ...card, ...wrong })
      const start = '카드정보 인증 및 빌키 발급에 실패하였습니다.'
      expect([status, body['code'], body['response']]).toEqual([200, -1, null])
      expect(body['message']).toMatch(new RegExp(`^${start}.*${detail}`))
      expect(await get(path)).toEqual(unknown)
    })
  }

  for (const wrong of [
    { channel_key: 'channel-key-unknown' },
    { channel_key: 'channel-key-html5_inicis' },
    { channel_group_id: 'channel-group-id-unknown' },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}, which has no channel for billing`, async () => {
      const { send } = createMerchant()
      expect(await send('POST', path, { ...card, ...wrong })).toEqual({
        status: 200,
        body: {
          code: 1,
          message: '비인증결제모듈 사용정보를 찾을 수 없습니다.',
          response: null,
        },
      })
    })
  }

  it('issues a group key at every channel of a group and lists the one that refused', async () => {
    const { send } = createMerchant()
    const group = { channel_group_id: 'channel-group-id-simulator' }
    const whole = await send('POST', path, { ...card, ...group })
    const part = await send('POST', path, { ...card, ...group, card_number: '4000000000003220' })

    const tried = (pg_provider: string, pg_id: string) =>
      expect.objectContaining({ pg_provider, pg_id })
    const nice = tried('nice_v2', 'nice_simulator')
    const toss = tried('tosspayments', 'toss_simulator')
    expect(whole.body['response']).toMatchObject({
      channelGroupId: 'channel-group-id-simulator',
      succeededChannels: [nice, toss],
      failedChannels: [],
    })
    expect(part.body['response']).toMatchObject({
      succeededChannels: [toss],
      failedChannels: [
        {
          type: 'PG_PROVIDER',
          message: '[CC04] 분실카드',
          pg_provider: 'nice_v2',
          pg_id: 'nice_simulator',
        },
      ],
    })
  })
})

describe('GET /subscribe/customers', () => {
  it('returns 200 when all are found, 207 when some are, 404 when none is', async () => {
    const { send, get } = createMerchant()
    await send('POST', path, { ...card, customer_name: '홍길동' })
    await send('POST', '/subscribe/customers/dooly', card)
    const list = (...uids: string[]) =>
      get(`/subscribe/customers/?${uids.map((uid) => `customer_uid[]=${uid}`).join('&')}`)

    const both = await list('gildong', 'dooly')
    const some = await list('gildong', 'unknown')
    expect([both.status, both.body['response']]).toEqual([
      200,
      [issued, { ...issued, customer_uid: 'dooly', customer_name: null }],
    ])
    expect([some.status, some.body['response']]).toEqual([207, [issued]])
    expect((await list('unknown')).status).toBe(404)
  })
})

describe('GET /subscribe/customers/{customer_uid}/payments', () => {
  it('pages through the payments of a key, newest first, twenty at a time', async () => {
    const { send, get } = createMerchant()
    await send('POST', path, card)
    for (let number = 1; number <= 21; number += 1) {
      await send('POST', '/subscribe/payments/again', {
        customer_uid: 'gildong',
        merchant_uid: `order-${number}`,
        amount: 1000,
        name: '정기결제',
      })
    }
    const first = await get(`${path}/payments`)
    const second = await get(`${path}/payments/?page=2`)

    expect([fieldOf(first, 'total'), fieldOf(first, 'next')]).toEqual([21, 2])
    expect(fieldOf(first, 'list')).toHaveLength(20)
    expect(fieldOf(second, 'list')).toMatchObject([{ merchant_uid: 'order-1' }])
    expect((await get(`${path}/payments?page=3`)).status).toBe(400)
  })

  it('refuses an unknown key with the provider’s text', async () => {
    const { get } = createMerchant()
    expect(await get(`${path}/payments`)).toEqual(unknown)
  })
})
