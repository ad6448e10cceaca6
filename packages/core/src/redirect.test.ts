import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../fixtures/redirect.json' with { type: 'json' }
import { parseRedirect } from './redirect.ts'
import { fail, ok } from './result.ts'

const ids = 'imp_uid=imp_448280090638&merchant_uid=ORD-1'
const duplicated = (field: string) => fail({ reason: 'field_duplicated', field })

describe('parseRedirect()', () => {
  it.each(vectors)('reads $name: $expected', ({ input, reading }) => {
    expect(parseRedirect(input)).toEqual(reading)
  })

  it.each([
    [`${ids}&imp_uid=imp_448280090638`, 'imp_uid'],
    [`${ids}&imp%5Fuid=imp_2`, 'imp_uid'],
    [`${ids}&imp_uid[]=imp_2`, 'imp_uid[]'],
    [`${ids}&merchant_uid%5B%5D=ORD-2`, 'merchant_uid[]'],
    [`${ids}&imp_success=true&imp_success=false`, 'imp_success'],
    [`${ids}&imp_status=success&imp_status=failed`, 'imp_status'],
    [`${ids}&status=paid&status=failed`, 'status'],
    [`${ids}&error_code=F1&error_code=F2`, 'error_code'],
    [`${ids}&error_msg=a&error_msg=b`, 'error_msg'],
    [`${ids}&kcp_action=Register&kcp_action=Pay`, 'kcp_action'],
  ])('T30: refuses %s', (query, field) => {
    expect(parseRedirect(query)).toEqual(duplicated(field))
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
      fail({ reason: 'id_missing', field: 'merchant_uid' }),
    )
  })

  it('T28: refuses a query of more than 32 parameters', () => {
    expect(parseRedirect(`${ids}${'&a=1'.repeat(31)}`)).toEqual(
      fail({ reason: 'too_many_fields', limit: 32 }),
    )
  })

  it('T30: accepts only queries in which each id occurs once', () => {
    const name = fc.constantFrom('imp_uid', 'merchant_uid', 'imp_uid[]', 'imp%5fuid', 'x')
    const value = fc.constantFrom('imp_1', 'ORD-1', '', 'null', '%')
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (pairs) => {
        const query = pairs.map((pair) => pair.join('=')).join('&')
        const names = pairs.map(([each]) => (each === 'imp%5fuid' ? 'imp_uid' : each))
        const seen = names.filter((each) => each !== 'x')
        const isSingle = seen.toSorted().join() === 'imp_uid,merchant_uid'
        expect(isSingle || !parseRedirect(query).ok).toBe(true)
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
