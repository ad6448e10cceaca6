import { parseImpUid, parseMerchantUid } from '@quayside/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScriptedClient, envelope, paid } from '../../test/scripted-client.ts'
import * as customers from '../endpoints/customers.ts'
import * as payments from '../endpoints/payments.ts'
import * as subscribe from '../endpoints/subscribe.ts'
import type { AnyEndpoint } from '../operation/endpoint.ts'
import { buildRequest } from './request.ts'

const base = 'https://api.iamport.kr'

function urlOf(endpoint: AnyEndpoint, params: object): string | null {
  const parts = buildRequest(endpoint, params, base)
  return parts.ok ? parts.value.url : null
}

function refusalOf(endpoint: AnyEndpoint, params: object): unknown {
  const parts = buildRequest(endpoint, params, base)
  return parts.ok ? null : parts.failure
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', ';', 'a'),
    maxLength: 12,
  }),
)

describe('buildRequest()', () => {
  it.each([
    'imp_1?include_sandbox=true',
    'x/../status/paid',
    'find/other-order/paid',
    '%2e%2e/banks',
    'imp_1/../../users/getToken',
    '.',
    '..',
    'imp_1\n',
  ])('T4: sends nothing for the imp_uid %j', async (imp_uid) => {
    const { client, sent } = createScriptedClient([envelope(paid)])
    expect(await client.call(payments.get, { imp_uid })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'imp_uid', problem: 'malformed' },
    })
    expect(sent).toEqual([])
  })

  it('T4: builds from any imp_uid no URL, or one of exactly two segments', () => {
    fc.assert(
      fc.property(hostile, (imp_uid) => {
        const url = urlOf(payments.get, { imp_uid })
        return url === null || /^https:\/\/api\.iamport\.kr\/payments\/[^/?#%]+$/.test(url)
      }),
      { numRuns: 20_000 },
    )
  })

  it('T4: builds from any merchant_uid no URL, or one with the whole id as third segment', () => {
    fc.assert(
      fc.property(hostile, (merchant_uid) => {
        const url = urlOf(payments.find, { merchant_uid, payment_status: 'paid' })
        if (url === null) return true
        const [, third] =
          /^https:\/\/api\.iamport\.kr\/payments\/find\/([^/?#]+)\/paid$/.exec(url) ?? []
        return third !== undefined && decodeURIComponent(third) === merchant_uid
      }),
      { numRuns: 20_000 },
    )
  })

  it('T4: accepts the same ids as core, except the two that a path cannot contain', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const isSent = {
          imp_uid: urlOf(payments.get, { imp_uid: id }) !== null,
          merchant_uid: urlOf(payments.find, { merchant_uid: id }) !== null,
        }
        const isStep = id === '.' || id === '..'
        expect(isSent).toEqual({
          imp_uid: parseImpUid(id).ok,
          merchant_uid: parseMerchantUid(id).ok && !isStep,
        })
      }),
      { numRuns: 20_000 },
    )
  })

  it('T4: builds from any status no URL, or one of exactly four segments', () => {
    fc.assert(
      fc.property(hostile, (payment_status) => {
        const url = urlOf(payments.find, { merchant_uid: 'ORD-1', payment_status })
        return (
          url === null || /^https:\/\/api\.iamport\.kr\/payments\/find\/ORD-1\/[^/?#]+$/.test(url)
        )
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([
    ['a b/한글', '/payments/find/a%20b%2F%ED%95%9C%EA%B8%80'],
    ['1234?가#1', '/payments/find/1234%3F%EA%B0%80%231'],
    ['100%', '/payments/find/100%25'],
  ])('encodes the merchant_uid %j', (merchant_uid, path) => {
    expect(urlOf(payments.find, { merchant_uid })).toBe(base + path)
  })

  it.each(['.', '..'])('T4: refuses the merchant_uid %j, a dot segment', (merchant_uid) => {
    expect(refusalOf(payments.find, { merchant_uid })).toEqual({
      reason: 'invalid_argument',
      parameter: 'merchant_uid',
      problem: 'malformed',
    })
  })

  it('keeps the path of a base URL', () => {
    expect(buildRequest(payments.get, { imp_uid: 'imp_1' }, 'http://localhost:8081/sim')).toEqual({
      ok: true,
      value: {
        method: 'GET',
        url: 'http://localhost:8081/sim/payments/imp_1',
        body: null,
        secrets: [],
      },
    })
  })

  it('repeats the bracketed name for each item of a list', () => {
    expect(urlOf(payments.several, { imp_uid: ['imp_1', 'imp_2'], merchant_uid: ['a&b'] })).toBe(
      `${base}/payments?imp_uid[]=imp_1&imp_uid[]=imp_2&merchant_uid[]=a%26b`,
    )
  })

  it('omits undefined and sends false', () => {
    expect(
      urlOf(payments.get, { imp_uid: 'imp_1', include_sandbox: false, extension: undefined }),
    ).toBe(`${base}/payments/imp_1?include_sandbox=false`)
  })

  it('omits undefined deep in a body or a query too', () => {
    const schedules = [{ merchant_uid: 'A', buyer_name: undefined }]
    const body = { customer_uid: 'user-1', schedules }
    expect(buildRequest(subscribe.schedule, body, base)).toMatchObject({
      ok: true,
      value: { body: '{"customer_uid":"user-1","schedules":[{"merchant_uid":"A"}]}' },
    })
    const query = { customer_uid: 'user-1', extra: { requester: undefined } }
    expect(urlOf(customers.remove, query)).toBe(`${base}/subscribe/customers/user-1`)
  })

  const circle: Record<string, unknown> = {}
  circle.itself = circle

  it.each([
    ['a circular body', [circle]],
    ['a list with a hole', [undefined]],
    ['null in a body', [{ amount: null }]],
    ['a lone surrogate', [{ name: '\ud800' }]],
  ])('refuses %s', (_, schedules) => {
    expect(refusalOf(subscribe.schedule, { customer_uid: 'user-1', schedules })).toEqual({
      reason: 'invalid_argument',
      parameter: 'schedules',
      problem: 'malformed',
    })
  })

  const target = { imp_uid: 'imp_1' }
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `imp_${index}`)

  it.each([
    [
      'a cancel without a payment',
      payments.cancelAll,
      { checksum: 1 },
      'imp_uid or merchant_uid',
      'missing',
    ],
    ['a cancel without a checksum', payments.cancelAll, target, 'checksum', 'missing'],
    [
      'a checksum that is not a number',
      payments.cancelAll,
      { ...target, checksum: Number.NaN },
      'checksum',
      'malformed',
    ],
    [
      'a full cancel with an amount',
      payments.cancelAll,
      { ...target, checksum: 9, amount: 1 },
      'amount',
      'unknown',
    ],
    [
      'a partial cancel without an amount',
      payments.cancelPart,
      { ...target, checksum: 9 },
      'amount',
      'missing',
    ],
    [
      'a partial cancel of 0',
      payments.cancelPart,
      { ...target, checksum: 9, amount: 0 },
      'amount',
      'not_positive',
    ],
    [
      'a partial cancel of null',
      payments.cancelPart,
      { ...target, checksum: 9, amount: null },
      'amount',
      'malformed',
    ],
    [
      'a partial cancel of NaN',
      payments.cancelPart,
      { ...target, checksum: 9, amount: Number.NaN },
      'amount',
      'malformed',
    ],
    [
      'a cancel of a negative amount',
      payments.cancelPart,
      { ...target, checksum: 9, amount: -4900 },
      'amount',
      'not_positive',
    ],
    [
      'an amount as text',
      payments.cancelPart,
      { ...target, checksum: 9, amount: '1' },
      'amount',
      'not_positive',
    ],
    ['an empty id', payments.get, { imp_uid: '' }, 'imp_uid', 'missing'],
    ['a missing id', payments.get, {}, 'imp_uid', 'missing'],
    ['a list for one id', payments.get, { imp_uid: ['imp_1'] }, 'imp_uid', 'malformed'],
    ['an empty list', payments.several, { imp_uid: [] }, 'imp_uid', 'malformed'],
    [
      'a list with a malformed id',
      payments.several,
      { imp_uid: ['imp_1', '../x'] },
      'imp_uid',
      'malformed',
    ],
    ['101 ids', payments.several, { imp_uid: ids(101) }, 'imp_uid or merchant_uid', 'too_many'],
    [
      'a value that is not JSON',
      payments.cancelAll,
      { ...target, checksum: 9, extra: { requester: 1n } },
      'extra',
      'malformed',
    ],
  ] as const)('refuses %s', (_, endpoint, params, parameter, problem) => {
    expect(refusalOf(endpoint, params)).toEqual({ reason: 'invalid_argument', parameter, problem })
  })
})
