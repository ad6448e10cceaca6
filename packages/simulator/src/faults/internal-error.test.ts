import { describe, expect, it } from 'vitest'
import { createMerchant, toRecord } from '../../test/merchant.ts'
import type { InternalError } from './internal-error.ts'

const account = {
  channel_key: 'channel-key-settle',
  merchant_uid: 'order-1',
  amount: 1000,
  vbank_code: '004',
  vbank_due: 1_800_000_000,
  vbank_holder: '가게',
}

describe('an internal error of the simulator', () => {
  const setUp = () => {
    const errors: InternalError[] = []
    const merchant = createMerchant({
      newId: () => {
        throw new RangeError('번호가 없습니다')
      },
      onInternalError: (error) => errors.push(error),
    })
    return { ...merchant, errors }
  }
  const issueAccount = async ({ simulator, login }: ReturnType<typeof createMerchant>) =>
    simulator.fetch('https://api.iamport.kr/vbanks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await login() },
      body: JSON.stringify(account),
    })

  it('returns 500 with a header and a text that no refusal has', async () => {
    const response = await issueAccount(setUp())
    expect([
      response.status,
      response.headers.get('simulator-internal-error'),
      await response.json(),
    ]).toEqual([
      500,
      'RangeError',
      {
        code: -1,
        message:
          'Internal error of the simulator, not a response of the provider: RangeError: 번호가 없습니다',
        response: null,
      },
    ])
  })

  it('is passed to onInternalError', async () => {
    const merchant = setUp()
    await issueAccount(merchant)
    expect(merchant.errors).toEqual([
      { method: 'POST', path: '/vbanks', error: new RangeError('번호가 없습니다') },
    ])
  })

  it('is distinguishable from a PG’s refusal', async () => {
    const { simulator, login } = createMerchant()
    const response = await simulator.fetch('https://api.iamport.kr/benepia/point', {
      method: 'POST',
      headers: { authorization: await login() },
      body: new URLSearchParams({
        benepia_user: 'user-1',
        benepia_password: 'wrong',
        channel_key: 'channel-key-kcp',
      }),
    })
    const { code } = toRecord(await response.json())
    expect([response.status, code, response.headers.has('simulator-internal-error')]).toEqual([
      500,
      -1,
      false,
    ])
  })
})

describe('malformed requests to the window’s own endpoints', () => {
  const paths = [
    '/api/prepare/v1',
    '/window/open/imp00000000',
    '/window/wishlist',
    '/certificates/open',
    '/certificates/closing/imp_1',
    '/window/pay/imp_1',
    '/api/supplements/v1/link/payment',
    '/_simulator/payments',
    '/_simulator/clock',
    '/_simulator/faults',
  ]
  it.each(paths)('%s has no internal error', async (path) => {
    const { simulator } = createMerchant()
    const bodies = ['', '{', '[]', 'null', '{"data":null,"params":7}', 'a=1', '\0', '"text"']
    const headerValues = await Promise.all(
      bodies.map(async (body) => {
        const headers = { 'content-type': 'application/json' }
        const init = { method: 'POST', headers, body }
        const response = await simulator.fetch(`https://api.iamport.kr${path}`, init)
        return response.headers.get('simulator-internal-error')
      }),
    )
    expect(headerValues).toEqual(bodies.map(() => null))
  })
})
