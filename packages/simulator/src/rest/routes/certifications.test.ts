import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../../../test/merchant.ts'

const otpRequest = {
  channel_key: 'channel-key-danal',
  name: '홍길동',
  phone: '010-1234-5678',
  birth: '1990.01.31',
  gender_digit: '1',
  carrier: 'SKT',
  merchant_uid: 'cert-1',
}
const refused = (status: number, message: string, code = 1) => ({
  status,
  body: { code, message, response: null },
})
const unknown = refused(404, '인증결과가 존재하지 않습니다.')
const certified = {
  imp_uid: 'imp_1',
  merchant_uid: 'cert-1',
  pg_tid: expect.stringMatching(/^A010002002\d{16}$/),
  pg_provider: 'danal',
  name: '홍길동',
  gender: 'male',
  birth: Date.parse('1990-01-31T00:00:00+09:00') / 1000,
  birthday: '1990-01-31',
  foreigner: false,
  foreigner_v2: null,
  phone: '01012345678',
  carrier: 'SKT',
  certified: true,
  certified_at: fixedTimeSeconds,
  unique_key: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
  unique_in_site: expect.stringMatching(/^[A-Za-z0-9+/]{62}==$/),
  origin: '',
}
const setUp = async (changes: object = {}) => {
  let count = 0
  const merchant = createMerchant({ newId: () => `imp_${(count += 1)}` })
  const request = (more: object = {}) =>
    merchant.send('POST', '/certifications/otp/request', { ...otpRequest, ...more })
  const requested = await request(changes)
  const confirm = (body: object = { otp: '123456' }) =>
    merchant.send('POST', '/certifications/otp/confirm/imp_1', body)
  const read = () => merchant.get('/certifications/imp_1')
  return { ...merchant, request, requested, confirm, read }
}

describe('POST /certifications/otp/request', () => {
  it('sends an OTP and returns the id for its confirmation', async () => {
    const { requested, read } = await setUp()
    expect(requested.body).toEqual({ code: 0, message: null, response: { imp_uid: 'imp_1' } })
    expect((await read()).body['response']).toMatchObject({
      certified: false,
      certified_at: 0,
      name: null,
      unique_key: null,
    })
  })

  it.each([
    ['no name', { name: null }],
    ['a phone that is none', { phone: '02-123-4567' }],
    ['a day that is none', { birth: '19900231' }],
    ['a month that is none', { birth: '991301' }],
    ['a wrong gender digit', { gender_digit: '9' }],
    ['an unknown carrier', { carrier: 'KTF' }],
  ])('refuses %s', async (_, changes) => {
    const { requested } = await setUp(changes)
    expect(requested).toEqual(refused(400, '본인인증 요청정보가 올바르지 않습니다.'))
  })

  it.each([
    ['a payment channel', 'channel-key-kcp'],
    ['a PG that verifies in a window only', 'channel-key-inicis_unified'],
    ['an unknown channel', 'channel-key-none'],
  ])('refuses %s', async (_, channel_key) => {
    const { requested } = await setUp({ channel_key })
    expect(requested).toEqual(refused(400, '본인인증 채널을 찾을 수 없습니다.'))
  })

  it('accepts the old `pg` instead of a channel key', async () => {
    const { requested } = await setUp({ channel_key: null, pg: 'danal.A010002002' })
    expect(requested.status).toBe(200)
  })

  it('fails at the PG for the phone of the test values', async () => {
    const { requested } = await setUp({ phone: '010-0000-0000' })
    expect(requested).toEqual(refused(500, 'PG사 본인인증 요청에 실패하였습니다.', -1))
  })
})

