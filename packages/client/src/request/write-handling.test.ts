import { describe, expect, it } from 'vitest'
import { createScriptedClient, json } from '../../test/scripted-client.ts'
import * as codes from '../endpoints/codes.ts'
import * as customers from '../endpoints/customers.ts'
import * as payments from '../endpoints/payments.ts'
import type { Endpoint, WriteEndpoint } from '../operation/endpoint.ts'
import type { ClientFailure } from '../values/failure.ts'
import { buildRequest } from './request.ts'
import { writeHandling } from './write-handling.ts'

const base = 'https://api.iamport.kr'
const archive: WriteEndpoint = {
  method: 'POST',
  path: '/archive/{box}',
  retry: 'never',
  query: ['page', 'tags', 'only'],
  body: ['imp_uid', 'my_imp_uid', 'imp_uids', 'notes', 'card_number', 'pwd_2digit'],
  asText: ['my_imp_uid'],
  secret: ['card_number', 'pwd_2digit', 'page'],
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}
const box = 'a'
const refused = (parameter: string, problem: string) => ({
  ok: false,
  failure: { reason: 'invalid_argument', parameter, problem },
})

describe('a request of a write endpoint', () => {
  it('has each value in its place, and the texts to redact, the longest first', () => {
    const params = {
      box: 'a b',
      page: 2,
      tags: ['x', '&'],
      only: { paid: true, failed: undefined },
      imp_uid: 'imp_1',
      my_imp_uid: { deep: 1 },
      card_number: '1234-5678',
      pwd_2digit: '--',
    }
    expect(buildRequest(archive, params, base)).toEqual({
      ok: true,
      value: {
        method: 'POST',
        url: `${base}/archive/a%20b?page=2&tags[]=x&tags[]=%26&only[paid]=true`,
        body: '{"imp_uid":"imp_1","my_imp_uid":"{\\"deep\\":1}","card_number":"1234-5678","pwd_2digit":"--"}',
        secrets: ['1234-5678', '1234 5678', '12345678', '--', '2'],
      },
    })
  })

  it.each([
    [8, true],
    [9, false],
  ])('accepts %d nested objects: %o', (inside, isSent) => {
    let notes: unknown = 1
    for (let made = 0; made <= inside; made++) notes = { notes }
    const built = buildRequest(archive, { box, notes }, base)
    expect(built.ok || built).toEqual(isSent || refused('notes', 'malformed'))
  })

  it('accepts no NaN and no undefined in a list, whatever stands beside it', () => {
    for (const notes of [{ good: 1, bad: Number.NaN }, [{ good: 1 }, null], [1, undefined]]) {
      expect(buildRequest(archive, { box, notes }, base)).toEqual(refused('notes', 'malformed'))
    }
  })

  it('T8: accepts an object or a list for no id, but for similar names', () => {
    const object = { a: 1 }
    expect(buildRequest(archive, { box, imp_uid: object }, base)).toEqual(
      refused('imp_uid', 'malformed'),
    )
    const alike = buildRequest(archive, { box, my_imp_uid: object, imp_uids: object }, base)
    expect(alike).toMatchObject({
      ok: true,
      value: { body: '{"my_imp_uid":"{\\"a\\":1}","imp_uids":{"a":1}}' },
    })
  })

  it('counts only the ids of a call', () => {
    const endpoint: WriteEndpoint = { ...archive, maxListed: 2, oneOf: ['tags'] }
    const two = { box, page: 1, imp_uid: 'imp_1', tags: ['a', 'b'] }
    expect(buildRequest(endpoint, two, base).ok).toBe(true)
    expect(buildRequest(endpoint, { ...two, tags: ['a', 'b', 'c'] }, base)).toEqual(
      refused('tags', 'too_many'),
    )
  })
})

describe('a request of any endpoint', () => {
  it.each(['x'.repeat(41), '\u200bORD-1', 'ORD-1\u200b'])(
    'T4: contains no merchant_uid outside its grammar: %j',
    (merchant_uid) => {
      for (const endpoint of [payments.find, payments.several]) {
        expect(buildRequest(endpoint, { merchant_uid }, base)).toEqual(
          refused('merchant_uid', 'malformed'),
        )
      }
    },
  )

  it.each(['\u0000x', 'x\u0000', 'x\u2028', '.', '..', 1, true])(
    'T4: contains no segment %j',
    (customer_uid) => {
      expect(buildRequest(customers.get, { customer_uid }, base)).toEqual(
        refused('customer_uid', 'malformed'),
      )
    },
  )

  it.each(['.x', '..x', 'x.', '...'])(
    'contains the segment %j, which is not a dot segment',
    (uid) => {
      expect(buildRequest(customers.get, { customer_uid: uid }, base)).toMatchObject({
        ok: true,
        value: { url: `${base}/subscribe/customers/${uid}` },
      })
    },
  )

  it('T4: is not built where a URL parser reads another URL than was given', () => {
    for (const odd of ['https://api.iamport.kr:443', 'https://API.iamport.kr', `${base}/a/..`]) {
      expect(buildRequest(codes.banks, {}, odd)).toEqual(refused('path', 'malformed'))
    }
  })
})

