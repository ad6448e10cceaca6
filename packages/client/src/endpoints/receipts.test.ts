import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  json,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, receipts } from '../index.ts'

const issued = {
  receipt_tid: 'T1',
  apply_num: '123456789',
  type: 'person',
  amount: 1000,
  vat: 91,
  receipt_url: null,
  applied_at: 1_700_000_000,
  cancelled_at: 0,
}
const imp_uid = 'imp_1'
const merchant_uid = '현금 1/2'
const ofPayment = { imp_uid, ...issued }
const ofSale = { merchant_uid, ...issued }
const external = '/receipts/external/%ED%98%84%EA%B8%88%201%2F2'
const terms = {
  identifier: '0101234canary',
  identifier_type: 'phone',
  type: 'person',
  product_type: 'real',
  buyer_name: '홍길동',
  buyer_email: 'a@example.com',
  buyer_tel: '0100000000',
  tax_free: 0,
  vat_amount: 91,
  corp_reg_no: '110111',
} as const
const own = { ...terms, company_tel: '02', company_name: '상점', vat: 91 }
const sale = {
  ...terms,
  channel_key: 'channel-key-1',
  name: '현금 판매',
  amount: 1000,
  pay_method: 'trans',
} as const

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'get',
    (client) => client.call(receipts.get, { imp_uid }),
    'GET /receipts/imp_1',
    null,
    ofPayment,
  ],
  [
    'post',
    (client) => client.call(receipts.post, { imp_uid, ...own }),
    'POST /receipts/imp_1',
    own,
    ofPayment,
  ],
  [
    'remove',
    (client) => client.call(receipts.remove, { imp_uid }),
    'DELETE /receipts/imp_1',
    null,
    ofPayment,
  ],
  [
    'getExternal',
    (client) => client.call(receipts.getExternal, { merchant_uid }),
    `GET ${external}`,
    null,
    ofSale,
  ],
  [
    'postExternal',
    (client) => client.call(receipts.postExternal, { merchant_uid, ...sale }),
    `POST ${external}`,
    sale,
    ofSale,
  ],
  [
    'removeExternal',
    (client) => client.call(receipts.removeExternal, { merchant_uid }),
    `DELETE ${external}`,
    null,
    ofSale,
  ],
]

describe('receipts', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it('redacts the recipient of a receipt when the provider repeats it', async () => {
    const message = '식별번호 0101234canary 오류'
    const { client, clock } = createScriptedClient([
      json({ code: 1, message, response: null }, 400),
    ])
    const call = client.call(receipts.post, { imp_uid, identifier: '0101234canary' })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 400,
        code: 1,
        message: '식별번호 [redacted] 오류',
      },
    })
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error a receipt needs a recipient
      () => client.call(receipts.post, { imp_uid }),
      // @ts-expect-error the receipt of a payment has no amount of its own
      () => client.call(receipts.post, { imp_uid, identifier: '1', amount: 1 }),
      // @ts-expect-error an undocumented payment method
      () => client.call(receipts.post, { imp_uid, identifier: '1', identifier_type: 'card' }),
    ]
    expect(wrong.length).toBe(3)
  })
})
