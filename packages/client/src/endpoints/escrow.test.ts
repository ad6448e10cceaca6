import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, escrow } from '../index.ts'

const imp_uid = 'imp_1'
const registered = {
  company: 'CJGLS',
  invoice: '1234',
  sent_at: 1_700_000_000,
  applied_at: 1_700_000_100,
}
const delivery = {
  sender: { name: '상점', tel: '02', addr: '서울', postcode: '06018', relationship: '본인' },
  receiver: {
    name: '홍길동',
    tel: '010',
    formed_address: { address_line_1: '서울', address_line_2: '101호' },
  },
  logis: {
    company: 'CJGLS',
    invoice: '1234',
    sent_at: 1_700_000_000,
    receiving_at: '20231120',
    address: '서울',
  },
  products: [{ id: 'P1', name: '티셔츠', amount: 1000, quantity: 2 }],
}

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'get',
    (client) => client.call(escrow.get, { imp_uid }),
    'GET /escrows/logis/imp_1',
    null,
    registered,
  ],
  [
    'put',
    (client) => client.call(escrow.put, { imp_uid, ...delivery }),
    'PUT /escrows/logis/imp_1',
    delivery,
    registered,
  ],
  [
    'post',
    (client) => client.call(escrow.post, { imp_uid, ...delivery, send_email: false }),
    'POST /escrows/logis/imp_1',
    { ...delivery, send_email: false },
    registered,
  ],
]

describe('escrow', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it('refuses a parcel with an invalid time, at any depth', async () => {
    const { client, sent } = createScriptedClient([])
    const logis = { ...delivery.logis, sent_at: Number.NaN }
    expect(await client.call(escrow.post, { imp_uid, ...delivery, logis })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'logis', problem: 'malformed' },
    })
    expect(sent).toEqual([])
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const change = { imp_uid, ...delivery }
    const wrong = [
      // @ts-expect-error the three parts are objects
      () => client.call(escrow.post, { imp_uid, ...delivery, sender: '상점' }),
      // @ts-expect-error a change sends no email
      () => client.call(escrow.put, { imp_uid, ...delivery, send_email: true }),
      // @ts-expect-error a parcel needs a tracking number
      () => client.call(escrow.put, { ...change, logis: { company: 'ETC', sent_at: 1 } }),
    ]
    expect(wrong.length).toBe(3)
  })
})
