import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../test/merchant.ts'

const danal = {
  pg_provider: 'danal',
  pg_id: 'A010002002',
  channel_key: 'channel-key-1',
  type: 'certification' as const,
  sandbox: false,
  module: 'legacy' as const,
  store_id: 'store-1',
}

describe('GET /users/pg', () => {
  it('lists the channels of the console, without the members that only the browser script needs', async () => {
    const { get } = createMerchant({ channels: [danal] })
    const { module: _, store_id: __, ...shown } = danal
    expect(await get('/users/pg')).toEqual({
      status: 200,
      body: {
        code: 0,
        message: null,
        response: [{ ...shown, channel_name: 'danal 실연동' }],
      },
    })
  })

  it('requires a token', async () => {
    expect((await createMerchant().call('/users/pg')).status).toBe(401)
  })
})
