import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  json,
  noResponse,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, certifications } from '../index.ts'

const person = {
  imp_uid: 'imp_1',
  merchant_uid: 'CERT-1',
  pg_provider: 'danal',
  name: '홍길동',
  gender: 'male',
  birthday: '1990-01-02',
  foreigner: false,
  certified: true,
  certified_at: 1_700_000_000,
  unique_key: 'ci',
  unique_in_site: 'di',
}
const { imp_uid } = person
const otpRequest = {
  name: '홍길동',
  phone: '010-1234-5678',
  birth: '1990-01-02',
  gender_digit: '1',
  carrier: 'SKT',
  is_mvno: true,
  channel_key: 'channel-key-1',
  pg: 'danal',
  company: '상점',
  merchant_uid: 'CERT-1',
  verification_method: 'SMS',
  bypass: '{}',
} as const

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'get',
    (client) => client.call(certifications.get, { imp_uid }),
    'GET /certifications/imp_1',
    null,
    person,
  ],
  [
    'remove',
    (client) => client.call(certifications.remove, { imp_uid }),
    'DELETE /certifications/imp_1',
    null,
    person,
  ],
  [
    'requestOtp',
    (client) => client.call(certifications.requestOtp, otpRequest),
    'POST /certifications/otp/request',
    otpRequest,
    { imp_uid },
  ],
  [
    'confirmOtp',
    (client) => client.call(certifications.confirmOtp, { imp_uid, otp: '123456' }),
    'POST /certifications/otp/confirm/imp_1',
    { otp: '123456' },
    person,
  ],
]

describe('certifications', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it('sends a code once when no response arrives, because no call reads the outcome', async () => {
    const { client, clock, calls } = createScriptedClient([noResponse])
    expect(await clock.until(client.call(certifications.requestOtp, otpRequest))).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: null,
        cause: { reason: 'timeout', timeoutMs: 4000 },
      },
    })
    expect(calls().length).toBe(1)
  })

  it('redacts the data of the person when the provider repeats it', async () => {
    const message = '홍길동 01012345678 19900102 정보 불일치'
    const { client, clock } = createScriptedClient([
      json({ code: 1, message, response: null }, 400),
    ])
    expect(await clock.until(client.call(certifications.requestOtp, otpRequest))).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 400,
        code: 1,
        message: '[redacted] [redacted] [redacted] 정보 불일치',
      },
    })
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error a reseller is given by its network and `is_mvno`
      () => client.call(certifications.requestOtp, { ...otpRequest, carrier: 'SKT_MVNO' }),
      // @ts-expect-error a verification has an id
      () => client.call(certifications.confirmOtp, { otp: '123456' }),
    ]
    expect(wrong.length).toBe(2)
  })
})
