import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../values/result.ts'
import { parseBody, parseForm } from './body.ts'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const ids = { imp_uid: 'imp_1', merchant_uid: 'ORD-1' }
const idsAsJson = '{"imp_uid":"imp_1","merchant_uid":"ORD-1"}'
const idsAsForm = 'imp_uid=imp_1&merchant_uid=ORD-1'
const malformed = fail({ reason: 'body_malformed' })
const duplicated = (field: string) => fail({ reason: 'field_duplicated', field })

describe('parseBody()', () => {
  it.each([
    json,
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json; charset="utf-8"',
    'Application/JSON ; x=y',
  ])('reads JSON labelled %s', (contentType) => {
    expect(parseBody(contentType, idsAsJson)).toEqual(ok(ids))
  })

  it.each([form, 'application/x-www-form-urlencoded; charset=UTF-8'])(
    'reads a form labelled %s',
    (contentType) => {
      expect(parseBody(contentType, idsAsForm)).toEqual(ok(ids))
    },
  )

  it.each([
    null,
    '',
    'text/plain',
    'text/html',
    'multipart/form-data; boundary=x',
    'application/json;charset=utf-16',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json; charset=utf-80',
    'application/json; charset=x-charset=utf-8',
    'application/x-www-form-urlencoded; charset=euc-kr',
    'application/jsonp',
    'application/problem+json',
    'application/json, text/plain',
  ])('T29: refuses a body labelled %s, independent of its content', (contentType) => {
    const refused = fail({ reason: 'media_type_unsupported', mediaType: contentType ?? '' })
    expect([idsAsJson, idsAsForm].map((text) => parseBody(contentType, text))).toEqual([
      refused,
      refused,
    ])
  })

  it('T29: reads no ids from JSON that is labelled a form', () => {
    expect(parseBody(form, idsAsJson)).toEqual(ok({ [idsAsJson]: '' }))
  })

  it('T29: refuses a form that is labelled JSON, unless the caller allows it', () => {
    expect([
      parseBody(json, idsAsForm),
      parseBody(json, idsAsForm, { mislabelledForm: false }),
      parseBody(json, idsAsForm, { mislabelledForm: true }),
      parseBody(json, idsAsJson, { mislabelledForm: true }),
    ]).toEqual([malformed, malformed, ok(ids), ok(ids)])
  })

  it('reads JSON that contains an equals sign as JSON with every option', () => {
    const text = '{"error_msg":"a=b","imp_uid":"imp_1"}'
    const read = ok({ error_msg: 'a=b', imp_uid: 'imp_1' })
    expect(parseBody(json, text)).toEqual(read)
    expect(parseBody(json, text, { mislabelledForm: true })).toEqual(read)
  })

  it.each([
    '',
    ' ',
    'null',
    'true',
    '1',
    '"imp_1"',
    '[]',
    '[{"imp_uid":"imp_1"}]',
    '{',
    '{"a":1}x',
  ])('refuses the JSON text %j, which is not an object', (text) => {
    expect(parseBody(json, text)).toEqual(malformed)
    expect(parseBody(json, text, { mislabelledForm: true })).toEqual(malformed)
  })

  it.each([
    ['{"imp_uid":"a","imp_uid":"b"}', 'imp_uid'],
    ['{"imp_uid":"a","imp_uid":"a"}', 'imp_uid'],
    ['{"imp_uid":"a","\\u0069mp_uid":"b"}', 'imp_uid'],
    ['{"x":{"y":[1,{"z":2}]},"imp_uid":"a" , "imp_uid" :"b"}', 'imp_uid'],
    ['{"a\\"b":1,"a\\"b":2}', 'a"b'],
    ['{"a":"{\\"a\\":1,","b":[],"b":1}', 'b'],
    ['{"":1,"":2}', ''],
  ])('T30: refuses %s, whose key occurs twice', (text, field) => {
    expect(parseBody(json, text)).toEqual(duplicated(field))
  })

  it.each([
    ['{"imp_uid":"a","imp_uid":"b"}', { imp_uid: ['a', 'b'] }],
    [
      '{"x":"1","imp_uid":"a","imp_uid":"a","\\u0069mp_uid":"c"}',
      { x: '1', imp_uid: ['a', 'a', 'c'] },
    ],
    ['{"a":[1,{"a":2}] , "a" : {"b":"},"} }', { a: [[1, { a: 2 }], { b: '},' }] }],
    ['{"a":1,"a":null,"a":true,"b":[]}', { a: [1, null, true], b: [] }],
    ['{"a\\"b":1,"a\\"b":2}', { 'a"b': [1, 2] }],
    ['{"__proto__":1,"__proto__":2,"b":3}', JSON.parse('{"__proto__":[1,2],"b":3}')],
    [idsAsJson, ids],
  ])(
    'T30: reads %s like a form whose field is repeated, if the caller allows it',
    (text, fields) => {
      expect(parseBody(json, text, { repeatedKeys: true })).toEqual(ok(fields))
    },
  )

  it.each([
    '{"a":{"x":1},"b":{"x":2}}',
    '{"a":{"x":1,"x":2}}',
    '{"a":"b","b":"a"}',
    '{"a":"a","b":"a"}',
    '{"a":["a","a",{"a":1}]}',
    '{"a\\\\":1,"a":2}',
    '{}',
  ])('reads %s, whose top keys are all different', (text) => {
    expect(parseBody(json, text)).toEqual(ok(JSON.parse(text)))
  })

  it('T30: accepts an object exactly when each of its top keys occurs once', () => {
    const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'a"', '\\', '{', ','), fc.string())
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.json({ maxDepth: 2 })), { maxLength: 6 }), (pairs) => {
        const text = `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`
        const names = pairs.map(([name]) => name)
        const again = names.find((name, at) => names.indexOf(name) < at)
        const read = parseBody(json, text)
        // Not of the whole text: a runtime may misread its keys.
        const fields = Object.fromEntries(
          pairs.map(([name, value]): [string, unknown] => [name, JSON.parse(value)]),
        )
        expect(read).toEqual(again === undefined ? ok(fields) : duplicated(again))
      }),
      { numRuns: 2_000 },
    )
  })

  it('T30: reads each key as it is written, whatever keys were read before', () => {
    for (let times = 0; times < 3; times++) parseBody(json, String.raw`{"c":1,"\\":2}`)
    for (const [written, key] of [
      [String.raw`\"`, '"'],
      [String.raw`\n`, '\n'],
      [String.raw`\u0041`, 'A'],
      [String.raw`\\`, '\\'],
    ] as const) {
      expect(parseBody(json, `{"c":1,"${written}":2}`)).toEqual(ok({ c: 1, [key]: 2 }))
    }
  })

  it('T30: keeps every value of a repeated key, if the caller allows it', () => {
    const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'a"', '\\', '{', ','), fc.string())
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.json({ maxDepth: 2 })), { maxLength: 6 }), (pairs) => {
        const text = `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`
        const values = Map.groupBy(pairs, ([name]) => name)
        const fields = [...values].map(([name, all]) => {
          const parsed = all.map(([, value]): unknown => JSON.parse(value))
          return [name, parsed.length === 1 ? parsed[0] : parsed]
        })
        const read = parseBody(json, text, { repeatedKeys: true })
        expect(read).toEqual(ok(Object.fromEntries(fields)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('T31: does not change Object.prototype and keeps a hostile key as plain data', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const read = [
      parseBody(json, '{"__proto__":{"imp_uid":"imp_1"},"constructor":{"prototype":{"x":1}}}'),
      parseBody(form, '__proto__=x&__proto__[imp_uid]=imp_1&constructor[prototype][x]=1'),
    ]
    expect(read.map((each) => each.ok && Object.keys(each.value))).toEqual([
      ['__proto__', 'constructor'],
      ['__proto__', '__proto__[imp_uid]', 'constructor[prototype][x]'],
    ])
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(Object.hasOwn({}, 'imp_uid')).toBe(false)
  })

  it('never throws for any text', () => {
    const contentType = fc.constantFrom(null, json, form, `${json};charset=utf-16`)
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.webQueryParameters())
    fc.assert(
      fc.property(contentType, text, fc.boolean(), (type, body, mislabelledForm) => {
        expect(typeof parseBody(type, body, { mislabelledForm }).ok).toBe('boolean')
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('parseForm()', () => {
  it('decodes names and values, plus signs as spaces, with or without a question mark', () => {
    const read = ok({ imp_uid: 'imp_1', merchant_uid: 'ORD/2024 1', a: '', b: '' })
    const text = 'imp_uid=imp_1&merchant_uid=ORD%2F2024+1&a=&&b'
    expect([parseForm(text), parseForm(`?${text}`)]).toEqual([read, read])
  })

  it('removes one question mark at the beginning and keeps every other', () => {
    expect(parseForm('error_msg=why?&url=https://a/?b')).toEqual(
      ok({ error_msg: 'why?', url: 'https://a/?b' }),
    )
    expect(parseForm('??a=1')).toEqual(ok({ '?a': '1' }))
  })

  it('reads a pair without a name as a field without a name', () => {
    expect(parseForm('=x&imp_uid=imp_1')).toEqual(ok({ '': 'x', imp_uid: 'imp_1' }))
  })

  it('T30: keeps every occurrence of a repeated field, so that a parser can refuse it', () => {
    expect(parseForm('imp_uid=a&imp_uid=b&imp_uid=&imp%5Fuid=c')).toEqual(
      ok({ imp_uid: ['a', 'b', '', 'c'] }),
    )
  })

  it('keeps an invalid percent sign unchanged', () => {
    expect(parseForm('error_msg=100%&b=%E0%A4%A&c=%ff')).toEqual(
      ok({ error_msg: '100%', b: '%E0%A4%A', c: '%ff' }),
    )
  })

  it('T28: refuses more than 256 fields, far above what a shop adds to its own address', () => {
    const pairs = (count: number) => Array.from({ length: count }, (_, i) => `f${i}=1`).join('&')
    const refused = fail({ reason: 'too_many_fields', limit: 256 })
    const read = parseForm(pairs(256))
    expect(read.ok && Object.keys(read.value).length).toBe(256)
    expect(parseForm(pairs(257))).toEqual(refused)
    expect(parseForm('&'.repeat(16_384))).toEqual(refused)
  })

  it('T30: reads the same as a browser, where every name occurs once', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string(), { maxKeys: 30 }), (fields) => {
        const { '': _, ...named } = fields
        const text = Object.entries(named)
          .map((pair) => pair.map((part) => encodeURIComponent(part)).join('='))
          .join('&')
        expect(parseForm(text)).toEqual(ok(named))
      }),
    )
  })
})
