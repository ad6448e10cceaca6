import { describe, expect, it } from 'vitest'
import type { EndpointRow } from './endpoint.ts'
import * as client from './index.ts'
import { buildRequest } from './request.ts'

const rows: readonly (readonly [string, EndpointRow])[] = Object.entries(client)
  .flatMap(([group, own]) =>
    typeof own === 'function' || 'judge' in own
      ? []
      : Object.entries<EndpointRow>(own).map(([name, row]) => [`${group}.${name}`, row] as const),
  )
  .toSorted(([a], [b]) => a.localeCompare(b))
const base = 'https://api.iamport.kr'

/** Pieces of what has ever led a URL astray, and letters in between. */
const pieces = [
  '.',
  '..',
  '/',
  '\\',
  '%2e',
  '%2F',
  '%',
  '?',
  '#',
  ';',
  ':',
  '@',
  '//',
  ' ',
  '\t',
  '\n',
  '\r',
  '\0',
  '\u2028',
  '\u202e',
  '\ud800',
  '가',
  '😀',
  'users',
  'getToken',
  'imp_1',
  'a',
  '0',
  '-',
  '',
]

/** Hostile ids by chance, the same with each run (xorshift). */
function hostileIds(seed: number): () => string {
  let state = seed
  const next = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  return () => Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join('')
}

describe('the rows', () => {
  it('T4: make of a million hostile ids no URL that names another endpoint', {
    timeout: 60_000,
  }, () => {
    const id = hostileIds(20_260_101)
    const withIds = rows.filter(([, row]) => row.path.includes('{'))
    let astray = 0
    let built = 0
    for (let run = 0; run < 1_000_000; run += 1) {
      const [, row] = withIds[run % withIds.length] ?? rows[0] ?? ['', null]
      if (row === null) throw new Error('There are no rows')
      const names = [...row.path.matchAll(/\{(\w+)/g)].map(([, name = '']) => name)
      const ids = Object.fromEntries(names.map((name) => [name, id()]))
      const given = Object.fromEntries((row.required ?? []).map((name) => [name, 1]))
      const parts = buildRequest(row, { ...given, ...ids }, base)
      if (!parts.ok) continue
      built += 1
      const path = row.path.replaceAll(/\{(\w+)\??\}/g, (_, name) =>
        encodeURIComponent(ids[name] ?? ''),
      )
      if (new URL(parts.value.url).pathname !== path) astray += 1
    }
    expect(astray).toBe(0)
    expect(built).toBeGreaterThan(100_000)
  })

  it('repeat nothing but reads, registrations and cancels with a checksum', () => {
    const repeated = rows.filter(([, row]) => row.retry !== 'never' && row.method !== 'GET')
    expect(repeated.map(([call, { retry }]) => `${call} ${retry}`)).toEqual([
      'authenticate.getToken read',
      'benepia.point read',
      'payments.cancelAll cancel_with_checksum',
      'payments.cancelPart cancel_with_checksum',
      'prepare.post prepare',
      'prepare.put prepare',
    ])
  })

  it('name a lookup for every write but those that nobody can ask about', () => {
    const without = rows.filter(([, row]) => row.retry !== 'read' && row.lookup === undefined)
    expect(without.map(([call]) => call)).toEqual([
      'certifications.requestOtp',
      'kcpquick.postPrepare',
      'kcpquick.putPrepare',
      'kcpquick.releaseFido',
      'kcpquick.removeAutopay',
      'kcpquick.removeMember',
      'links.disable',
      'links.post',
      'partners.receipts',
      'payco.status',
      'paymentwall.delivery',
    ])
  })

  it('hide every card number, password and personal number they take', () => {
    const hidden =
      /card_number|expiry|birth|pwd|cvc|password|secret|otp$|identifier$|api_key|token$|verifier/
    const shown = rows.flatMap(([call, row]) =>
      [...(row.body ?? []), ...(row.query ?? [])]
        .filter((name) => hidden.test(name) && row.care && row.secret?.includes(name) !== true)
        .map((name) => `${call} ${name}`),
    )
    expect(shown).toEqual([])
  })

  it('refuse a missing parameter before anything is sent', () => {
    for (const [call, row] of rows) {
      for (const missing of row.required ?? []) {
        const given = [...(row.required ?? []), ...namesInPath(row)].filter(
          (name) => name !== missing,
        )
        const params = Object.fromEntries(given.map((name) => [name, 'a']))
        expect({ call, ...buildRequest(row, params, base) }).toEqual({
          call,
          ok: false,
          failure: { reason: 'invalid_argument', parameter: missing, problem: 'missing' },
        })
      }
    }
  })
})

function namesInPath(row: EndpointRow): readonly string[] {
  return [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
