import { describe, expect, it } from 'vitest'
import facts from '../facts/codes.json' with { type: 'json' }
import { type BankCodePg, banks, findBank, refundBankOf } from './banks.ts'
import { cards, daouCards, findCard } from './cards.ts'
import { carriers, findCarrier } from './carriers.ts'
import { escrowCouriers, findEscrowCourier, findNaverCourier, naverCouriers } from './couriers.ts'
import { currencies, currenciesOf, findCurrency, wholeAtPayPal } from './currencies.ts'
import { errorCodes, findError, findErrorIn, saysBuyerCancelled } from './errors.ts'
import { findPayMethod, payMethods } from './pay-methods.ts'

const codesOf = (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => code).sort()
const firstOf = (rows: readonly string[][]) =>
  rows.flatMap(([codes = '']) => codes.split(', ')).sort()
const listIn = (text = '') => text.match(/\b[A-Z]{3}(?:_MVNO)?\b|\bMVNO\b/g) ?? []

describe('the tables hold every documented code and no other', () => {
  it('banks', () => {
    expect(codesOf(banks)).toEqual(firstOf(facts.banks))
  })

  it('card companies', () => {
    expect(codesOf(cards)).toEqual(firstOf(facts.cards))
    expect(codesOf(daouCards)).toEqual(firstOf(facts.daouCards))
  })

  it('couriers', () => {
    const struckOut = ['LOGEN', 'KOREX']
    const documented = firstOf(facts.escrowCouriers).filter((code) => !struckOut.includes(code))
    expect(codesOf(escrowCouriers)).toEqual(documented)
    expect(codesOf(naverCouriers)).toEqual(firstOf(facts.naverCouriers))
    expect(struckOut.map((code) => findEscrowCourier(code)?.code)).toEqual(['KGB', 'CJGLS'])
  })

  it('carriers, in each place that names them', () => {
    const places = ['certification', 'otp', 'result', 'phone'] as const
    const held = places.map((place) => carriers.flatMap(({ [place]: code }) => code ?? []).sort())
    const [certification = [], otp = [], result = [], phone = []] = facts.carriers
    expect(held).toEqual([
      listIn(certification[1]).sort(),
      ['KT', 'LGT', 'SKT'],
      (result[1] ?? '').split(', ').sort(),
      listIn(phone[1]).sort(),
    ])
    expect(otp[1]).toBe('SKT, KT, LGT (+ is_mvno)')
  })

  it('means of payment', () => {
    expect(codesOf(payMethods)).toEqual(firstOf(facts.payMethods))
  })

  it('currencies', () => {
    const [, eximbay = [], payPal = []] = facts.currencies
    const documented = facts.currencies.flatMap(([, codes]) => listIn(codes?.replace('ISO', '')))
    const isCurrency = (code: string) => !['PER', 'MID'].includes(code)
    expect(codesOf(currencies)).toEqual([...new Set(documented.filter(isCurrency))].sort())
    const never = (code: string) => code !== 'KRW'
    expect([...(currenciesOf('eximbay') ?? [])].sort()).toEqual(listIn(eximbay[1]).sort())
    const ofPayPal = listIn(payPal[1]).filter(never).sort()
    expect([...(currenciesOf('paypal') ?? [])].sort()).toEqual(ofPayPal)
    expect([...(currenciesOf('paypal_v2') ?? [])].sort()).toEqual(ofPayPal)
    const whole = currencies.filter(({ decimals }) => decimals === 0).map(({ code }) => code)
    expect([...whole, ...wholeAtPayPal].sort()).toEqual([...facts.zeroDecimals].sort())
  })

  it('error codes', () => {
    const books = new Map([
      ['KCP', 'kcp'],
      ['Toss (uplus)', 'uplus'],
      ['Toss phone', 'uplus'],
      ['Kakao', 'kakaopay'],
      ['Kakao card', 'kakaopay'],
      ['Inicis', 'html5_inicis'],
      ['Danal phone', 'danal'],
    ])
    const documented = facts.pgErrors.flatMap(([pg = '', codes = '', meaning = '']) =>
      meaning === 'ok'
        ? []
        : codes
            .replace(' (transfer)', '')
            .split(/, | \/ /)
            .map((code) => `${books.get(pg)} ${code}`),
    )
    const own = facts.ownErrors.flatMap(([codes = '']) =>
      codes.startsWith('REST envelope') ? [] : codes.split(', ').map((code) => `portone ${code}`),
    )
    const held = errorCodes.map(({ book, code }) => `${book} ${code}`)
    expect(held.sort()).toEqual([...documented, ...own].sort())
  })
})

