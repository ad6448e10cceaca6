import { describe, expect, it } from 'vitest'
import { type ClientCall, recordCall, recordedCall } from '../../test/scripted-client.ts'
import { codes, kakao, partners, tiers, users } from '../index.ts'

const code = { code: '004', name: 'KB국민은행' }
const channel = {
  pg_provider: 'nice',
  pg_id: 'nictest',
  sandbox: true,
  type: 'payment',
  channel_name: null,
  channel_key: 'channel-key-1',
}
const share = {
  business_registration_number: '123-45-67890',
  company_name: '상점',
  amount: 1000,
  tax_free: 0,
  vat_amount: 91,
}

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  ['codes.cards', (client) => client.call(codes.cards, {}), 'GET /cards', null, [code]],
  [
    'codes.card',
    (client) => client.call(codes.card, { card_standard_code: '381' }),
    'GET /cards/381',
    null,
    code,
  ],
  ['codes.banks', (client) => client.call(codes.banks, {}), 'GET /banks', null, [code]],
  [
    'codes.bank',
    (client) => client.call(codes.bank, { bank_standard_code: '004' }),
    'GET /banks/004',
    null,
    code,
  ],
  ['users.pg', (client) => client.call(users.pg, {}), 'GET /users/pg', null, [channel]],
  [
    'tiers.get',
    (client) => client.call(tiers.get, { tier_code: 'A01' }),
    'GET /tiers/A01',
    null,
    { tier_code: 'A01', tier_name: '1호점' },
  ],
  [
    'partners.receipts',
    (client) => client.call(partners.receipts, { imp_uid: 'imp_1', data: [share] }),
    'POST /partners/receipts/imp_1',
    { data: [share] },
    { receipt_url: 'https://example.com/slip' },
  ],
  [
    'kakao.orders',
    (client) =>
      client.call(kakao.orders, {
        payment_request_date: '20231120',
        cid: 'TC0ONETIME',
        page: 1,
      }),
    'GET /kakao/payment/orders?payment_request_date=20231120&cid=TC0ONETIME&page=1',
    null,
    { any: 'response' },
  ],
]

describe('codes, users, tiers, partners and kakao', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })
})
