import { ok } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import {
  connectionReset,
  createScriptedClient,
  envelope,
  grant,
  json,
  noResponse,
  paid,
  type ScriptedResponse,
  text,
} from '../../test/scripted-client.ts'
import { payments } from '../index.ts'
import type { ClientFailure } from '../values/failure.ts'

const htmlPage = `<html><body>${'점검 중 '.repeat(100)}</body></html>`
const notFound = { code: 1, message: '존재하지 않는 결제정보입니다.', response: null }

async function lookUp(...responses: readonly ScriptedResponse[]) {
  const scripted = createScriptedClient(responses)
  const result = await scripted.clock.until(
    scripted.client.call(payments.get, { imp_uid: paid.imp_uid }),
  )
  return { result, attempts: scripted.calls().length, pending: scripted.clock.pending() }
}

function failed(failure: ClientFailure, attempts: number) {
  return { result: { ok: false, failure }, attempts, pending: 0 }
}

describe('a faulty response of the provider', () => {
  it('returns the payment when the first attempt fails and the second succeeds', async () => {
    for (const fault of [
      connectionReset,
      noResponse,
      text(htmlPage, 500),
      json(notFound, 503),
      text('{"code":0,'),
    ]) {
      expect(await lookUp(fault, envelope(paid))).toEqual({
        result: { ...ok(paid), partial: false },
        attempts: 2,
        pending: 0,
      })
    }
  })

  it('T12: reports a 500 with an HTML page as server_error and keeps its beginning', async () => {
    expect(await lookUp(text(htmlPage, 500))).toEqual(
      failed(
        {
          reason: 'server_error',
          httpStatus: 500,
          code: null,
          message: null,
          retryAfterMs: null,
          excerpt: htmlPage.slice(0, 200),
        },
        2,
      ),
    )
  })

  it('reports a 503 with an envelope as server_error with the code and message of the provider', async () => {
    expect(await lookUp(json({ code: -1, message: '잠시 후 다시', response: null }, 503))).toEqual(
      failed(
        {
          reason: 'server_error',
          httpStatus: 503,
          code: -1,
          message: '잠시 후 다시',
          retryAfterMs: null,
          excerpt: null,
        },
        2,
      ),
    )
  })

  it('reports a 429 as rate_limited, with the time of Retry-After', async () => {
    const tooMany = json({ code: -1, message: 'slow down', response: null }, 429, {
      'retry-after': '2',
    })
    expect(await lookUp(tooMany)).toEqual(
      failed(
        {
          reason: 'rate_limited',
          httpStatus: 429,
          code: -1,
          message: 'slow down',
          retryAfterMs: 2000,
        },
        2,
      ),
    )
  })

  it('reports a 404 with an envelope as not_found after one request', async () => {
    expect(await lookUp(json(notFound, 404))).toEqual(
      failed(
        { reason: 'not_found', httpStatus: 404, code: 1, message: '존재하지 않는 결제정보입니다.' },
        1,
      ),
    )
  })

  it('T12: does not report the 404 page of a proxy as not_found', async () => {
    expect(await lookUp(text('<h1>404</h1>', 404))).toEqual(
      failed({ reason: 'unexpected_status', httpStatus: 404, excerpt: '<h1>404</h1>' }, 1),
    )
  })

  it('T12: reports HTTP 200 with a code other than 0 as refused', async () => {
    expect(
      await lookUp(json({ code: 1, message: '이미 전액취소된 주문입니다.', response: null })),
    ).toEqual(
      failed(
        { reason: 'refused', httpStatus: 200, code: 1, message: '이미 전액취소된 주문입니다.' },
        1,
      ),
    )
  })

  it('reports a 400 with an envelope as refused, with its status', async () => {
    expect(await lookUp(json({ code: 1, message: '지원되지 않는 상태값입니다.' }, 400))).toEqual(
      failed(
        { reason: 'refused', httpStatus: 400, code: 1, message: '지원되지 않는 상태값입니다.' },
        1,
      ),
    )
  })

  const malformed: readonly (readonly [string, ScriptedResponse, ClientFailure])[] = [
    ['a null response', envelope(null), unreadable('response_missing', null)],
    ['an HTML page', text('<html></html>'), unreadable('not_json', '<html></html>')],
    ['nothing', text(''), unreadable('not_json', null)],
    [
      'truncated JSON, without an excerpt',
      text('{"code":0,"response":{"buyer_addr":"서울'),
      unreadable('not_json', null),
    ],
    ['JSON without an envelope', json([1]), unreadable('not_an_envelope', null)],
    ['a code as text', json({ code: '0', response: paid }), unreadable('not_an_envelope', null)],
    [
      'a body above one mebibyte',
      text(`<${'x'.repeat(1024 * 1024)}`),
      unreadable('too_large', `<${'x'.repeat(199)}`),
    ],
    ['another charset', eucKr, unreadable('not_utf8', '<p>\uFFFD\uFFFD\uFFFD\uFFFD</p>')],
    ['another payment', envelope({ ...paid, imp_uid: 'imp_1' }), unreadable('other_id', null)],
    ['a list instead of one payment', envelope([paid]), unreadable('other_id', null)],
  ]

  it.each(malformed)(
    'T12: reports HTTP 200 with %s as malformed_response',
    async (_, response, failure) => {
      const isTooLarge = failure.reason === 'malformed_response' && failure.problem === 'too_large'
      const attempts = isTooLarge ? 1 : 2
      expect(await lookUp(response)).toEqual(failed(failure, attempts))
    },
  )

  it('T50: does not follow a redirect', async () => {
    const redirect: ScriptedResponse = () => Response.redirect('http://evil.example/payments', 302)
    expect(await lookUp(redirect)).toEqual(
      failed({ reason: 'unexpected_status', httpStatus: 302, excerpt: null }, 1),
    )
  })

  it('T36: times out without a response, after two attempts of four seconds', async () => {
    expect(await lookUp(noResponse)).toEqual(failed({ reason: 'timeout', timeoutMs: 4000 }, 2))
  })

  it('T36: times out on a body that never ends', async () => {
    const stalled: ScriptedResponse = () =>
      new Response(
        new ReadableStream({
          start: (stream) => stream.enqueue(new TextEncoder().encode('{"code":0,')),
        }),
      )
    expect(await lookUp(stalled)).toEqual(failed({ reason: 'timeout', timeoutMs: 4000 }, 2))
  })

  it('T36: never takes longer than nine seconds, whichever step is slow', async () => {
    const { client, clock } = createScriptedClient([noResponse], {}, (clock) => [
      text('', 500),
      async (request) => {
        await clock.sleep(3900, new AbortController().signal)
        return grant(clock)(request)
      },
    ])
    const startedAtMs = clock.now()
    await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(clock.now() - startedAtMs).toBeLessThanOrEqual(9000)
  })

  it('keeps the system error code of a reset connection', async () => {
    expect(await lookUp(connectionReset)).toEqual(
      failed(
        {
          reason: 'unreachable',
          cause: {
            name: 'TypeError',
            message: 'fetch failed',
            code: null,
            cause: { name: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET', cause: null },
          },
        },
        2,
      ),
    )
  })
})

function unreadable(
  problem: Extract<ClientFailure, { reason: 'malformed_response' }>['problem'],
  excerpt: string | null,
): ClientFailure {
  return { reason: 'malformed_response', httpStatus: 200, problem, excerpt }
}

/** `<p>결제</p>` in EUC-KR. */
function eucKr(): Response {
  const bytes = [...new TextEncoder().encode('<p>'), 0xb0, 0xe1, 0xc1, 0xa6, 0x3c, 0x2f, 0x70, 0x3e]
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'application/json; charset=euc-kr' },
  })
}
