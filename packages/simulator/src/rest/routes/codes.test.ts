import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../test/merchant.ts'

describe.each([
  ['banks', '088', '신한은행', 47],
  ['cards', '366', '신한카드', 26],
])('GET /%s', (path, code, name, count) => {
  it('lists every institution with its code and Korean name', async () => {
    const { status, body } = await createMerchant().get(`/${path}`)
    expect([status, body['code']]).toEqual([200, 0])
    expect(body['response']).toHaveLength(count)
    expect(body['response']).toContainEqual({ code, name })
  })

  it('returns one by its code', async () => {
    expect(await createMerchant().get(`/${path}/${code}`)).toEqual({
      status: 200,
      body: { code: 0, message: null, response: { code, name } },
    })
  })

  it('returns 404 for an unknown code', async () => {
    expect(await createMerchant().get(`/${path}/999`)).toEqual({
      status: 404,
      body: { code: 1, message: '존재하지 않는 기관 코드입니다.', response: null },
    })
  })
})