describe('POST /certifications/otp/confirm/{imp_uid}', () => {
  it('certifies the person with the correct OTP, once', async () => {
    const { confirm, read } = await setUp()
    const response = await confirm()
    expect(response).toEqual({
      status: 200,
      body: { code: 0, message: null, response: certified },
    })
    expect(await read()).toEqual(response)
    expect(await confirm()).toEqual(refused(400, '이미 완료된 본인인증입니다.'))
  })

  it('reports a foreign woman born in this century with a budget carrier', async () => {
    const { confirm } = await setUp({
      channel_key: 'channel-key-kcp_v2',
      birth: '050131',
      gender_digit: 8,
      carrier: 'LGT',
      is_mvno: true,
    })
    expect((await confirm()).body['response']).toMatchObject({
      pg_provider: 'kcp_v2',
      gender: 'female',
      birthday: '2005-01-31',
      foreigner: true,
      foreigner_v2: true,
      carrier: 'LGT_MVNO',
    })
  })

  it('returns the same key for the same person, and a different one for every site', async () => {
    const { confirm, request, send } = await setUp()
    const first = (await confirm()).body['response']
    await request({ channel_key: 'channel-key-kcp_v2' })
    const second = await send('POST', '/certifications/otp/confirm/imp_2', { otp: '123456' })
    await request({ name: '성춘향' })
    const third = await send('POST', '/certifications/otp/confirm/imp_3', { otp: '123456' })
    const keys = [first, second.body['response'], third.body['response']].map((shown) => [
      Reflect.get(Object(shown), 'unique_key'),
      Reflect.get(Object(shown), 'unique_in_site'),
    ])
    expect(keys[0]?.[0]).toBe(keys[1]?.[0])
    expect(new Set(keys.flat()).size).toBe(5)
  })

  it('allows another attempt after a wrong or missing OTP', async () => {
    const { confirm } = await setUp()
    expect(await confirm({ otp: '000000' })).toEqual(
      refused(500, '인증번호가 일치하지 않습니다.', -1),
    )
    expect(await confirm({})).toEqual(refused(400, 'otp 파라메터가 누락되었습니다.'))
    expect((await confirm()).status).toBe(200)
  })

  it('needs no OTP when the carrier’s app verified the person', async () => {
    const app = await setUp({ channel_key: 'channel-key-kcp_v2', verification_method: 'APP' })
    const danal = await setUp({ verification_method: 'APP' })
    expect((await app.confirm({})).status).toBe(200)
    expect((await danal.confirm({})).status).toBe(400)
  })
})

describe('/certifications/{imp_uid}', () => {
  it('is deleted permanently, and returned a last time', async () => {
    const { confirm, read, authorized } = await setUp()
    await confirm()
    const deleted = await authorized('/certifications/imp_1', { method: 'DELETE' })
    expect(deleted.body['response']).toEqual(certified)
    expect(await read()).toEqual(unknown)
    expect(await confirm()).toEqual(unknown)
  })

  it('refuses an unknown verification with the provider’s text', async () => {
    const { get, authorized } = await setUp()
    const path = '/certifications/imp_none'
    expect(await get(path)).toEqual(unknown)
    expect(await authorized(path, { method: 'DELETE' })).toEqual(unknown)
  })
})

describe('what a channel reports about a person', () => {
  const born = '1965-07-01'
  const certify = async (pgProvider: string, contracts: object = {}) => {
    const { call, json, simulator, get } = createMerchant({ contracts })
    const params = {
      merchant_uid: 'cert-1',
      channel: { channel_key: `channel-key-${pgProvider}` },
    }
    const pageUrl = 'https://shop.example/join?step=2'
    const opening = json('POST', { userCode: 'imp00000000', params, pageUrl })
    const { body } = await call('/certificates/open', opening)
    const form = { name: '홍길동', phone: '01012345678', birthday: born, carrier: 'KT' }
    await simulator.fetch(`https://service.iamport.kr${String(body['url'])}`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, action: 'certify', foreigner: 'true' }),
    })
    return (await get(`/certifications/${String(body['imp_uid'])}`)).body['response']
  }

  it.each([
    ['danal', {}, { phone: '01012345678', carrier: 'KT', foreigner: false, foreigner_v2: null }],
    ['danal', { certification_foreigner: true }, { foreigner: true, foreigner_v2: true }],
    ['inicis_unified', {}, { phone: '01012345678', unique_in_site: null, foreigner_v2: true }],
    ['kcp_v2', {}, { phone: '01012345678', carrier: 'KT', foreigner_v2: true }],
  ])('%s with the contracts %j', async (pgProvider, contracts, expected) => {
    expect(await certify(pgProvider, contracts)).toMatchObject({
      ...expected,
      birthday: born,
      birth: Date.parse(`${born}T00:00:00+09:00`) / 1000,
      origin: 'https://shop.example/join?step=2',
    })
  })

  it.each([
    ['danal', { certification_phone: false }, ['phone', 'carrier']],
    ['inicis_unified', {}, ['carrier']],
  ])('%s with the contracts %j has no member for %j', async (pgProvider, contracts, absent) => {
    const record = Object.keys(Object(await certify(pgProvider, contracts)))
    expect(absent.filter((name) => record.includes(name))).toEqual([])
  })

  it('shows an unfinished verification with the birth 0 and without a transaction', async () => {
    const { read } = await setUp()
    expect((await read()).body['response']).toMatchObject({
      certified: false,
      birth: 0,
      birthday: null,
      pg_tid: null,
    })
  })
})
