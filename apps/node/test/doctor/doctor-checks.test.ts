import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/doctor/finding.ts'
import type { DoctorDeps } from '../../src/doctor/probe.ts'
import { redactSecrets } from '../../src/doctor/redact.ts'
import { runChecks } from '../../src/doctor/run-checks.ts'
import { createFolder } from '../program.ts'
import { createSettings, secrets, startPages } from '../set-up.ts'
import { listen } from '../shop-and-provider.ts'

type Env = Readonly<Record<string, string | undefined>>

const provider = createSimulator()

/** The machine of the test, where the provider's own host is the simulator. */
const deps: DoctorDeps = {
  fetch: (request) =>
    new URL(request.url).host === 'api.iamport.kr' ? provider.fetch(request) : fetch(request),
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => clearTimeout(timer))
    }),
  log: () => undefined,
}

const live = {
  MODE: 'live',
  PROVIDER_URL: undefined,
  SHOP_ORIGINS: 'https://shop.example',
  RESULT_PAGES: 'myapp://pay/result',
  EVENT_URL: 'https://127.0.0.1:9/events',
}

const channel = {
  pg_provider: 'html5_inicis',
  pg_id: 'MIDshop',
  channel_key: 'channel-key-1',
  type: 'payment',
  module: 'legacy',
  store_id: 'store-1',
} as const

async function examine(env: Env, changes: Partial<DoctorDeps> = {}): Promise<readonly Finding[]> {
  const values = { DATABASE_URL: join(createFolder(), 'quayside.db'), ...env }
  const options = { values, nodeVersion: '24.0.0', sendTestEvent: true }
  return runChecks(options, { ...deps, ...changes })
}

/** Level and code of what one check found. */
const atCheck = (found: readonly Finding[], name: string) =>
  found.filter(({ check }) => check === name).map(({ level, code }) => `${level} ${code}`)

