import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseImpUid, parseMerchantUid } from './ids.ts'
import { fail, ok } from './result.ts'

describe('parseImpUid()', () => {
  it.each(['imp_448280090638', 'imps_426515090382', 'imp_test', '-', 'A'.repeat(64)])(
    'reads %s unchanged',
    (id) => {
      expect(parseImpUid(id)).toEqual(ok(id))
    },
  )

  it.each([[undefined], [null], ['']])('calls %o missing', (value) => {
    expect(parseImpUid(value)).toEqual(fail({ reason: 'id_missing', field: 'imp_uid' }))
  })

  it.each([
    'imp_1?include_sandbox=true',
    'x/../status/paid',
    'find/other-order/paid',
    '%2e%2e/banks',
    'imp_1/../../users/getToken',
    '..',
    'imp_1#',
    'imp_1\\banks',
    'imp_1\n',
    'imp_1 ',
    'ｉmp_1',
    'imp_1\u0000',
    'A'.repeat(65),
  ])('T4: refuses %j, which would change the endpoint', (id) => {
    expect(parseImpUid(id)).toEqual(fail({ reason: 'id_malformed', field: 'imp_uid' }))
  })

  it.each([
    [['imp_1']],
    [{ $ne: null }],
    [1],
    [true],
    [{ toString: () => 'imp_1' }],
    [new String('imp_1')],
  ])('T8: refuses %o, which is not text', (value) => {
    expect(parseImpUid(value)).toEqual(fail({ reason: 'id_malformed', field: 'imp_uid' }))
  })

  it('T4: accepts exactly the characters of its grammar', () => {
    const chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'
    const accepted = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (char) => parseImpUid(char).ok,
    )
    expect(accepted.toSorted()).toEqual(chars.split('').toSorted())
  })

  it('T4: accepts a text exactly when each of its 1 to 64 characters is in the grammar', () => {
    const isAllowed = (char: string) => 'az'.includes(char) || /[b-yA-Z0-9_-]/.test(char)
    const nearly = fc.string({
      unit: fc.constantFrom('a', 'Z', '9', '_', '-', '.', '/', '%', '\n'),
    })
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: 'binary' }), fc.string()), (text) => {
        fc.pre(text !== '')
        const isInGrammar = text.length <= 64 && text.split('').every(isAllowed)
        expect(parseImpUid(text).ok).toBe(isInGrammar)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('parseMerchantUid()', () => {
  it.each([
    'ORD20240131-0000011',
    'ORD/2024 1',
    '주문-1',
    '%00',
    ' ORD-1 ',
    '😀'.repeat(40),
    'x'.repeat(40),
  ])('reads %s unchanged', (id) => {
    expect(parseMerchantUid(id)).toEqual(ok(id))
  })

  it.each([[undefined], [null], ['']])('calls %o missing', (value) => {
    expect(parseMerchantUid(value)).toEqual(fail({ reason: 'id_missing', field: 'merchant_uid' }))
  })

  it.each([
    ['a NUL', 'ORD\u0000'],
    ['a line break', 'ORD\r\n'],
    ['a zero-width space', 'ORD\u200b'],
    ['a zero-width joiner', 'ORD\u200d'],
    ['a byte order mark', '\ufeffORD'],
    ['a right-to-left override', 'ORD\u202e1'],
    ['a lone surrogate', 'ORD\ud800'],
    ['a private-use character', 'ORD\ue000'],
    ['a line separator', 'ORD\u2028'],
    ['a paragraph separator', 'ORD\u2029'],
    ['a delete', 'ORD\u007f'],
    ['a 41st character', 'x'.repeat(41)],
  ])('T32: refuses %s', (_, id) => {
    expect(parseMerchantUid(id)).toEqual(fail({ reason: 'id_malformed', field: 'merchant_uid' }))
  })

  it.each([[['ORD-1']], [{ $ne: null }], [1], [new String('ORD-1')]])(
    'T8: refuses %o, which is not text',
    (value) => {
      expect(parseMerchantUid(value)).toEqual(
        fail({ reason: 'id_malformed', field: 'merchant_uid' }),
      )
    },
  )

  it('T32: never maps two texts to one id', () => {
    const twins = ['\u00e9', 'e\u0301', 'A', 'a', 'Ａ', 'A ', ' A', '1', '１']
    const read = twins.map((text) => parseMerchantUid(text))
    expect(read).toEqual(twins.map((text) => ok(text)))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        const id = parseMerchantUid(text)
        expect(id.ok ? id.value : text).toBe(text)
      }),
    )
  })

  it('T32: refuses every control, format, surrogate, private and separator code point anywhere', () => {
    const hidden = (code: number) =>
      code < 0x20 ||
      (code >= 0x7f && code < 0xa0) ||
      (code >= 0xd800 && code < 0xf900) ||
      code === 0xad ||
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x2064) ||
      code === 0xfeff ||
      code >= 0xf0000
    const accepted: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (!hidden(code)) continue
      const char = String.fromCodePoint(code)
      for (const text of [char, `a${char}`, `${char}a`]) {
        // The last two code points of a plane are noncharacters and in none of these categories.
        if ((code & 0xfffe) !== 0xfffe && parseMerchantUid(text).ok) accepted.push(text)
      }
    }
    expect(accepted).toEqual([])
  })
})
