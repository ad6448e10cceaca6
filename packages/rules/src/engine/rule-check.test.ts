import { describe, expect, it } from 'vitest'
import type { Rule } from '../model/rule.ts'
import { findWrong } from './rule-check.ts'

const of = { strength: 'text', source: 'kcp.mdx:1' } as const

const cases: readonly [rule: Rule, parameters: Record<string, unknown>, expected: unknown][] = [
  [{ ...of, kind: 'required', parameter: 'name' }, { name: 'Paper' }, null],
  [{ ...of, kind: 'required', parameter: 'amount' }, { amount: 0 }, null],
  [{ ...of, kind: 'required', parameter: 'digital' }, { digital: false }, null],
  [
    { ...of, kind: 'required', parameter: 'name' },
    { name: null },
    { reason: 'missing', detail: '' },
  ],
  [
    { ...of, kind: 'required', parameter: 'popup', value: true },
    { popup: false },
    { reason: 'missing', detail: 'true' },
  ],
  [
    { ...of, kind: 'required', parameter: 'bypass.P_RESERVED', contains: 'twotrs_bank=Y' },
    { bypass: { P_RESERVED: ['a=1', 'twotrs_bank=Y'] } },
    null,
  ],
  [
    { ...of, kind: 'required', parameter: 'bypass.P_RESERVED', contains: 'twotrs_bank=Y' },
    { bypass: { P_RESERVED: 'twotrs_bank=N' } },
    { reason: 'missing', detail: 'twotrs_bank=Y' },
  ],
  [{ ...of, kind: 'required', parameter: 'a', among: ['a', 'b.c'] }, { b: { c: 1 } }, null],
  [
    { ...of, kind: 'required', parameter: 'products[].name' },
    { products: [{ name: 'Paper' }, {}] },
    { reason: 'missing', detail: '' },
  ],
  [{ ...of, kind: 'required', parameter: 'products[].name' }, {}, null],
  [{ ...of, kind: 'forbidden', parameter: 'escrow' }, { escrow: false }, null],
  [{ ...of, kind: 'forbidden', parameter: 'vat_amount' }, { vat_amount: 0 }, null],
  [{ ...of, kind: 'forbidden', parameter: 'card.direct' }, { card: { direct: {} } }, null],
  [{ ...of, kind: 'forbidden', parameter: 'escrow' }, { escrow: true }, { reason: 'not_usable' }],
  [
    { ...of, kind: 'forbidden', parameter: 'pay_method', values: ['phone'] },
    { pay_method: 'phone' },
    { reason: 'value_not_usable', detail: 'phone' },
  ],
  [{ ...of, kind: 'forbidden', parameter: 'pay_method', except: ['card'] }, {}, null],
  [
    { ...of, kind: 'forbidden', parameter: 'pay_method', except: ['card'] },
    { pay_method: 'trans' },
    { reason: 'value_not_usable', detail: 'trans' },
  ],
  [{ ...of, kind: 'length', parameter: 'name', max: 2 }, { name: '종이' }, null],
  [
    { ...of, kind: 'length', parameter: 'name', max: 5, unit: 'bytes' },
    { name: '종이' },
    { reason: 'too_long', detail: '5 bytes' },
  ],
  [
    { ...of, kind: 'characters', parameter: 'biz_num', only: 'digits', count: 10 },
    { biz_num: '123456789' },
    { reason: 'too_short', detail: '10' },
  ],
  [
    { ...of, kind: 'values', parameter: 'display.card_quota', values: [0, 3] },
    { display: { card_quota: [0, 4] } },
    { reason: 'value_not_usable', detail: '0, 4' },
  ],
  [
    { ...of, kind: 'number', parameter: 'amount', min: 10 },
    { amount: 9 },
    { reason: 'number_too_small', detail: '10' },
  ],
  [{ ...of, kind: 'number', parameter: 'amount', min: 10 }, { amount: '9' }, null],
  [
    { ...of, kind: 'number', parameter: 'vat_amount', maxShareOfAmount: 0.1 },
    { amount: 100, vat_amount: 11 },
    { reason: 'number_too_large', detail: '10' },
  ],
  [
    { ...of, kind: 'sum', parameter: 'products', price: 'unitPrice', quantity: 'quantity' },
    { amount: 0.3, products: [{ unitPrice: 0.1, quantity: 3 }] },
    null,
  ],
]

describe('a rule', () => {
  it.each(cases)('%o of %o: %o', (rule, parameters, expected) => {
    expect(findWrong(rule, parameters)).toEqual(expected)
  })

  it('reads any value without failing', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const values = [
      Symbol('x'),
      1n,
      circle,
      () => 1,
      Array.from({ length: 99 }, () => circle),
      [[[]]],
    ]
    const rules: readonly Rule[] = [
      { ...of, kind: 'values', parameter: 'x', values: ['a'] },
      { ...of, kind: 'length', parameter: 'x', max: 0 },
      { ...of, kind: 'date', parameter: 'x', formats: ['YYYYMMDD'] },
      { ...of, kind: 'required', parameter: 'x', contains: 'a' },
    ]
    const found = values.flatMap((x) => rules.map((rule) => findWrong(rule, { x })?.reason))
    expect(found.filter((reason) => reason === undefined)).toEqual([])
  })
})
