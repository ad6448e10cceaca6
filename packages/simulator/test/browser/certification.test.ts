import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { createMerchant } from '../merchant.ts'
import { createBrowserFixture, mobileUserAgent, pressButton, waitForEvents } from './shop-page.ts'

const impUid = 'imp_000000000001'
const { openShop } = createBrowserFixture()
const ids = { imp_uid: impUid, merchant_uid: 'CERT-1' }
const legacy = { ...ids, pg_provider: 'danal', pg_type: 'certification' }
const cancelled = {
  success: false,
  ...legacy,
  error_code: 'F400',
  error_msg: '본인인증이 완료되지 않았습니다.',
}
const script = (params: object, callback = 'onResult') =>
  `IMP.certification(${JSON.stringify({ merchant_uid: 'CERT-1', ...params })}, ${callback})`

describe('IMP.certification() on a PC', () => {
  const start = async (params: object = {}) => {
    const fixture = await openShop()
    const opening = fixture.page.waitForEvent('popup')
    await fixture.page.evaluate(script(params))
    const popup = await opening
    await popup.locator('[data-action="certify"]').waitFor()
    return { ...fixture, popup }
  }

  it('verifies the person entered in the popup, which starts with the shop’s values', async () => {
    const { popup, events, page, simulator, shopUrl } = await start({
      pg: 'inicis_unified',
      company: '키사이드',
      name: '홍길동',
      phone: '010-1234-5678',
      carrier: 'KTF',
    })
    expect(await popup.locator('dd').textContent()).toBe('키사이드')
    await popup.getByLabel('생년월일').fill('2001-02-03')
    await popup.getByLabel('성별').selectOption('female')
    const closed = popup.waitForEvent('close')
    await pressButton(popup, 'certify')
    await waitForEvents(events, 1)
    await closed
    expect(events).toEqual([
      ['callback', { success: true, ...legacy, pg_provider: 'inicis_unified' }],
    ])
    const keys = new URLSearchParams({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' })
    const login = await simulator.app.request('/users/getToken', { method: 'POST', body: keys })
    const { response: token } = await login.json()
    const read = await simulator.app.request(`/certifications/${impUid}`, {
      headers: { authorization: token.access_token },
    })
    const { response } = await read.json()
    expect(response).toEqual({
      ...ids,
      pg_tid: response.pg_tid,
      pg_provider: 'inicis_unified',
      name: '홍길동',
      // The test service of this channel tells neither the gender nor a CI.
      gender: null,
      birth: Date.parse('2001-02-03T00:00:00+09:00') / 1000,
      birthday: '2001-02-03',
      foreigner: false,
      foreigner_v2: false,
      phone: '01012345678',
      certified: true,
      certified_at: response.certified_at,
      unique_key: '',
      unique_in_site: null,
      origin: `${shopUrl}/`,
    })
    expect(await page.evaluate('typeof IMP.certification')).toBe('function')
  })

  it.each(['cancel', 'close', 'fail'])(
    'calls back with a failure when no person was verified (%s)',
    async (action) => {
      const { popup, events } = await start()
      await pressButton(popup, action)
      await waitForEvents(events, 1)
      expect(events).toEqual([['callback', cancelled]])
    },
  )

  it('treats a closed popup as a cancel', async () => {
    const { popup, events } = await start()
    await popup.close()
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', cancelled]])
  })

  it('shows an error when a field is invalid', async () => {
    const { popup, events } = await start()
    await popup.getByLabel('이름').fill('홍길동')
    await popup.getByLabel('휴대폰 번호').fill('12')
    await pressButton(popup, 'certify')
    await popup.getByRole('alert').waitFor()
    expect(events).toEqual([])
  })

  it('is accessible', async () => {
    const { popup } = await start({ company: '키사이드' })
    const { violations } = await new AxeBuilder({ page: popup }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })

  it('returns NOT READY when the popup is blocked', async () => {
    const { page, events } = await openShop()
    await page.evaluate('window.open = () => null')
    await page.evaluate(script({}))
    await waitForEvents(events, 1)
    const error_msg = '팝업을 호출하는데 실패하였습니다.'
    expect(events).toEqual([
      ['callback', { imp_uid: null, merchant_uid: 'CERT-1', error_code: 'NOT READY', error_msg }],
    ])
  })

  it('misspells error_code when the channel is for payments', async () => {
    const { page, events } = await openShop()
    await page.evaluate(script({ channelKey: 'channel-key-kcp' }))
    await waitForEvents(events, 1)
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    const base = { imp_success: false, imp_uid: null, merchant_uid: 'CERT-1' }
    expect(events).toEqual([['callback', { ...base, error_coe: 'F1001', error_msg }]])
  })

  it('returns NOT_READY without a channel for verification', async () => {
    const { page, events } = await openShop({ channels: [] })
    await page.evaluate(script({}))
    await waitForEvents(events, 1)
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    const base = { success: false, imp_uid: null, merchant_uid: 'CERT-1' }
    expect(events).toEqual([['callback', { ...base, error_code: 'NOT_READY', error_msg }]])
  })
})

describe('IMP.certification() on a phone', () => {
  it.each([
    ['certify', 'true'],
    ['cancel', 'false'],
  ])('navigates the page and redirects it back to the shop (%s)', async (action, success) => {
    const { page, shopUrl } = await openShop({ userAgent: mobileUserAgent })
    const params = {
      name: '홍길동',
      phone: '01012345678',
      m_redirect_url: `${shopUrl}/done?a=b c#top`,
    }
    await page.evaluate(script(params, 'undefined'))
    await pressButton(page, action)
    await page.waitForURL('**/done**')
    expect(page.url()).toBe(
      `${shopUrl}/done?a=b%20c&imp_uid=${impUid}&merchant_uid=CERT-1&success=${success}#top`,
    )
  })

  it('ends on the provider’s page without a return address', async () => {
    const { page } = await openShop({ userAgent: mobileUserAgent })
    await page.evaluate(script({}, 'undefined'))
    await pressButton(page, 'cancel')
    expect(await page.locator('[data-outcome="failed"] h1').textContent()).toBe(
      '본인인증이 완료되지 않았습니다.',
    )
  })
})

describe('a verification of a sub-merchant', () => {
  it('is read only with its Tier header', async () => {
    const { call, json, authorized } = createMerchant({ newId: () => impUid })
    const params = { merchant_uid: 'CERT-1', channel: { channel_key: 'channel-key-danal' } }
    const opening = { userCode: 'imp00000000', tierCode: 'T01', params, requestId: 'req_1' }
    const opened = await call(
      '/certificates/open',
      json('POST', { ...opening, returnMethod: 'callback' }),
    )
    const read = (headers: Record<string, string>) =>
      authorized(`/certifications/${impUid}`, { headers })
    expect(opened.body).toEqual({ imp_uid: impUid, url: `/certificates/window/${impUid}` })
    expect([(await read({})).status, (await read({ tier: 'T01' })).status]).toEqual([404, 200])
  })

  it('is not opened for an unknown sub-merchant', async () => {
    const { call, json } = createMerchant()
    const params = { merchant_uid: 'CERT-1', channel: { channel_key: 'channel-key-danal' } }
    const opening = { userCode: 'imp00000000', tierCode: 'ZZZ', params, requestId: 'req_1' }
    const { body } = await call(
      '/certificates/open',
      json('POST', { ...opening, returnMethod: 'callback' }),
    )
    expect(body).toEqual({
      success: false,
      imp_uid: null,
      merchant_uid: 'CERT-1',
      error_code: 'NOT_READY',
      error_msg: '등록 된 PG 설정 정보를 찾을 수 없습니다.',
    })
  })
})

describe('the verification window', () => {
  it('T37: shows the shop’s parameters as text', async () => {
    const { simulator, call, json } = createMerchant({ newId: () => impUid })
    const markup = '"><img src=x onerror=alert(1)>'
    const channel = { channel_key: 'channel-key-danal' }
    const params = { channel, company: markup, name: markup, phone: markup }
    const opening = { userCode: 'imp00000000', tierCode: null, params, requestId: markup }
    await call('/certificates/open', json('POST', { ...opening, returnMethod: 'callback' }))
    const url = `https://core.example/certificates/window/${impUid}`
    const open = await (await simulator.fetch(url)).text()
    const body = new URLSearchParams({ action: 'cancel' })
    const ended = await (await simulator.fetch(url, { method: 'POST', body })).text()
    expect(open).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(`${open}${ended}`).not.toContain('<img')
  })

  it('shows that there is none, and returns the first result again after its end', async () => {
    const { simulator, call, json } = createMerchant({ newId: () => impUid })
    const none = await simulator.fetch('https://core.example/certificates/window/imp_none')
    const channel = { channel_key: 'channel-key-danal' }
    const opening = { userCode: 'imp00000000', tierCode: null, params: { channel }, requestId: 'r' }
    await call('/certificates/open', json('POST', { ...opening, returnMethod: 'callback' }))
    const url = `https://core.example/certificates/window/${impUid}`
    const person = { name: '홍길동', birthday: '1990-01-31', phone: '01012345678', carrier: 'KT' }
    const send = async (form: Record<string, string>) =>
      (await simulator.fetch(url, { method: 'POST', body: new URLSearchParams(form) })).text()
    const first = await send({ action: 'certify', ...person })
    const second = await send({ action: 'cancel' })
    const reopened = await (await simulator.fetch(url)).text()
    expect([none.status, await none.text()]).toEqual([
      404,
      expect.stringContaining('본인인증 요청을 찾을 수 없습니다.'),
    ])
    expect(first).toContain('data-outcome="certified"')
    expect([second, reopened]).toEqual([first, first])
  })
})
