import { describe, expect, it } from 'vitest'
import { createLog, createRedactingLog, describeCause } from './log.ts'

const at = '2026-11-22T03:00:00.000Z'

function write(fields: Parameters<ReturnType<typeof createLog>>[1]): string[] {
  const lines: string[] = []
  createLog(
    (line) => lines.push(line),
    () => new Date(at),
  )('synced', fields)
  return lines
}

describe('createLog()', () => {
  it('writes an event as one line of JSON', () => {
    expect(write({ merchantUid: 'ORD-1', tries: 2, isNew: true, impUid: null })).toEqual([
      `{"at":"${at}","event":"synced","merchantUid":"ORD-1","tries":2,"isNew":true,"impUid":null}`,
    ])
  })

  for (const character of [
    '\n',
    '\r',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u009b',
    '\u2028',
    '\u2029',
    '\u202e',
    '\ufeff',
  ]) {
    const name = character.charCodeAt(0).toString(16).padStart(4, '0')
    it(`T48: U+${name} in a text starts no second line and hides nothing`, () => {
      const [line = '', ...more] = write({ detail: `a${character}{"event":"forged"}` })
      expect(more).toEqual([])
      expect(line).toMatch(/^[\x20-\x7e]+$/)
      expect(JSON.parse(line)).toEqual({
        at,
        event: 'synced',
        detail: `a${character}{"event":"forged"}`,
      })
    })
  }

  it('T48: cuts a text that would flood the log', () => {
    expect(JSON.parse(write({ detail: 'x'.repeat(100_000) })[0] ?? '')).toEqual({
      at,
      event: 'synced',
      detail: 'x'.repeat(300),
    })
  })
})

describe('describeCause()', () => {
  it('names an error and the causes behind it', () => {
    const cause = Object.assign(new Error('fetch failed'), { code: 'ECONNRESET' })
    const lost = new TypeError('no response', { cause })
    expect(describeCause({ reason: 'unreachable', cause: lost })).toBe(
      'unreachable < TypeError: no response < Error: fetch failed (ECONNRESET)',
    )
  })

  it('says once what an error and its cause both say', () => {
    const cause = new Error('no such table: orders')
    const outer = new Error('D1_ERROR: no such table: orders', { cause: cause.message })
    expect(describeCause(outer)).toBe('Error: D1_ERROR: no such table: orders')
  })

  it('ends with a cause that is its own cause', () => {
    const first: { reason: string; cause?: unknown } = { reason: 'first' }
    first.cause = first
    expect(describeCause(first)).toBe('first')
  })

  for (const nothing of [null, undefined, 7, {}, '', { cause: null }]) {
    it(`is unknown for ${JSON.stringify(nothing)}`, () => {
      expect(describeCause(nothing)).toBe('unknown')
    })
  }

  for (const [what, text, expected] of [
    ['a bearer token', 'sent Authorization: Bearer abc.def-1', 'sent Authorization: … …'],
    ['a bearer token alone', 'sent Bearer abc.def-1, refused', 'sent Bearer …, refused'],
    [
      'a key in JSON',
      '{"imp_key":"1234","imp_secret":"s3cret"}',
      '{"imp_key":"…","imp_secret":"…"}',
    ],
    ['a token in a query', 'GET /x?access_token=abc&y=1', 'GET /x?access_token=…&y=1'],
    ['an event secret', 'bad whsec_dGhlIHNlY3JldA==', 'bad whsec_…'],
    ['a card number', 'card 4111 1111-1111 1111 declined', 'card … declined'],
    ['a REST API key', 'key 1234567890123456', 'key …'],
    ['a long code', `code ${'a1'.repeat(20)}`, 'code …'],
    ['an address', 'mail to buyer@shop.example', 'mail to …'],
    ['a phone number', 'call 010-1234-5678', 'call …'],
    ['a phone number with spaces', 'call 010 1234 5678', 'call …'],
    ['a phone number with its country', 'call +82-10-1234-5678', 'call …'],
    ['a setting', 'MERCHANT_API_KEY=abc is short', 'MERCHANT_API_KEY=… is short'],
    ['a key in JSON within JSON', '{\\"imp_secret\\":\\"abc\\"}', '{\\"imp_secret\\":\\"…\\"}'],
    [
      'the account and the name of a buyer',
      '{"refund_account":"110-123-456789","refund_holder":"홍 길동"}',
      '{"refund_account":"…","refund_holder":"…"}',
    ],
  ] as const) {
    it(`T76: replaces ${what}`, () => {
      expect(describeCause(new Error(text))).toBe(`Error: ${expected}`)
    })
  }

  it('T76: keeps what explains a failure', () => {
    for (const text of [
      'D1_ERROR: CHECK constraint failed: amount > 0: SQLITE_CONSTRAINT',
      'UNIQUE constraint failed: orders.imp_uid',
      'imp_448280090638 of ORD-20261122-0001 at 2026-11-22T03:00:00.000Z',
      'timeout after 4000 ms',
    ]) {
      expect(describeCause(text)).toBe(text)
    }
  })

  it('T48: cuts a text that would flood the log', () => {
    expect(describeCause('x y '.repeat(10_000))).toBe(`${'x y '.repeat(74)}x …`)
    expect(describeCause('x'.repeat(10_000_000))).toBe('…')
  })

  it('T76: cuts no secret in two, which would not be recognized as one', () => {
    const secret = 'shop.merchant.key.which.is.long'
    const lines: string[] = []
    const log = createRedactingLog(
      createLog(
        (line) => lines.push(line),
        () => new Date(0),
      ),
      [secret],
    )
    for (const length of [260, 280, 290]) {
      log('failed', { cause: describeCause(`${'a '.repeat(length / 2)}${secret} and more`) })
    }
    expect(lines.join('\n')).not.toContain('shop.merchant')
  })
})

describe('createRedactingLog()', () => {
  const collect = (secrets: readonly string[]) => {
    const seen: unknown[] = []
    const log = createRedactingLog((event, fields) => seen.push([event, fields]), secrets)
    return { log, seen }
  }

  it('T76: replaces each secret in each text, and passes on everything else', () => {
    const { log, seen } = collect(['s3cret', '', 'other'])
    log('failed', { a: 'GET /?key=s3cret&s3cret', b: 'other', count: 3, none: null, is: true })
    log('done', { job: 'sweep' })
    expect(seen).toEqual([
      [
        'failed',
        { a: 'GET /?key=[redacted]&[redacted]', b: '[redacted]', count: 3, none: null, is: true },
      ],
      ['done', { job: 'sweep' }],
    ])
  })

  it('T76: leaves no rest of a secret that begins with another one', () => {
    const { log, seen } = collect(['merchant-key', 'merchant-key-2026-new'])
    log('failed', { cause: 'sent merchant-key-2026-new' })
    expect(seen).toEqual([['failed', { cause: 'sent [redacted]' }]])
  })
})
