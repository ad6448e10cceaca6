import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/redirect.json' with { type: 'json' }
import { fail, ok } from '../values/result.ts'
import { parseRedirect } from './redirect.ts'

const ids = 'imp_uid=imp_448280090638&merchant_uid=ORD-1'
const duplicated = (field: string) => fail({ reason: 'field_duplicated', field })

describe('parseRedirect()', () => {
  it.each(vectors)('reads $name: $expected', ({ input, reading }) => {
    expect(parseRedirect(input)).toEqual(reading)
  })

  it.each([
    [`${ids}&imp%5Fuid=imp_2`, 'imp_uid'],
    [`merchant_uid=ORD-2&${ids}`, 'merchant_uid'],
    [`${ids}&imp_uid[]=imp_2`, 'imp_uid[]'],
    [`${ids}&merchant_uid%5B%5D=ORD-2`, 'merchant_uid[]'],
  ])('T30: refuses %s', (query, field) => {
    expect(parseRedirect(query)).toEqual(duplicated(field))
  })

  it.each([
    ['merchant_uid=ORD-1&imp_uid=imp_448280090638&merchant_uid=ORD-1', 'unknown'],
    [`${ids}&imp_success=true&imp_success=true`, 'success'],
    [`imp_uid=&merchant_uid=null&${ids}&imp_success=true`, 'success'],
    [`${ids}&imp_success=true&imp_success=false`, 'unknown'],
    [`${ids}&status=paid&status=failed`, 'unknown'],
    [`${ids}&error_code=F1&error_code=F2`, 'unknown'],
    [`${ids}&kcp_action=Register&kcp_action=Pay`, 'unknown'],
  ])('T30: reads %s: equal repeats are one value, and only ids must not differ', (query, claim) => {
    expect(parseRedirect(query)).toMatchObject(
      ok({ kind: 'payment', impUid: 'imp_448280090638', merchantUid: 'ORD-1', claim }),
    )
  })

  it('recognises an identity verification that says so', () => {
    expect(parseRedirect(`?${ids}&success=true&pg_type=certification`)).toEqual(
      ok({
        kind: 'certification',
        channel: 'redirect',
        impUid: 'imp_448280090638',
        merchantUid: 'ORD-1',
        claim: 'success',
        claimedStatus: null,
        claimedAmount: null,
        errorCode: null,
        errorMessage: null,
      }),
    )
    expect(parseRedirect('?imp_uid=..&pg_type=certification')).toEqual(
      ok({
        kind: 'certification',
        channel: 'redirect',
        impUid: null,
        merchantUid: null,
        claim: 'unknown',
        claimedStatus: null,
        claimedAmount: null,
        errorCode: null,
        errorMessage: null,
      }),
    )
  })

  it('names the cause of a return from the V2 script', () => {
    expect(parseRedirect('?paymentId=p&transactionType=PAYMENT&txId=t')).toEqual(
      fail({ reason: 'browser_sdk_v2' }),
    )
  })

  it("ignores the merchant's own parameters, even repeated ones", () => {
    expect(
      parseRedirect(`?tag=a&tag=b&my_imp_uid[]=c&${ids}&imp_success=true&url=//evil.example`),
    ).toEqual(
      ok({
        kind: 'payment',
        channel: 'redirect',
        impUid: 'imp_448280090638',
        merchantUid: 'ORD-1',
        claim: 'success',
        claimedStatus: null,
        claimedAmount: null,
        errorCode: null,
        errorMessage: null,
      }),
    )
  })

  it('T32: reads %00 and a line break in an id as malformed, not as the id before them', () => {
    expect(
      ['ORD-1%00', 'ORD-1%0d%0a', 'ORD-1%e2%80%8b'].map((id) =>
        parseRedirect(`imp_uid=imp_1&merchant_uid=${id}`),
      ),
    ).toEqual(Array(3).fill(fail({ reason: 'id_malformed', field: 'merchant_uid' })))
  })

  it('treats a registration without ids as a query without ids', () => {
    expect(parseRedirect('?kcp_action=Register')).toEqual(
      fail({ reason: 'id_missing', field: 'imp_uid' }),
    )
  })

  it('T28: reads a result behind many parameters of the shop, and refuses more than 256', () => {
    expect(parseRedirect(`${'utm=1&'.repeat(254)}${ids}`).ok).toBe(true)
    expect(parseRedirect(`${ids}${'&a=1'.repeat(255)}`)).toEqual(
      fail({ reason: 'too_many_fields', limit: 256 }),
    )
  })

  it('T30: accepts only queries in which an id has one value', () => {
    const name = fc.constantFrom('imp_uid', 'merchant_uid', 'imp_uid[]', 'imp%5fuid', 'x')
    const value = fc.constantFrom('imp_1', 'ORD-1', '', 'null', '%')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (pairs) => {
        const query = pairs.map((pair) => pair.join('=')).join('&')
        const names = pairs.map(([each]) => (each === 'imp%5fuid' ? 'imp_uid' : each))
        const valuesOf = (id: string) =>
          new Set(pairs.filter((_, at) => names[at] === id).map(([, each]) => each))
        const given = (id: string) =>
          [...valuesOf(id)].filter((each) => !['', 'null'].includes(each))
        const isSingle =
          given('imp_uid').length === 1 &&
          given('merchant_uid').length <= 1 &&
          !names.includes('imp_uid[]')
        // A percent sign is outside the grammar of an imp_uid.
        expect(parseRedirect(query).ok).toBe(isSingle && !valuesOf('imp_uid').has('%'))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never throws for any query', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters()), (query) => {
        expect(typeof parseRedirect(query).ok).toBe('boolean')
      }),
    )
  })
})
