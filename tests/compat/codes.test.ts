// The code tables import nothing, so that a page can load them alone: where core or client know the same codes, both agree.

import type { Courier } from '@quayside/client/escrow'
import type { ShipExchangedParams } from '@quayside/client/naver'
import * as codes from '@quayside/codes'
import { classifyDecline, type DeclineKind, parseMoney } from '@quayside/core'
import { describe, expect, expectTypeOf, it } from 'vitest'

type Known<Open> = Open extends string ? (string extends Open ? never : Open) : never

describe('the code tables agree with the client', () => {
  it('on couriers', () => {
    expectTypeOf<Known<Courier>>().toEqualTypeOf<codes.EscrowCourierCode>()
    expectTypeOf<
      ShipExchangedParams['delivery_company'] & string
    >().toEqualTypeOf<codes.NaverCourierCode>()
  })
})

describe('the code tables agree with core', () => {
  it('on the decimals of each currency', () => {
    const smallest = codes.currencies.map(({ code, decimals }) => [
      code,
      parseMoney(10 ** -decimals, code),
      parseMoney(10 ** -(decimals + 1), code).ok,
    ])
    expect(smallest).toEqual(
      codes.currencies.map(({ code }) => [
        code,
        { ok: true, value: { minor: 1, currency: code } },
        false,
      ]),
    )
  })

  it('on what helps against a failed charge, wherever core knows the code', () => {
    const retries: Readonly<Record<DeclineKind, codes.Retry | null>> = {
      outcome_unknown: 'look_up',
      curable: 'another_day',
      means_dead: 'other_means',
      refused: 'another_day',
      setup: 'after_correction',
      unrecognized: null,
    }
    const known = codes.errorCodes.flatMap((error) => {
      const retry = retries[classifyDecline(`[${error.code}]`)]
      return retry === null ? [] : [[error.book, error.code, retry]]
    })
    expect(known).toEqual(
      known.map(([book = '', code = '']) => [book, code, codes.findError(book, code)?.retry]),
    )
    expect(known.map(([book, code]) => `${book} ${code}`)).toEqual([
      'portone F0004',
      ...'3008 CC03 CC04 CC07 CC08 CC10 CC14 CC43 CC54 CC55 CC61 CC62 CC72 CC98 CC99'
        .split(' ')
        .map((code) => `kcp ${code}`),
      ...'3000 2 16 A8 526 527'.split(' ').map((code) => `uplus ${code}`),
      'kakaopay 0002',
      'kakaopay 0016',
    ])
  })
})
