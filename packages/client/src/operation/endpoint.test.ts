import { describe, expect, it } from 'vitest'
import * as client from '../index.ts'
import { buildRequest } from '../request/request.ts'
import type { AnyEndpoint } from './endpoint.ts'

const endpoints: readonly (readonly [string, AnyEndpoint])[] = Object.entries(client)
  .flatMap(([group, own]) =>
    typeof own === 'function' || 'toFinalFailure' in own
      ? []
      : Object.entries<AnyEndpoint>(own).map(
          ([name, endpoint]) => [`${group}.${name}`, endpoint] as const,
        ),
  )
  .toSorted(([a], [b]) => a.localeCompare(b))
const base = 'https://api.iamport.kr'

/** Fragments of known URL attacks, and ordinary characters. */
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

/** Random hostile ids, the same in each run (xorshift). */
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

describe('the endpoints', () => {
  it('T4: build no URL of another endpoint from a million hostile ids', () => {
    const id = hostileIds(20_260_101)
    const withIds = endpoints.filter(([, endpoint]) => endpoint.path.includes('{'))
    let misdirected = 0
    let built = 0
    for (let run = 0; run < 1_000_000; run += 1) {
      const [, endpoint] = withIds[run % withIds.length] ?? endpoints[0] ?? ['', null]
      if (endpoint === null) throw new Error('There are no endpoints')
      const names = [...endpoint.path.matchAll(/\{(\w+)/g)].map(([, name = '']) => name)
      const ids = Object.fromEntries(names.map((name) => [name, id()]))
      const given = Object.fromEntries((endpoint.required ?? []).map((name) => [name, 1]))
      const parts = buildRequest(endpoint, { ...given, ...ids }, base)
      if (!parts.ok) continue
      built += 1
      const path = endpoint.path.replaceAll(/\{(\w+)\??\}/g, (_, name) =>
        encodeURIComponent(ids[name] ?? ''),
      )
      if (new URL(parts.value.url).pathname !== path) misdirected += 1
    }
    expect(misdirected).toBe(0)
    expect(built).toBeGreaterThan(100_000)
  })

  it('repeat only reads, registrations and cancels with a checksum', () => {
    const repeated = endpoints.filter(
      ([, endpoint]) => endpoint.retry !== 'never' && endpoint.method !== 'GET',
    )
    expect(repeated.map(([call, { retry }]) => `${call} ${retry}`)).toEqual([
      'authenticate.getToken read',
      'benepia.point read',
      'payments.cancelAll cancel_with_checksum',
      'payments.cancelPart cancel_with_checksum',
      'prepare.post prepare',
      'prepare.put prepare',
    ])
  })

  it('have a lookup for every write whose outcome can be read', () => {
    const without = endpoints.filter(
      ([, endpoint]) => endpoint.retry !== 'read' && endpoint.lookup === undefined,
    )
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

  it('redact every card number, password and personal number', () => {
    const hidden =
      /card_number|expiry|birth|pwd|cvc|password|secret|otp$|identifier$|api_key|token$|verifier/
    const shown = endpoints.flatMap(([call, endpoint]) =>
      [...(endpoint.body ?? []), ...(endpoint.query ?? [])]
        .filter(
          (name) =>
            hidden.test(name) && endpoint.writeHandling && endpoint.secret?.includes(name) !== true,
        )
        .map((name) => `${call} ${name}`),
    )
    expect(shown).toEqual([])
  })

  it('refuse a missing parameter before a request is sent', () => {
    for (const [call, endpoint] of endpoints) {
      for (const missing of endpoint.required ?? []) {
        const given = [...(endpoint.required ?? []), ...namesInPath(endpoint)].filter(
          (name) => name !== missing,
        )
        const params = Object.fromEntries(given.map((name) => [name, 'a']))
        expect({ call, ...buildRequest(endpoint, params, base) }).toEqual({
          call,
          ok: false,
          failure: { reason: 'invalid_argument', parameter: missing, problem: 'missing' },
        })
      }
    }
  })
})

function namesInPath(endpoint: AnyEndpoint): readonly string[] {
  return [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}