/** An address at which nothing listens. */
async function nowhere(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

describe('the checks of the doctor', () => {
  it('T99: name a secret that anybody knows or can guess: a problem in live mode, a warning in test mode', async () => {
    const { env } = await createSettings()
    const weak = {
      ...env,
      MERCHANT_API_KEY: `${secrets.MERCHANT_API_KEY},a-key-of-the-merchant`,
      ORDER_TOKEN_SECRET: 'quayside-secret-1',
      EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
    }
    const codes = ['secret_published', 'secret_guessable', 'secret_guessable']
    expect(atCheck(await examine(weak), 'settings')).toEqual(codes.map((code) => `warning ${code}`))
    expect(atCheck(await examine({ ...weak, ...live }), 'settings')).toEqual(
      codes.map((code) => `problem ${code}`),
    )
  })

  it('name a malformed setting of the program itself', async () => {
    const { env } = await createSettings()
    const found = await examine({ ...env, STOP_SECONDS: 'soon', DATABASE_CONNECTIONS: '0' })
    expect(found.filter(({ check }) => check === 'settings')).toMatchObject([
      {
        code: 'setting_malformed',
        message: { en: 'DATABASE_CONNECTIONS must be a whole number from 1 to 1000' },
      },
      {
        code: 'setting_malformed',
        message: { en: 'STOP_SECONDS must be a whole number from 0 to 600' },
      },
    ])
    expect(atCheck(found, 'database')).toEqual(['warning database_not_checked'])
  })

  it('tell wrong keys from a provider that is away and from an account without channels of the mode', async () => {
    const { env } = await createSettings()
    const check = async (changes: Env, more: Partial<DoctorDeps> = {}) =>
      atCheck(await examine({ ...env, ...changes }, more), 'provider')
    expect(await check({ IMP_SECRET: 'another-secret' })).toEqual(['problem keys_refused'])
    expect(await check({ PROVIDER_URL: await nowhere() })).toEqual(['problem provider_unavailable'])
    expect(await check({ PROVIDER_URL: await startPages() })).toEqual([
      'problem provider_unavailable',
    ])
    const fetchOf = (sandbox: boolean) => {
      const account = createSimulator({ channels: [{ ...channel, sandbox }] })
      return { fetch: (request: Request) => account.fetch(request) }
    }
    const matches = ['ok keys_accepted', 'ok channels_of_mode']
    expect(await check(live, fetchOf(false))).toEqual(matches)
    expect(await check({}, fetchOf(true))).toEqual(matches)
    expect(await check(live, fetchOf(true))).toEqual([
      'ok keys_accepted',
      'problem no_live_channel',
    ])
    expect(await check({}, fetchOf(false))).toEqual(['ok keys_accepted', 'warning no_test_channel'])
  })

  it('say whether PortOne or the simulator of PROVIDER_URL accepted the keys', async () => {
    const { env } = await createSettings()
    const find = async (changes: Env) =>
      (await examine({ ...env, ...changes })).find(({ code }) => code === 'keys_accepted')?.message
    expect(await find({})).toEqual({
      en: 'the simulator of PROVIDER_URL accepts IMP_KEY and IMP_SECRET',
      ko: 'IMP_KEY와 IMP_SECRET으로 PROVIDER_URL의 시뮬레이터 인증에 성공했습니다',
    })
    expect(await find(live)).toEqual({
      en: 'PortOne accepts IMP_KEY and IMP_SECRET',
      ko: 'IMP_KEY와 IMP_SECRET으로 포트원 인증에 성공했습니다',
    })
  })

  it('warn of live channels that cannot take payments any more, or are test contracts, in both languages', async () => {
    const { env } = await createSettings()
    const account = createSimulator({
      channels: [
        { ...channel, sandbox: false },
        { ...channel, pg_id: 'INIpayTest', channel_key: 'channel-key-2', sandbox: false },
        { ...channel, pg_provider: 'chai', channel_key: 'channel-key-3', sandbox: false },
        { ...channel, pg_provider: 'paypal_v2', channel_key: 'channel-key-4', sandbox: false },
        { ...channel, pg_provider: 'syrup', channel_key: 'channel-key-5', sandbox: true },
      ],
    })
    const fetchOfAccount = { fetch: (request: Request) => account.fetch(request) }
    const found = await examine({ ...env, ...live }, fetchOfAccount)
    const ofChannels = found
      .filter(({ code }) => code.startsWith('channel'))
      .map(({ level, code, message }) => ({ level, code, message }))
    expect(ofChannels).toEqual([
      {
        level: 'ok',
        code: 'channels_of_mode',
        message: {
          en: '4/5 payment channels are for live mode',
          ko: '결제 채널 4/5개가 live 모드용입니다',
        },
      },
      {
        level: 'warning',
        code: 'channel_doubtful',
        message: {
          en: 'the live channel html5_inicis.INIpayTest: pg does not fit this use: INIpayTest (test)',
          ko: '실연동 채널 html5_inicis.INIpayTest: pg 파라미터의 MID가 용도에 맞지 않습니다: INIpayTest (test)',
        },
      },
      {
        level: 'warning',
        code: 'channel_doubtful',
        message: {
          en: 'the live channel chai.MIDshop: pg names a PG that takes no new contracts or is closed: chai',
          ko: '실연동 채널 chai.MIDshop: pg 파라미터의 PG는 신규 계약을 받지 않거나 서비스가 종료되었습니다: chai',
        },
      },
      {
        level: 'ok',
        code: 'channels_need_webhook',
        message: {
          en: 'approved after the window is closed, and reported by the webhook: paypal_v2',
          ko: '결제창이 닫힌 뒤에 승인될 수 있어 웹훅으로 결과를 받는 PG: paypal_v2',
        },
      },
    ])
    expect(atCheck(await examine(env, fetchOfAccount), 'provider')).toEqual([
      'ok keys_accepted',
      'ok channels_of_mode',
    ])
  })

  it('T189: name each further account and each tier that the provider refuses, without its keys', async () => {
    const { env } = await createSettings()
    const tiers = [{ tier_code: 'A01', tier_name: '2호점' }]
    const credentials = {
      impKey: 'second-key',
      impSecret: 'second-secret',
      userCode: 'imp22222222',
    }
    const second = createSimulator({ credentials, tiers })
    const own = createSimulator({ tiers: [{ tier_code: 'T01', tier_name: '3호점' }] })
    const answer = {
      fetch: (request: Request) =>
        (request.url.startsWith('https://second.example') ? second : own).fetch(request),
    }
    const check = async (secret: string, ownTiers: string, codes: readonly string[]) => {
      const account = { imp_key: 'second-key', imp_secret: secret, tiers: codes }
      const ACCOUNTS = JSON.stringify({
        second: { ...account, provider_url: 'https://second.example' },
      })
      const found = await examine({ ...env, TIERS: ownTiers, ACCOUNTS }, answer)
      const ofAccounts = found.filter(({ code }) => /^(?:account|tier)/.test(code))
      expect(JSON.stringify(found)).not.toContain(secret)
      return ofAccounts.map(({ level, code, message }) => `${level} ${code}: ${message.en}`)
    }
    expect(await check('second-secret', 'T01', ['A01'])).toEqual([
      'ok tiers_known: PortOne knows 1 tiers of TIERS',
      'ok account_keys_accepted: PortOne accepts the keys of ACCOUNTS.second',
      'ok tiers_known: PortOne knows 1 tiers of ACCOUNTS.second',
    ])
    expect(await check('second-secret', 'T09', ['A01', 'B02'])).toEqual([
      'problem tier_refused: PortOne knows no tier T09 of TIERS, or refuses it',
      'ok account_keys_accepted: PortOne accepts the keys of ACCOUNTS.second',
      'ok tiers_known: PortOne knows 1 tiers of ACCOUNTS.second',
      'problem tier_refused: PortOne knows no tier B02 of ACCOUNTS.second, or refuses it',
    ])
    expect(await check('another-secret', 'T01', ['A01'])).toEqual([
      'ok tiers_known: PortOne knows 1 tiers of TIERS',
      'problem account_keys_refused: PortOne refuses the keys of ACCOUNTS.second',
    ])
  })

  it('T99: an answer that repeats a key of an account is reported without it', () => {
    const ACCOUNTS = JSON.stringify({
      second: { imp_key: 'second-key', imp_secret: 'second-secret' },
    })
    expect(redactSecrets('no second-key, no second-secret', { ACCOUNTS })).toBe(
      'no [redacted], no [redacted]',
    )
  })

  it('warn of a clock that differs from that of the provider', async () => {
    const { env } = await createSettings()
    const anHourAgo = () => new Date(Date.now() - 3_600_000)
    const found = await examine(env, { now: anHourAgo })
    expect(found.filter(({ check }) => check === 'clock')).toMatchObject([
      {
        level: 'warning',
        code: 'clock_of_provider_differs',
        message: { en: expect.stringMatching(/^this machine's clock is 3\d{3} s behind that of/) },
      },
    ])
    const inAnHour = () => new Date(Date.now() + 3_600_000)
    expect(atCheck(await examine(env, { now: inAnHour }), 'clock')).toEqual([
      'warning clock_of_provider_differs',
    ])
    expect(atCheck(await examine(env), 'clock')).toEqual(['ok clock_of_provider'])
  })

  it('tell a server that is not started from another server and from one of another mode', async () => {
    const { env } = await createSettings()
    const check = async (PUBLIC_URL: string, more: Env = {}) =>
      atCheck(await examine({ ...env, PUBLIC_URL, ...more }), 'webhook')
    const address = 'ok webhook_address'
    expect(await check(await nowhere())).toEqual(['warning server_unreachable', address])
    expect(await check(await startPages())).toEqual(['problem another_server'])
    const ofLive = await listen((_request, response) => {
      response.end('{"name":"quayside","mode":"live"}')
    })
    expect(await check(ofLive)).toEqual(['problem server_of_another_mode', address])
    expect(await check('https://192.168.0.7', live)).toEqual(['problem public_url_private'])
  })

  it('tell a PUBLIC_URL that is not set from one that is malformed', async () => {
    const { env } = await createSettings()
    const find = async (PUBLIC_URL: string | undefined) =>
      (await examine({ ...env, PUBLIC_URL })).find(({ code }) => code === 'public_url_missing')
        ?.message
    expect(await find(undefined)).toEqual({
      en: 'the webhook address cannot be checked without PUBLIC_URL',
      ko: 'PUBLIC_URL이 설정되지 않아 웹훅 주소를 확인할 수 없습니다',
    })
    expect(await find('pay.shop.example')).toEqual({
      en: 'the webhook address cannot be checked while PUBLIC_URL is malformed',
      ko: 'PUBLIC_URL의 형식이 올바르지 않아 웹훅 주소를 확인할 수 없습니다',
    })
  })

  it('find a server that is mounted below a path, and name its webhook address with the path', async () => {
    const { env } = await createSettings()
    const shop = await listen((request, response) => {
      response.statusCode = request.url === '/pay/' ? 200 : 404
      response.end('{"name":"quayside","mode":"test"}')
    })
    const found = await examine({ ...env, PUBLIC_URL: `${shop}/pay` })
    expect(atCheck(found, 'webhook')).toEqual(['ok server_answers', 'ok webhook_address'])
    expect(found.find(({ code }) => code === 'webhook_address')?.message.en).toContain(
      `: ${shop}/pay/payments/webhook;`,
    )
    expect(atCheck(await examine({ ...env, PUBLIC_URL: shop }), 'webhook')).toEqual([
      'problem another_server',
    ])
  })

  it('say what to do when the simulator of PROVIDER_URL is not started, and when EVENT_URL is malformed', async () => {
    const { env } = await createSettings()
    const found = await examine({ ...env, PROVIDER_URL: await nowhere(), EVENT_URL: 'shop/events' })
    expect(found.find(({ code }) => code === 'provider_unavailable')?.advice).toEqual({
      en: 'start the simulator (quayside-simulator), or correct PROVIDER_URL',
      ko: '시뮬레이터가 실행 중인지 확인하세요(quayside-simulator). 주소가 다르다면 PROVIDER_URL을 고치세요',
    })
    expect(found.find(({ code }) => code === 'receiver_not_checked')?.message).toEqual({
      en: 'the event receiver cannot be checked without a valid EVENT_URL',
      ko: 'EVENT_URL이 없거나 형식이 올바르지 않아 이벤트 수신 서버를 확인할 수 없습니다',
    })
  })

  it('find a receiver that is away, not there, or that accepts what is not signed', async () => {
    const { env } = await createSettings()
    const check = async (EVENT_URL: string) =>
      atCheck(await examine({ ...env, EVENT_URL }), 'receiver')
    expect(await check(`${await nowhere()}/events`)).toEqual(['problem receiver_unreachable'])
    for (const status of [301, 404, 405, 500]) {
      expect(await check(await startPages(status))).toEqual(['problem receiver_not_there'])
    }
    expect(await check(await startPages(204))).toEqual(['problem unsigned_accepted'])
    expect(await check(await startPages(401))).toEqual([
      'ok unsigned_refused',
      'problem test_event_refused',
    ])
  })

  it('find a CONFIRM_URL that is away, not there, or that accepts what is not signed; without one there is nothing to find', async () => {
    const { env } = await createSettings()
    const check = async (more: Env) => atCheck(await examine({ ...env, ...more }), 'confirm')
    expect(await check({})).toEqual([])
    const CONFIRM_URL = `${await nowhere()}/confirm`
    expect(await check({ CONFIRM_URL })).toEqual(['problem confirm_unreachable'])
    for (const status of [301, 404, 500]) {
      const there = { CONFIRM_URL: await startPages(status) }
      expect(await check(there)).toEqual(['problem confirm_not_there'])
    }
    expect(await check({ CONFIRM_URL: await startPages(200) })).toEqual([
      'problem unsigned_accepted',
    ])
    expect(await check({ CONFIRM_URL: await startPages(401) })).toEqual(['ok unsigned_refused'])
    const found = await examine({ ...env, ...live, CONFIRM_URL: 'http://shop.example' })
    expect(found.find(({ message }) => message.en.includes('CONFIRM_URL'))).toMatchObject({
      level: 'problem',
      code: 'setting_malformed',
    })
  })

  it('warn of result pages that do not answer, and of pages without https in live mode', async () => {
    const { env } = await createSettings()
    const missing = await examine({ ...env, RESULT_PAGES: await startPages(404) })
    expect(missing.find(({ check }) => check === 'pages')).toMatchObject({
      level: 'warning',
      code: 'page_missing',
      message: {
        en: expect.stringContaining('/success, /vbank, /failed, /cancelled, /pending (HTTP 404)'),
      },
    })
    const ofApp = await examine({ ...env, RESULT_PAGES: 'myapp://pay/result' })
    expect(atCheck(ofApp, 'pages')).toEqual([])
    const local = { ...live, SHOP_ORIGINS: 'https://shop.example,http://localhost' }
    expect(atCheck(await examine({ ...env, ...local }), 'pages')).toEqual([
      'warning page_not_https',
    ])
  })

  it('end when another server never responds, and the others are reported', async () => {
    const { env } = await createSettings()
    let elapse: () => void = () => undefined
    const elapsed = new Promise<void>((resolve) => (elapse = resolve))
    let waiting = 0
    const silent = await listen(() => {
      waiting++
      // The unsigned event and the five pages.
      if (waiting === 6) elapse()
    })
    const found = await examine(
      { ...env, EVENT_URL: silent, RESULT_PAGES: silent },
      { sleep: (ms) => (ms === 15_000 ? elapsed : new Promise(() => undefined)) },
    )
    expect(atCheck(found, 'receiver')).toEqual(['problem check_timeout'])
    expect(atCheck(found, 'pages')).toEqual(['problem check_timeout'])
    expect(atCheck(found, 'settings')).toEqual(['ok settings_complete'])
  })

  it('refuse a Node that is too old', async () => {
    const options = { values: {}, nodeVersion: '22.18.0', sendTestEvent: false }
    expect(atCheck(await runChecks(options, deps), 'node')).toEqual(['problem node_too_old'])
  })
})
