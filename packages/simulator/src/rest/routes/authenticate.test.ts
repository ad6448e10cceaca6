import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../test/merchant.ts'

const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
const minuteMs = 60_000

const setUp = () => {
  const merchant = createMerchant()
  const getToken = () => merchant.call('/users/getToken', merchant.json('POST', keys))
  return { ...merchant, getToken }
}

describe('POST /users/getToken', () => {
  it('returns a token for thirty minutes, in exactly three members', async () => {
    const response = await setUp().getToken()

    expect(response).toEqual({
      status: 200,
      body: {
        code: 0,
        message: null,
        response: {
          access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
          now: fixedTimeSeconds,
          expired_at: fixedTimeSeconds + 1800,
        },
      },
    })
  })

  it('returns the same token with the same expiry to an early second request', async () => {
    const { getToken, simulator } = setUp()
    const first = await getToken()
    await simulator.clock.advance(20 * minuteMs)
    const second = await getToken()

    expect(second.body['response']).toEqual({
      access_token: fieldOf(first, 'access_token'),
      now: fixedTimeSeconds + 1200,
      expired_at: fixedTimeSeconds + 1800,
    })
  })

  it('extends the same token by five minutes within its last minute', async () => {
    const { getToken, simulator } = setUp()
    const first = await getToken()
    await simulator.clock.advance(29 * minuteMs)
    const second = await getToken()

    expect(second.body['response']).toEqual({
      access_token: fieldOf(first, 'access_token'),
      now: fixedTimeSeconds + 1740,
      expired_at: fixedTimeSeconds + 2100,
    })
  })

  it('returns a new token after the old one expired', async () => {
    const { getToken, simulator } = setUp()
    const first = await getToken()
    await simulator.clock.advance(30 * minuteMs)
    const second = await getToken()

    expect(fieldOf(second, 'access_token')).not.toBe(fieldOf(first, 'access_token'))
    expect(fieldOf(second, 'expired_at')).toBe(fixedTimeSeconds + 3600)
  })

  it('refuses wrong keys with the provider’s text', async () => {
    const { call, json } = setUp()
    const response = await call('/users/getToken', json('POST', { ...keys, imp_secret: 'wrong' }))

    expect(response).toEqual({
      status: 401,
      body: {
        code: -1,
        message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
        response: null,
      },
    })
  })

  it('refuses missing keys with the provider’s text', async () => {
    const { call, json } = setUp()
    const response = await call('/users/getToken', json('POST', { imp_key: 'simulator-key' }))

    expect(response).toEqual({
      status: 400,
      body: {
        code: -1,
        message: 'imp_key, imp_secret 파라메터가 누락되었습니다.',
        response: null,
      },
    })
  })
})

describe('every other call', () => {
  const unauthorized = {
    status: 401,
    body: { code: -1, message: 'Unauthorized', response: null },
  }

  it('is refused without a token', async () => {
    const { call } = setUp()
    expect(await call('/payments/imp_1')).toEqual(unauthorized)
  })

  it('is refused with an unknown token', async () => {
    const { call } = setUp()
    const response = await call('/payments/imp_1', { headers: { authorization: 'made-up' } })
    expect(response).toEqual(unauthorized)
  })

  it('is refused from the second in which the token expires', async () => {
    const { get, seedPayment, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const path = '/payments/imp_1'
    const before = await get(path)
    await simulator.clock.advance(30 * minuteMs)

    expect(before.status).toBe(200)
    expect(await get(path)).toEqual(unauthorized)
  })
})
