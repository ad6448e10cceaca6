import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { record } from '../fixtures/sample.ts'
import { parseCallback } from './channels/callback.ts'
import { parseConfirm } from './channels/confirm.ts'
import { parseWebhook } from './channels/webhook.ts'
import { explain } from './explain.ts'
import { parseCertification } from './identity/certification.ts'
import { parsePayment } from './payment/payment.ts'
import { parseImpUid, parseMerchantUid } from './values/ids.ts'
import { parseMoney } from './values/money.ts'

const parsers = {
  parseCallback,
  parseWebhook,
  parseConfirm,
  parsePayment,
  parseCertification,
  parseImpUid,
  parseMerchantUid,
  parseAmount: (value: unknown) => parseMoney(value, 'USD'),
  parseCurrency: (value: unknown) => parseMoney(1, value),
}
const everyParser = Object.entries(parsers)

const valid = record({ success: true, deposit_history: [{ amount: 1, deposited_at: 1 }] })
const names = [...Object.keys(valid), 'event', 'promotion', 'customer_uid_usage', 'kcp_action']

const without = (name: string) =>
  Object.fromEntries(Object.entries(valid).filter(([each]) => each !== name))

function refuse(): never {
  throw new TypeError('trap')
}
const traps = { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse }

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

class Message {
  readonly imp_uid = 'imp_448280090638'
  get merchant_uid(): string {
    return 'ORD-1'
  }
}

const values: Readonly<Record<string, unknown>> = {
  'a revoked proxy': revoked({}),
  'a revoked list proxy': revoked([]),
  'a proxy whose every trap throws': new Proxy({ ...valid }, traps),
  'a list proxy whose every trap throws': new Proxy([1], traps),
  'a proxy that cannot list its names': new Proxy({ ...valid }, { ownKeys: refuse }),
  'a proxy that cannot be read': new Proxy({ ...valid }, { get: refuse }),
  'a class instance': new Message(),
  'an object without a prototype': Object.assign(Object.create(null), valid),
  'a date': new Date(0),
  'a map': new Map(Object.entries(valid)),
  'a function': () => valid,
  'a symbol': Symbol('imp_1'),
  'a big integer': 1n,
  'a list of itself': [valid],
  'text that is an object': Object('imp_1'),
}

