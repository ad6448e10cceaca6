import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, noonSeconds } from '../../../test/merchant.ts'

const keys = { imp_key: 'simulator-key', imp_secret: 'simulator-secret' }
const minuteMs = 60_000

const setUp = () => {
  const merchant = createMerchant()
  const ask = () => merchant.call('/users/getToken', merchant.json('POST', keys))
  return { ...merchant, ask }
}

describe('POST /users/getToken', () => {
  it('gives a token for thirty minutes, in exactly three members (habit 13)', async () => {
    const answer = await setUp().ask()

    expect(answer).toEqual({
      status: 200,
      body: {
        code: 0,
        message: null,
        response: {
          access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
          now: noonSeconds,
          expired_at: noonSeconds + 1800,
        },
      },
    })
  })

  it('gives the same token with the same expiry to who asks again early', async () => {
    const { ask, simulator } = setUp()
    const first = await ask()
    await simulator.clock.advance(20 * minuteMs)
    const second = await ask()

    expect(second.body['response']).toEqual({
      access_token: fieldOf(first, 'access_token'),
      now: noonSeconds + 1200,
      expired_at: noonSeconds + 1800,
    })
  })

  it('adds five minutes to the same token within its last minute', async () => {
    const { ask, simulator } = setUp()
    const first = await ask()
    await simulator.clock.advance(29 * minuteMs)
    const second = await ask()

    expect(second.body['response']).toEqual({
      access_token: fieldOf(first, 'access_token'),
      now: noonSeconds + 1740,
      expired_at: noonSeconds + 2100,
    })
  })

  it('gives a new token after the old one expired', async () => {
    const { ask, simulator } = setUp()
    const first = await ask()
    await simulator.clock.advance(30 * minuteMs)
    const second = await ask()

    expect(fieldOf(second, 'access_token')).not.toBe(fieldOf(first, 'access_token'))
    expect(fieldOf(second, 'expired_at')).toBe(noonSeconds + 3600)
  })

  it('refuses wrong keys in the words of the provider', async () => {
    const { call, json } = setUp()
    const answer = await call('/users/getToken', json('POST', { ...keys, imp_secret: 'wrong' }))

    expect(answer).toEqual({
      status: 401,
      body: {
        code: -1,
        message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
        response: null,
      },
    })
  })

  it('refuses missing keys in the words of the provider', async () => {
    const { call, json } = setUp()
    const answer = await call('/users/getToken', json('POST', { imp_key: 'simulator-key' }))

    expect(answer).toEqual({
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

  it('is refused with a made-up token', async () => {
    const { call } = setUp()
    const answer = await call('/payments/imp_1', { headers: { authorization: 'made-up' } })
    expect(answer).toEqual(unauthorized)
  })

  it('is refused from the second in which the token expires', async () => {
    const { get, stage, simulator } = setUp()
    await stage({ imp_uid: 'imp_1' })
    const path = '/payments/imp_1'
    const before = await get(path)
    await simulator.clock.advance(30 * minuteMs)

    expect(before.status).toBe(200)
    expect(await get(path)).toEqual(unauthorized)
  })
})