describe('banks by PG', () => {
  const columns: readonly (readonly BankCodePg[])[] = [
    ['kcp'],
    ['html5_inicis', 'inicis'],
    ['daou'],
    [
      'tosspayments',
      'uplus',
      'danal',
      'danal_tpay',
      'nice',
      'kicc',
      'smartro',
      'smartro_v2',
      'settle',
    ],
    ['nice_v2'],
    ['welcome'],
  ]
  it.each(facts.banksByPg)('%s', (_, ...codes) => {
    // The column of three digits is KFTC's own code.
    const kftc = codes[3] ?? ''
    for (const [number, pgs] of columns.entries()) {
      const documented = (codes[number] ?? '').replace(' (KEB 05)', '')
      for (const pg of pgs) {
        expect([pg, refundBankOf(pg, kftc)]).toEqual([
          pg,
          /^\w+$/.test(documented) ? documented : null,
        ])
      }
    }
  })

  it('the bank that became Hana has a code of its own at Kiwoom Pay', () => {
    expect(refundBankOf('daou', '005')).toBe('05')
  })

  it('a PG, a bank or a broker that nothing is documented of has no code', () => {
    expect([
      refundBankOf('ksnet', '004'),
      refundBankOf('constructor', '004'),
      refundBankOf('kcp', '035'),
      refundBankOf('kcp', '209'),
      refundBankOf('kcp', 'toString'),
    ]).toEqual([null, null, null, null, null])
  })
})

describe('a code that is not documented is no error', () => {
  it.each(['', '999', 'constructor', '__proto__', 'KTF\u0000'])('%j', (code) => {
    expect([
      findBank(code),
      findCard(code),
      findEscrowCourier(code),
      findNaverCourier(code),
      findCarrier('result', code),
      findCurrency(code),
      currenciesOf(code),
      findPayMethod(code),
      findError('kcp', code),
      findError(code, '0002'),
      findErrorIn('kcp', `[${code}]`),
    ]).toEqual(Array.from({ length: 11 }, () => null))
  })
})

describe('every entry has a name in both languages', () => {
  it('that is not empty, and no code stands twice', () => {
    const tables = [banks, cards, daouCards, escrowCouriers, naverCouriers, currencies, payMethods]
    for (const table of tables) {
      expect(new Set(codesOf(table)).size).toBe(table.length)
      expect(table.filter(({ ko, en }) => ko === '' || en === '')).toEqual([])
    }
    const errors = errorCodes.map(({ book, code }) => `${book} ${code}`)
    expect(new Set(errors).size).toBe(errors.length)
    const sentence = ({ ko, en }: { ko: string; en: string }) =>
      /[가-힣]\.$/.test(ko) && /^[A-Z].*\.$/.test(en)
    expect(errorCodes.filter((error) => !sentence(error))).toEqual([])
  })
})

describe('cards', () => {
  it('codes of earlier payments count', () => {
    const older = facts.cards.flatMap(([code, , note = '']) => {
      const earlier = /older code (\w+)/.exec(note)?.[1]
      return earlier === undefined ? [] : [[earlier, code]]
    })
    expect(older.map(([earlier = '']) => findCard(earlier)?.code)).toEqual(
      older.map(([, code]) => code),
    )
    expect(older.length).toBe(6)
  })
})

describe('a text of a failed payment', () => {
  it.each([
    ['kcp', '[CC10] 잔액부족', 'CC10'],
    ['kcp_billing', '카드사 거절 [CC03]', 'CC03'],
    [
      'kcp',
      'F0004:PG사 결제요청에 실패하여 중단합니다.(imp_123456789012) CC54, 유효기간 경과',
      'CC54',
    ],
    [
      'html5_inicis',
      'F0004:PG사 결제요청에 실패하여 중단합니다.(imp_123456789012) 9999, 기타',
      'F0004',
    ],
    ['kakaopay', '[-785] 중복 요청', '-785'],
    ['uplus', '[A8] 한도초과', 'A8'],
    ['kakaopay', '[CC10] 잔액부족', null],
    ['kcp', 'CC10 is only a word here', null],
    ['kcp', null, null],
  ] as const)('%s: %j is read as %j', (pg, text, code) => {
    expect(findErrorIn(pg, text)?.code ?? null).toBe(code)
  })

  it('says that the buyer cancelled in every wording that was seen', () => {
    const seen = facts.cancelTexts.map(([text = '']) => [text, saysBuyerCancelled(text)])
    expect(seen).toEqual(seen.map(([text]) => [text, true]))
    expect(saysBuyerCancelled('[CC10] 잔액부족')).toBe(false)
  })
})

describe('what is worth a repetition', () => {
  it('is only what a lookup or another day can change', () => {
    expect(findError('kcp', 'CC72')).toEqual({
      book: 'kcp',
      code: 'CC72',
      ko: '카드사 응답 시간이 초과되었습니다.',
      en: 'The card company did not respond in time.',
      retry: 'look_up',
      isWorthRetry: true,
    })
    const worth = new Set(
      errorCodes.filter((error) => error.isWorthRetry).map(({ retry }) => retry),
    )
    expect([...worth].sort()).toEqual(['another_day', 'look_up'])
    expect(findError('kcp', 'F1002')?.isWorthRetry).toBe(false)
  })
})
