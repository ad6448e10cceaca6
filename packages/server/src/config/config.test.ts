import { fail, ok } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { explainConfig } from './explain-config.ts'
import { secretsOf } from './secrets.ts'

const secret = `whsec_${btoa('s'.repeat(24))}`
const next = `whsec_${btoa('n'.repeat(64))}`
const settings = {
  MODE: 'live',
  IMP_KEY: '1234567890123456',
  IMP_SECRET: 'canary-secret',
  MERCHANT_API_KEY: 'merchant-key-of-the-shop',
  ORDER_TOKEN_SECRET: 'token-secret-of-the-shop',
  SHOP_ORIGINS: 'https://shop.example, https://m.shop.example',
  RESULT_PAGES: 'https://shop.example/result/',
  EVENT_URL: 'https://shop.example/events',
  EVENT_SECRETS: `${secret}, ${next}`,
}
const live = settings
const test = {
  ...live,
  MODE: 'test',
  SHOP_ORIGINS: 'http://localhost:8789',
  RESULT_PAGES: 'http://localhost:8789/result',
  PROVIDER_URL: 'http://localhost:8788',
}
const refusing = (missing: readonly string[], malformed: readonly string[]) =>
  fail({ reason: 'configuration', missing, malformed })

describe('readConfig()', () => {
  it('reads the settings of live mode', () => {
    expect(readConfig(live)).toEqual(
      ok({
        mode: 'live',
        impKey: '1234567890123456',
        impSecret: 'canary-secret',
        merchantApiKeys: ['merchant-key-of-the-shop'],
        orderTokenSecrets: ['token-secret-of-the-shop'],
        orderTokenDays: 30,
        shopOrigins: ['https://shop.example', 'https://m.shop.example'],
        resultPages: 'https://shop.example/result',
        providerUrl: 'https://api.iamport.kr',
        publicUrl: null,
        eventUrl: 'https://shop.example/events',
        confirmUrl: null,
        retentionDays: 90,
        userCode: null,
        tiers: [],
        accounts: [],
        eventSecrets: [secret, next],
        vbankGraceHours: 3,
        personKeySecret: null,
      }),
    )
  })

  it('reads further accounts, each with its keys and its sub-merchants', () => {
    const second = { imp_key: '2234567890123456', imp_secret: 'canary-second' }
    const third = {
      ...second,
      imp_key: '3234567890123456',
      user_code: 'imp00000003',
      tiers: ['A01'],
    }
    const ACCOUNTS = JSON.stringify({ second, 'third-1': third })
    const config = readConfig({ ...live, ACCOUNTS, TIERS: 'A01, B02' })
    const keys = { impKey: '2234567890123456', impSecret: 'canary-second', providerUrl: null }
    expect(config).toMatchObject({
      value: {
        tiers: ['A01', 'B02'],
        accounts: [
          { ...keys, name: 'second', userCode: null, tiers: [] },
          {
            ...keys,
            name: 'third-1',
            impKey: '3234567890123456',
            userCode: 'imp00000003',
            tiers: ['A01'],
          },
        ],
      },
    })
    expect(config.ok && secretsOf(config.value)).toContain('canary-second')
  })

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a name outside its grammar', { Second: {} }],
    ['no secret', { second: { imp_key: '2234567890123456' } }],
    ['the keys of the guide', { second: { imp_key: 'imp_apikey', imp_secret: 'x' } }],
    ['a tier outside its grammar', { second: { imp_key: 'k', imp_secret: 's', tiers: ['a01'] } }],
    ['a tier twice', { second: { imp_key: 'k', imp_secret: 's', tiers: ['A01', 'A01'] } }],
    [
      'an address of its own',
      { second: { imp_key: 'k', imp_secret: 's', provider_url: 'http://localhost' } },
    ],
    ['a name that is unknown', { second: { imp_key: 'k', imp_secret: 's', tier: 'A01' } }],
    ['the key of another account', { second: { imp_key: live.IMP_KEY, imp_secret: 's' } }],
  ])('refuses ACCOUNTS with %s', (_, accounts) => {
    const ACCOUNTS = typeof accounts === 'string' ? accounts : JSON.stringify(accounts)
    expect(readConfig({ ...live, ACCOUNTS })).toEqual(refusing([], ['ACCOUNTS']))
  })

  it.each(['a01', 'A01,A01', 'A0123', ','])('refuses TIERS %o', (TIERS) => {
    expect(readConfig({ ...live, TIERS })).toEqual(refusing([], ['TIERS']))
  })

  it('reads where to ask before a payment is approved, by https in live mode', () => {
    const CONFIRM_URL = 'https://shop.example/confirm'
    expect(readConfig({ ...live, CONFIRM_URL })).toMatchObject({
      value: { confirmUrl: CONFIRM_URL },
    })
    const local = { CONFIRM_URL: 'http://localhost:3000/confirm' }
    expect(readConfig({ ...test, ...local })).toMatchObject({
      value: { confirmUrl: local.CONFIRM_URL },
    })
    expect(readConfig({ ...live, ...local })).toEqual(refusing([], ['CONFIRM_URL']))
    const withKey = { CONFIRM_URL: 'https://user:key@shop.example/confirm' }
    expect(readConfig({ ...live, ...withKey })).toEqual(refusing([], ['CONFIRM_URL']))
  })

  it.each([
    ['0', 0],
    ['72', 72],
    ['720', 720],
  ])('reads a grace period of %s hours', (text, vbankGraceHours) => {
    expect(readConfig({ ...live, VBANK_GRACE_HOURS: text })).toMatchObject({
      value: { vbankGraceHours },
    })
  })

  it.each(['', '-1', '1.5', '3h', '1000', ' 3'])('refuses a grace period of %o hours', (text) => {
    expect(readConfig({ ...live, VBANK_GRACE_HOURS: text })).toEqual(
      refusing([], ['VBANK_GRACE_HOURS']),
    )
  })

  it('T45: refuses one secret for order tokens and the API key', () => {
    const shared = { ...live, ORDER_TOKEN_SECRET: live.MERCHANT_API_KEY }
    expect(readConfig(shared)).toEqual(refusing([], ['ORDER_TOKEN_SECRET']))
  })

  it('T74: refuses one secret for both, also while either is replaced', () => {
    const next = `next-token-secret-of-the-shop, ${live.MERCHANT_API_KEY}`
    expect(readConfig({ ...live, ORDER_TOKEN_SECRET: next })).toEqual(
      refusing([], ['ORDER_TOKEN_SECRET']),
    )
  })

  it('T74: reads two keys and two secrets, the current one first', () => {
    const keys = 'next-merchant-key, merchant-key-of-the-shop'
    const secrets = 'next-token-secret,token-secret-of-the-shop'
    const read = readConfig({ ...live, MERCHANT_API_KEY: keys, ORDER_TOKEN_SECRET: secrets })
    expect(read).toMatchObject({
      ok: true,
      value: {
        merchantApiKeys: ['next-merchant-key', 'merchant-key-of-the-shop'],
        orderTokenSecrets: ['next-token-secret', 'token-secret-of-the-shop'],
      },
    })
  })

  it('reads the days of order tokens and the address behind a proxy', () => {
    const more = { ORDER_TOKEN_DAYS: '7', PUBLIC_URL: 'https://pay.shop.example/' }
    expect(readConfig({ ...live, ...more })).toMatchObject({
      ok: true,
      value: { orderTokenDays: 7, publicUrl: 'https://pay.shop.example' },
    })
    expect(readConfig({ ...live, PUBLIC_URL: 'https://shop.example/pay/' })).toMatchObject({
      value: { publicUrl: 'https://shop.example/pay' },
    })
    const local = { ...test, PUBLIC_URL: 'http://localhost:8787' }
    expect(readConfig(local)).toMatchObject({ value: { publicUrl: 'http://localhost:8787' } })
  })

  it('T45: reads the secret for digests of people, which no log may repeat', () => {
    const read = readConfig({ ...live, PERSON_KEY_SECRET: 'person-secret-of-the-shop' })
    expect(read.ok && read.value.personKeySecret).toBe('person-secret-of-the-shop')
    expect(read.ok && secretsOf(read.value)).toContain('person-secret-of-the-shop')
  })

  it('allows another provider URL in test mode', () => {
    expect(readConfig(test)).toMatchObject({
      ok: true,
      value: { mode: 'test', providerUrl: 'http://localhost:8788' },
    })
  })

  for (const name of Object.keys(settings)) {
    for (const [what, value] of [
      ['missing', undefined],
      ['empty', ''],
      ['only spaces', ' \t\n'],
    ] as const) {
      it(`T47: refuses to start when ${name} is ${what}`, () => {
        expect(readConfig({ ...live, [name]: value })).toEqual(refusing([name], []))
      })
    }
  }

  it('refuses to start without what its runtime must pass', () => {
    expect(readConfig({ ...live, MODE: '' }, ['DB'])).toEqual(refusing(['MODE', 'DB'], []))
    expect(readConfig({ ...live, DB: {} }, ['DB'])).toEqual(readConfig(live))
  })

  const malformed: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['T47: the public demo key in live mode', { IMP_KEY: 'imp_apikey' }],
    ['a key with a line break at its end', { IMP_KEY: '1234567890123456\n' }],
    ['a secret with a space', { IMP_SECRET: 'canary secret' }],
    ['a merchant key that can be guessed', { MERCHANT_API_KEY: 'short' }],
    ['a token secret that can be guessed', { ORDER_TOKEN_SECRET: 'short' }],
    [
      'three merchant keys',
      { MERCHANT_API_KEY: `${'a'.repeat(16)},${'b'.repeat(16)},${'c'.repeat(16)}` },
    ],
    ['a second merchant key that can be guessed', { MERCHANT_API_KEY: `${'a'.repeat(16)},short` }],
    ['a forgotten secret after a comma', { ORDER_TOKEN_SECRET: `${'a'.repeat(16)},` }],
    ['a secret for people that can be guessed', { PERSON_KEY_SECRET: 'short' }],
    ['a secret for people that buyers can test', { PERSON_KEY_SECRET: 'token-secret-of-the-shop' }],
    ['two secrets for people', { PERSON_KEY_SECRET: `${'a'.repeat(16)}, ${'b'.repeat(16)}` }],
    ['order tokens for ever', { ORDER_TOKEN_DAYS: '0' }],
    ['days that are no number', { ORDER_TOKEN_DAYS: '30 days' }],
    ['a merchant code that is none', { USER_CODE: 'store-1' }],
    ['a merchant code with letters', { USER_CODE: 'imp12a' }],
    ['an own address with a query', { PUBLIC_URL: 'https://pay.shop.example/?a=1' }],
    ['an own address that a shell would run', { PUBLIC_URL: 'https://pay.shop.example/$(id)' }],
    ['an own address without encryption in live mode', { PUBLIC_URL: 'http://pay.shop.example' }],
    ['an origin with a path', { SHOP_ORIGINS: 'https://shop.example/' }],
    ['every origin', { SHOP_ORIGINS: '*' }],
    ['an origin without encryption in live mode', { SHOP_ORIGINS: 'http://shop.example' }],
    ['a forgotten origin after a comma', { SHOP_ORIGINS: 'https://shop.example,' }],
    ['result pages without encryption in live mode', { RESULT_PAGES: 'http://shop.example' }],
    ['result pages with a query', { RESULT_PAGES: 'https://shop.example/?page=' }],
    ['result pages that run code', { RESULT_PAGES: 'javascript:alert(1)' }],
    ['result pages that run code behind a host', { RESULT_PAGES: 'javascript://shop.example/' }],
    ['an origin of a local file', { SHOP_ORIGINS: 'file://' }],
    ['a receiver without encryption in live mode', { EVENT_URL: 'http://shop.example/events' }],
    ['a receiver with a password', { EVENT_URL: 'https://me:secret@shop.example/events' }],
    ['an event secret without its prefix', { EVENT_SECRETS: btoa('s'.repeat(24)) }],
    ['an event secret of 23 bytes', { EVENT_SECRETS: `whsec_${btoa('s'.repeat(23))}` }],
    ['an event secret of 65 bytes', { EVENT_SECRETS: `whsec_${btoa('s'.repeat(65))}` }],
    ['an event secret that is no base64', { EVENT_SECRETS: `${secret.slice(0, -1)}!` }],
    ['a forgotten event secret after a comma', { EVENT_SECRETS: `${secret},` }],
    ['T50: another provider in live mode', { PROVIDER_URL: 'https://evil.example' }],
    ['T50: a provider without encryption in live mode', { PROVIDER_URL: 'http://api.iamport.kr' }],
  ]
  for (const [what, change] of malformed) {
    it(`refuses to start with ${what}`, () => {
      expect(readConfig({ ...live, ...change })).toEqual(refusing([], Object.keys(change)))
    })
  }

  it("accepts the origins of an app's web view and an app's own address for results", () => {
    const read = readConfig({
      ...live,
      SHOP_ORIGINS:
        'https://shop.example, capacitor://localhost, ionic://localhost, http://localhost',
      RESULT_PAGES: 'myapp://pay/result/',
    })
    expect(read.ok && [read.value.shopOrigins, read.value.resultPages]).toEqual([
      ['https://shop.example', 'capacitor://localhost', 'ionic://localhost', 'http://localhost'],
      'myapp://pay/result',
    ])
  })

  const uuid = '0f2c1a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b'
  for (const [name, value, found, cause] of [
    ['IMP_KEY', `store-${uuid}`, 'store_id', 'a store id of V2; V1 needs its REST API key'],
    ['IMP_KEY', `channel-key-${uuid}`, 'channel_key', 'a channel key; V1 needs its REST API key'],
    [
      'IMP_KEY',
      'imp12345678',
      'merchant_code',
      'the merchant code (가맹점 식별코드); V1 needs its REST API key',
    ],
    [
      'IMP_KEY',
      'aB3'.repeat(27),
      'secret',
      'a secret, such as an API secret of V2; V1 needs its REST API key',
    ],
    [
      'IMP_SECRET',
      'whsec_c2VjcmV0',
      'webhook_secret',
      'a webhook secret of V2; V1 needs its REST API secret',
    ],
    ['IMP_SECRET', '1234567890123456', 'key', 'the REST API key; V1 needs its REST API secret'],
  ] as const) {
    it(`names the mistake when ${name} is ${cause.split(';')[0]}, not the value`, () => {
      const read = readConfig({ ...live, [name]: value })
      const mistaken = [{ name, found }]
      expect(read).toEqual(
        fail({ reason: 'configuration', missing: [], malformed: [name], mistaken }),
      )
      const text = read.ok ? '' : explainConfig(read.failure)
      expect(text).toBe(`Malformed setting: ${name}. ${name} looks like ${cause}`)
      expect(text).not.toContain(value)
    })
  }

  it('takes every secret of V1 as it is, short, hexadecimal or long', () => {
    for (const secret of ['a1'.repeat(40), 'aB3'.repeat(27), 'canary', '12345678901234567']) {
      expect(readConfig({ ...live, IMP_SECRET: secret }).ok).toBe(true)
    }
  })

  it('D7: refuses to start in an unknown mode', () => {
    expect(readConfig({ ...live, MODE: 'production' })).toEqual(refusing([], ['MODE']))
  })

  it('T45: names every setting and no value', () => {
    const read = readConfig({ ...live, MODE: ' ', IMP_KEY: undefined, SHOP_ORIGINS: 'canary' })
    expect(read).toEqual(refusing(['MODE', 'IMP_KEY'], []))
    const both = { reason: 'configuration', missing: ['IMP_KEY'], malformed: ['MODE'] } as const
    expect(explainConfig(both)).toBe('Missing setting: IMP_KEY. Malformed setting: MODE')
  })
})