describe('the outcome of a write', () => {
  const params = { box, imp_uid: ['imp_1', 'imp_2'] }
  const last: ClientFailure = { reason: 'timeout', timeoutMs: 1 }
  const refusal = { httpStatus: 400, code: 1, message: 'no' }
  const unreadable = { httpStatus: 200, excerpt: '<' }
  const cause = { name: 'TypeError', message: 'fetch failed', code: null, cause: null }
  const doubtful = {
    reason: 'outcome_unknown',
    lookup: { call: 'payments.get', params: { imp_uid: 'imp_1' } },
    cause: last,
  }
  const failures: readonly (readonly [ClientFailure, boolean])[] = [
    [{ reason: 'invalid_argument', parameter: 'a', problem: 'missing' }, false],
    [{ reason: 'unauthorized', ...refusal }, false],
    [{ reason: 'not_found', ...refusal }, false],
    [{ reason: 'refused', ...refusal }, false],
    [{ reason: 'rate_limited', ...refusal, retryAfterMs: null }, false],
    [{ reason: 'server_error', ...refusal, retryAfterMs: null, excerpt: null }, true],
    [{ reason: 'unexpected_status', ...unreadable }, true],
    [{ reason: 'malformed_response', ...unreadable, problem: 'not_json' }, true],
    [{ reason: 'timeout', timeoutMs: 1 }, true],
    [{ reason: 'aborted', cause }, true],
    [{ reason: 'unreachable', cause }, true],
    [{ reason: 'outcome_unknown', lookup: null, cause: last }, true],
  ]
  it.each(failures)('is unknown after %o: %o', (failure, isUnknown) => {
    expect(writeHandling.toFinalFailure(archive, params, last, [failure])).toEqual(
      isUnknown ? doubtful : last,
    )
    expect(
      writeHandling.toFinalFailure({ ...archive, retry: 'read' }, params, last, [failure]),
    ).toBe(last)
  })

  it('has no lookup without an id', () => {
    expect(writeHandling.toFinalFailure(archive, { box }, last, [last])).toEqual({
      ...doubtful,
      lookup: null,
    })
  })
})

describe('the error of the PG', () => {
  const keep: Endpoint<{ readonly card_number: string }, unknown> = {
    method: 'POST',
    path: '/keep',
    retry: 'never',
    body: ['card_number'],
    secret: ['card_number'],
    writeHandling,
  }

  it('is part of the refusal, without the end of the card that it repeats', async () => {
    const { client, clock } = createScriptedClient([
      json({ code: -1, message: '유효기간 2812, 12/28, 202812, 2028-12', response: null }),
    ])
    const result = await clock.until(client.call(keep, { card_number: '2028-12' }))
    const message = '유효기간 [redacted], [redacted], [redacted], [redacted]'
    expect(result).toMatchObject({ failure: { reason: 'refused', message } })
  })

  it('is part of the refusal, without the card number that it repeats', async () => {
    const error = { code: 'K1', message: 'no 1234-5678, 12345678 and 1234 5678' }
    const { client, clock } = createScriptedClient([
      json({ code: -1, message: 'no', response: null, error }),
    ])
    const result = await clock.until(client.call(keep, { card_number: '1234-5678' }))
    expect(result).toEqual({
      ok: false,
      failure: expect.objectContaining({
        reason: 'refused',
        pgError: '{"code":"K1","message":"no [redacted], [redacted] and [redacted]"}',
      }),
    })
  })

  it('is absent where the PG sent none', async () => {
    const { client, clock } = createScriptedClient([
      json({ code: -1, message: 'no', response: null }),
    ])
    const result = await clock.until(client.call(keep, { card_number: '1' }))
    expect(result.ok ? null : Object.keys(result.failure)).not.toContain('pgError')
  })
})
