import { describe, expect, it } from 'vitest'
import { benepia, cvs, kcpquick, payco, payments, unwrap } from '../src/index.ts'
import { createSimulatedClient } from './simulated-client.ts'

const order = { merchant_uid: 'ORD-1', amount: 1000, name: '티셔츠' }

describe('points, barcodes and QuickPay with a simulated provider', () => {
  it('pays with points, and redacts the login in a refusal', async () => {
    const { client } = createSimulatedClient()
    const login = {
      benepia_user: 'user-canary',
      benepia_password: 'right',
      channel_key: 'channel-key-kcp',
    }
    const before = unwrap(await client.call(benepia.point, login)).point
    const paid = unwrap(await client.call(benepia.payment, { ...login, ...order }))
    expect([paid.status, paid.amount]).toEqual(['paid', 1000])
    expect(unwrap(await client.call(benepia.point, login)).point).toBe(before - 1000)

    const wrong = { ...login, benepia_password: 'wrong' }
    const refused = await client.call(benepia.payment, { ...wrong, ...order, merchant_uid: 'B-2' })
    expect(refused).toMatchObject({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.find', params: { merchant_uid: 'B-2' } },
        cause: { reason: 'server_error', httpStatus: 500, code: -1 },
      },
    })
    expect(JSON.stringify(refused)).not.toMatch(/canary/)
    expect(await client.call(payments.find, { merchant_uid: 'B-2' })).toMatchObject({
      failure: { reason: 'not_found' },
    })
  })

  it('issues a barcode and revokes it once', async () => {
    const { client, startedAt } = createSimulatedClient()
    const barcode = unwrap(
      await client.call(cvs.post, {
        ...order,
        channel_key: 'channel-key-galaxia',
        expired_at: startedAt + 86_400,
      }),
    )
    expect(barcode.status).toBe('ready')
    const { imp_uid } = barcode
    expect((await client.call(cvs.remove, { imp_uid })).ok).toBe(true)
    expect(await client.call(cvs.remove, { imp_uid })).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 400 },
    })
  })

  it('registers a use of prepaid money once and changes it, each without a value', async () => {
    const { client } = createSimulatedClient()
    const use = { merchant_uid: 'K-1', btid: 'B', cust_ip: '192.0.2.1', code_verifier: 'v' }
    const nothing = { ok: true, value: null, partial: false }
    expect(await client.call(kcpquick.postPrepare, use)).toEqual(nothing)
    expect(await client.call(kcpquick.postPrepare, use)).toMatchObject({
      failure: { reason: 'refused', httpStatus: 409 },
    })
    expect(await client.call(kcpquick.putPrepare, use)).toEqual(nothing)
  })

  it("reports an unknown member with KCP's own message", async () => {
    const { client } = createSimulatedClient()
    const channel_key = 'channel-key-kcp_quick'
    const fido = await client.call(kcpquick.releaseFido, { member_id: 'M', channel_key })
    expect(fido).toMatchObject({
      ok: false,
      failure: { reason: 'refused', httpStatus: 200, pgError: expect.stringContaining('"code"') },
    })
    const money = { ...order, member_id: 'M', channel_key, imp_uid: 'imp_pin' }
    expect(await client.call(kcpquick.money, money)).toMatchObject({
      failure: { reason: 'refused', httpStatus: 200, code: -1 },
    })
    const autopay = { ...order, customer_uid: 'M', buyer_name: '홍길동' }
    expect(await client.call(kcpquick.autopay, autopay)).toMatchObject({
      failure: { reason: 'refused', httpStatus: 200 },
    })
    expect(await client.call(kcpquick.removeAutopay, { customer_uid: 'M' })).toMatchObject({
      failure: { reason: 'not_found' },
    })
    const site = { site_code: 'S', partner_type: 'P', partner_subtype: 'Q' }
    expect(await client.call(kcpquick.removeMember, { member_id: 'M', ...site })).toMatchObject({
      failure: { reason: 'not_found' },
    })
  })

  it('reports the status of an order to PAYCO', async () => {
    const { client, pay } = createSimulatedClient()
    const imp_uid = await pay({ merchant_uid: 'P-1', pg: 'payco', buyer_tel: '010-1234-5678' })
    const status = 'DELIVERY_START'
    expect(unwrap(await client.call(payco.status, { imp_uid, status }))).toEqual({ status })
  })
})
