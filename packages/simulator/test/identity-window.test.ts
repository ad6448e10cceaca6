import { describe, expect, it } from 'vitest'
import { createClock } from '../src/runtime/clock.ts'
import { createMerchant } from './merchant.ts'

const liveUnified = {
  pg_provider: 'inicis_unified',
  pg_id: 'MIIlive',
  channel_key: 'channel-key-inicis_unified-live',
  type: 'certification',
  sandbox: false,
}

/** One minute before the 19th birthday of 2 March 2026 in Seoul; in London it is the day before. */
const eve = new Date('2026-03-01T14:59:00Z')

const setUp = async (channel_key: string, params: Record<string, unknown> = {}, at = eve) => {
  const merchant = createMerchant({ clock: createClock({ at }) })
  const { call, control, get, json, login, simulator } = merchant
  await control('/channels', liveUnified)
  const opening = { channel: { channel_key }, merchant_uid: 'identity-1', ...params }
  const { body } = await call(
    '/certificates/open',
    json('POST', { userCode: 'imp00000000', params: opening }),
  )
  const imp_uid = String(body['imp_uid'])
  const certify = async (birthday: string) => {
    const form = {
      action: 'certify',
      name: '홍길동',
      phone: '01012345678',
      carrier: 'KT',
      birthday,
    }
    const url = `https://service.iamport.kr${String(body['url'])}`
    const page = await simulator.fetch(url, { method: 'POST', body: new URLSearchParams(form) })
    return page.text()
  }
  const read = () => get(`/certifications/${imp_uid}`)
  return { call, body, certify, read, imp_uid, login }
}

const recordOf = async ({ read }: Awaited<ReturnType<typeof setUp>>) =>
  (await read()).body['response']

describe('a verification that is not finished', () => {
  it('is 200 and uncertified, and 404 once it was deleted', async () => {
    const { read, call, imp_uid, login } = await setUp('channel-key-danal')
    const opened = await read()
    const headers = { authorization: await login() }
    await call(`/certifications/${imp_uid}`, { method: 'DELETE', headers })
    expect([opened.status, opened.body]).toMatchObject([
      200,
      {
        code: 0,
        response: {
          imp_uid,
          merchant_uid: 'identity-1',
          certified: false,
          certified_at: 0,
          birth: 0,
          name: null,
          gender: null,
          unique_key: null,
          unique_in_site: null,
          pg_tid: null,
        },
      },
    ])
    expect(await read()).toEqual({
      status: 404,
      body: { code: 1, message: '인증결과가 존재하지 않습니다.', response: null },
    })
  })
})

describe('min_age', () => {
  it.each([
    ['a year over it', '2006-03-02', true],
    ['on the day', '2007-03-01', true],
    ['a minute before the birthday in Seoul', '2007-03-02', false],
    ['born on a leap day, before 1 March', '2008-02-29', false],
  ])('at danal lets pass who is old enough on the day: %s', async (_, birthday, passes) => {
    const opened = await setUp('channel-key-danal', { min_age: 19 })
    const page = await opened.certify(birthday)
    // The shop cannot tell it from a buyer who left.
    expect(page).toContain(passes ? 'data-outcome="certified"' : 'data-outcome="failed"')
    expect(await recordOf(opened)).toMatchObject({
      certified: passes,
      birthday: passes ? birthday : null,
    })
  })

  it('counts by the day in Seoul', async () => {
    const midnight = new Date(eve.getTime() + 60_000)
    const opened = await setUp('channel-key-danal', { min_age: '19' }, midnight)
    await opened.certify('2007-03-02')
    expect(await recordOf(opened)).toMatchObject({ certified: true })
  })

  it('is ignored at the other channels', async () => {
    const opened = await setUp('channel-key-inicis_unified', { min_age: 19 })
    await opened.certify('2020-03-02')
    expect(await recordOf(opened)).toMatchObject({ certified: true, birthday: '2020-03-02' })
  })
})

describe('the CI of inicis_unified', () => {
  it('is empty for every buyer of the test channel, and the gender is unknown', async () => {
    const opened = await setUp('channel-key-inicis_unified')
    await opened.certify('1990-01-31')
    expect(await recordOf(opened)).toMatchObject({
      certified: true,
      unique_key: '',
      unique_in_site: null,
      gender: null,
    })
  })

  it('is that of the person at a live channel', async () => {
    const opened = await setUp('channel-key-inicis_unified-live')
    await opened.certify('1990-01-31')
    expect(await recordOf(opened)).toMatchObject({
      unique_key: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      gender: 'male',
    })
  })
})

describe('a carrier that danal does not know', () => {
  it('opens no window, and has no record', async () => {
    const { body } = await setUp('channel-key-danal', { carrier: 'KT' })
    expect(body).toEqual({
      success: false,
      imp_uid: null,
      merchant_uid: 'identity-1',
      error_code: '9010',
      error_msg: '본인인증 요청 파라메터가 올바르지 않습니다.',
    })
  })

  it('is ignored at the other channels', async () => {
    const { body } = await setUp('channel-key-inicis_unified', { carrier: 'KT' })
    expect(body['url']).toBeDefined()
  })
})