describe('the parsers with values that JSON cannot contain', () => {
  it.each(everyParser)(
    '%s() returns a result for every hostile value and never throws',
    (_, parse) => {
      const results = Object.entries(values).map(([name, value]) => [name, typeof parse(value).ok])
      expect(results).toEqual(Object.keys(values).map((name) => [name, 'boolean']))
    },
  )

  it.each(everyParser)('%s() does not throw for a hostile value in any field', (_, parse) => {
    const results = names.flatMap((field) =>
      Object.values(values).map((value) => typeof parse({ ...valid, [field]: value }).ok),
    )
    expect(new Set(results)).toEqual(new Set(['boolean']))
  })

  it.each(everyParser)(
    '%s() does not throw for an accessor that throws in any field',
    (_, parse) => {
      const results = names.map((field) => {
        const message = Object.defineProperty({ ...valid }, field, {
          get: refuse,
          enumerable: true,
        })
        return typeof parse(message).ok
      })
      expect(new Set(results)).toEqual(new Set(['boolean']))
    },
  )

  it.each(everyParser)('%s() never throws on any object', (_, parse) => {
    const anyField = fc.dictionary(fc.constantFrom(...names), fc.anything())
    const mixed = anyField.map((fields) => ({ ...valid, ...fields }))
    const deep = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    })
    fc.assert(
      fc.property(fc.oneof(mixed, deep), (value) => {
        expect(typeof parse(value).ok).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })
})

describe('a value that cannot be read', () => {
  it('is not a message', () => {
    for (const name of ['a revoked proxy', 'a revoked list proxy']) {
      expect(parsePayment(values[name])).toEqual({
        ok: false,
        failure: { reason: 'payment_malformed', field: 'response' },
      })
    }
  })

  it('is an absent field, not a repeated one', () => {
    const ids = { imp_uid: 'imp_1', merchant_uid: 'ORD-1' }
    const read = parseWebhook(ids)
    expect(read.ok).toBe(true)
    expect(parseWebhook({ ...ids, status: values['a revoked list proxy'] })).toEqual(read)
  })

  it('is printed as a space, so that a log line stays one line', () => {
    expect(explain({ reason: 'currency_unknown', actual: 'K\u2028R\u0085W' })).toBe(
      'Cannot read amount: currency "K R W" is unknown',
    )
  })
})

describe('the parsers and inheritance', () => {
  it.each([
    ['parseCallback', parseCallback, { reason: 'id_missing', field: 'imp_uid' }],
    ['parseWebhook', parseWebhook, { reason: 'id_missing', field: 'imp_uid' }],
    ['parseConfirm', parseConfirm, { reason: 'id_missing', field: 'imp_uid' }],
    ['parsePayment', parsePayment, { reason: 'payment_malformed', field: 'imp_uid' }],
  ])('T31: %s() ignores inherited fields', (_, parse, failure) => {
    expect(parse(Object.create(valid))).toEqual({ ok: false, failure })
  })

  it('T31: reads an own field independent of the prototype of the message', () => {
    const inherits = Object.assign(Object.create({ sandbox: false, status: 'paid' }), {
      ...valid,
      status: 'failed',
      sandbox: true,
    })
    const read = parsePayment(inherits)
    expect(read.ok && [read.value.status, read.value.sandbox]).toEqual(['failed', true])
  })

  it('T31: a member that a program has given to every object is no member of a record', () => {
    const added = {
      sandbox: false,
      cancel_amount: 0,
      promotion: { discount: 1_000 },
      discount: 1_000,
      deposited_at: 1,
    }
    const before = { ...without('sandbox'), promotion: {} }
    const records = [
      before,
      { ...before, deposit_history: [{ amount: 1 }] },
      without('cancel_amount'),
      added,
    ]
    const expected = records.map((each) => parsePayment(each))
    Object.assign(Object.prototype, added)
    try {
      expect(records.map((each) => parsePayment(each))).toEqual(expected)
    } finally {
      for (const name of Object.keys(added)) Reflect.deleteProperty(Object.prototype, name)
    }
    expect(expected[0]).toMatchObject({ value: { sandbox: null, discount: null } })
  })

  it('an accessor that throws leaves its field absent, and the others as they are', () => {
    const message = Object.defineProperty({ ...valid }, 'sandbox', {
      get: refuse,
      enumerable: true,
    })
    expect(parsePayment(message)).toEqual(parsePayment(without('sandbox')))
  })

  it('T31: a list with its own methods is read without them', () => {
    const deposits = Object.assign([{ amount: 1, deposited_at: 1 }], {
      flatMap: () => [{ amount: { minor: 9, currency: 'KRW' }, depositedAt: null }],
    })
    const read = parsePayment({ ...valid, deposit_history: deposits })
    expect(read.ok && read.value.deposits).toEqual([
      { amount: { minor: 1, currency: 'KRW' }, depositedAt: new Date(1000) },
    ])
  })

  it('T31: Object.prototype does not change', () => {
    const before = Object.getOwnPropertyDescriptors(Object.prototype)
    const polluting = JSON.parse(
      '{"__proto__":{"sandbox":false,"x":1},"constructor":{"prototype":{"x":1}},"imp_uid":"imp_1"}',
    )
    const key = fc.constantFrom('__proto__', 'constructor', 'prototype', ...names)
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (fields) => {
        for (const [, parse] of everyParser) parse({ ...polluting, ...fields })
        expect(Object.getOwnPropertyDescriptors(Object.prototype)).toEqual(before)
      }),
    )
  })
})
