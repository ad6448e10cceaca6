import type { Prng } from '../engine/prng.ts'

type Fields = Record<string, unknown>

export function pick<T>(list: readonly T[], prng: Prng): T {
  const value = list[prng.below(list.length)]
  if (value === undefined && list.length === 0) throw new TypeError('Cannot pick from nothing')
  return value as T
}

export const characters: readonly string[] =
  'a b c X Y Z 0 1 8 9 _ - 가 나 é / . ? # % & = + " { } [ ]'.split(' ').concat(' ', "'", '\\')

/** Values that have broken parsers before. */
export const hostile: readonly unknown[] = [
  undefined,
  null,
  '',
  'null',
  'undefined',
  'true',
  'false',
  0,
  -1,
  Number.NaN,
  1e21,
  true,
  false,
  [],
  ['imp_1'],
  {},
  { $ne: null },
  { toString: () => 'imp_1' },
  () => 'imp_1',
  Symbol('imp_1'),
  10n,
  'imp_1?include_sandbox=true',
  '../users/getToken',
  '%2e%2e/banks',
  'imp_1\u0000',
  'imp_1\r\nX: y',
  'ORD\u200b1',
  'ｉｍｐ',
  'e\u0301',
  '\ud800',
  '\u2028',
  '주문 2',
  'constructor',
  '__proto__',
  'x'.repeat(64),
  'x'.repeat(65),
  '가'.repeat(40),
  '😀'.repeat(40),
  '😀'.repeat(41),
  'imp_1234567890',
  'Galaxia.Cvs.Confirm',
  'certification',
  'failed',
  'paid',
  '1004',
  '14.20',
]

const names = [
  'imp_uid',
  'merchant_uid',
  'success',
  'imp_success',
  'imp_status',
  'error_code',
  'error_coe',
  'error_msg',
  'status',
  'event',
  'amount',
  'pg_type',
  'kcp_action',
  'paid_amount',
  'currency',
  'imp_uid[]',
  'merchant_uid[0]',
  '__proto__',
  'constructor',
  'toString',
] as const

/** An object as a browser or an attacker may send it; now and then no object at all. */
export function makeFields(prng: Prng): unknown {
  if (prng.below(20) === 19) return pick(hostile, prng)
  const fields: Fields = prng.below(2) === 0 ? {} : Object.create({ imp_uid: 'imp_inherited' })
  if (prng.below(5) < 4) fields['merchant_uid'] = 'ORD-1'
  if (prng.below(5) < 4) fields['imp_uid'] = 'imp_1'
  for (let left = prng.below(4); left > 0; left--) {
    const name = pick(names, prng)
    // `__proto__` by assignment would change the input's prototype; on the wire it is a name like others.
    Object.defineProperty(fields, name, {
      value: pick(hostile, prng),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return fields
}

/** A form as text, with its fields and the number of its pairs. */
export function makeForm(prng: Prng): {
  readonly text: string
  readonly fields: Fields
  readonly pairs: number
} {
  const fields: Fields = Object.create(null)
  const count = prng.below(30) === 29 ? 254 + prng.below(6) : prng.below(7)
  const parts = Array.from({ length: count }, (_, at) => {
    const name = at < 2 ? (['merchant_uid', 'imp_uid'][at] ?? '') : pick(names, prng)
    const drawn = prng.below(3) === 2 ? pick(hostile, prng) : 'ORD-1'
    const value = typeof drawn === 'string' ? toWellFormed(drawn) : String(at)
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
    return `${encode(name, prng)}=${encode(value, prng)}`
  })
  const text = `${prng.below(2) === 1 ? '?' : ''}${parts.join('&')}`
  return { text, fields, pairs: Math.max(count, 1) }
}

/** A JSON text, and whether it is an object in which each name occurs once. */
export function makeJson(prng: Prng): { readonly text: string; readonly isSingle: boolean } {
  const keys = Array.from({ length: prng.below(6) }, () => pick(names, prng))
  const parts = keys.map((key) => `${quote(key, prng)}:${makeValue(prng, 3)}`)
  const space = pick(['', ' ', '\n', '\t'], prng)
  const whole = `${space}{${parts.join(`,${space}`)}}`
  const isSingle = new Set(keys).size === keys.length
  switch (prng.below(8)) {
    case 7:
      return { text: whole.slice(0, -1), isSingle: false }
    case 6:
      return { text: `[${whole}]`, isSingle: false }
    case 5:
      return { text: `${whole}}`, isSingle: false }
    default:
      return { text: whole, isSingle }
  }
}

/** Any JSON value, with nested names that must not count as names of the outer object. */
function makeValue(prng: Prng, depth: number): string {
  switch (prng.below(depth > 0 ? 7 : 4)) {
    case 1:
      return String(prng.below(1000))
    case 2:
      return 'null'
    case 3:
      return '"a\\"b,{\\\\"'
    case 4:
      return `[${makeValue(prng, depth - 1)},${makeValue(prng, depth - 1)}]`
    case 5:
      return `{"imp_uid":${makeValue(prng, depth - 1)},"imp_uid":1}`
    case 6:
      return '"imp_uid"'
    default:
      return '"imp_1"'
  }
}

/** A quoted name, one of its characters written as an escape: the name stays the same. */
function quote(name: string, prng: Prng): string {
  const at = prng.below(name.length * 3)
  const character = name.charAt(at)
  return `"${character === '' ? name : `${name.slice(0, at)}${toEscape(character)}${name.slice(at + 1)}`}"`
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function encode(text: string, prng: Prng): string {
  const encoded = encodeURIComponent(text)
  return prng.below(2) === 1 ? encoded.replaceAll('%20', '+') : encoded
}

/** Half a surrogate pair has no UTF-8. */
function toWellFormed(text: string): string {
  return text.isWellFormed() ? text : '�'
}
