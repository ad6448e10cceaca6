import { describe, expect, it } from 'vitest'
import {
  connectionReset,
  createScriptedClient,
  envelope,
  json,
  noResponse,
  paid,
  type ScriptedResponse,
  text,
} from '../../test/scripted-client.ts'
import { type CallResult, type ClientOptions, payments, prepare } from '../index.ts'
import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'
import { readRetryAfter } from './retry.ts'

const cancelled = { ...paid, status: 'cancelled', cancel_amount: 1000 }
const cancel = { imp_uid: paid.imp_uid, checksum: 1000 }
const alreadyCancelled = json({ code: 1, message: '이미 전액취소된 주문입니다.', response: null })
const lookup = { call: 'payments.get', params: { imp_uid: paid.imp_uid } }

async function callWith<P extends object, A>(
  endpoint: Endpoint<P, A>,
  params: NoInfer<P>,
  responses: readonly ScriptedResponse[],
  options: Partial<ClientOptions> = {},
): Promise<{ result: CallResult<A>; attempts: number }> {
  const { client, clock, calls } = createScriptedClient(responses, options)
  const result = await clock.until(client.call<P, A>(endpoint, params, {}))
  expect(clock.pending()).toBe(0)
  return { result, attempts: calls().length }
}

describe('repeating a call', () => {
  it('repeats a cancel, because its checksum prevents a second one', async () => {
    expect(
      await callWith(payments.cancelAll, cancel, [connectionReset, envelope(cancelled)]),
    ).toEqual({
      result: { ok: true, value: cancelled, partial: false },
      attempts: 2,
    })
  })

  it('reports outcome_unknown when the repeated cancel is refused, because the first may have succeeded', async () => {
    expect(await callWith(payments.cancelAll, cancel, [noResponse, alreadyCancelled])).toEqual({
      result: {
        ok: false,
        failure: {
          reason: 'outcome_unknown',
          lookup,
          cause: {
            reason: 'refused',
            httpStatus: 200,
            code: 1,
            message: '이미 전액취소된 주문입니다.',
          },
        },
      },
      attempts: 2,
    })
  })

  it('reports outcome_unknown for a cancel without a valid response', async () => {
    const cause = {
      reason: 'malformed_response',
      httpStatus: 200,
      problem: 'not_json',
      excerpt: 'gateway',
    }
    expect(await callWith(payments.cancelAll, cancel, [text('gateway')])).toEqual({
      result: { ok: false, failure: { reason: 'outcome_unknown', lookup, cause } },
      attempts: 2,
    })
  })

  it('names the order as lookup of a cancel by order', async () => {
    const { result } = await callWith(
      payments.cancelPart,
      { merchant_uid: 'ORD-1', checksum: 1000, amount: 400 },
      [noResponse],
    )
    expect(result).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.find', params: { merchant_uid: 'ORD-1' } },
        cause: { reason: 'timeout', timeoutMs: 4000 },
      },
    })
  })

  it('reports a cancel that is refused at the first attempt as refused', async () => {
    expect(await callWith(payments.cancelAll, cancel, [alreadyCancelled])).toEqual({
      result: {
        ok: false,
        failure: {
          reason: 'refused',
          httpStatus: 200,
          code: 1,
          message: '이미 전액취소된 주문입니다.',
        },
      },
      attempts: 1,
    })
  })

  it('reports outcome_unknown for a cancel that is aborted after it was sent', async () => {
    const controller = new AbortController()
    const { client, clock } = createScriptedClient([
      () => {
        controller.abort(new Error('shutting down'))
        return noResponse(new Request('http://x'))
      },
    ])
    const call = client.call(payments.cancelAll, cancel, { signal: controller.signal })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup,
        cause: {
          reason: 'aborted',
          cause: { name: 'Error', message: 'shutting down', code: null, cause: null },
        },
      },
    })
    expect(clock.pending()).toBe(0)
  })

  it('sends nothing for a call that is already aborted', async () => {
    const { client, clock, sent } = createScriptedClient([envelope(paid)])
    const signal = AbortSignal.abort(new Error('gone'))
    expect(await clock.until(client.call(payments.cancelAll, cancel, { signal }))).toEqual({
      ok: false,
      failure: {
        reason: 'aborted',
        cause: { name: 'Error', message: 'gone', code: null, cause: null },
      },
    })
    expect(sent).toEqual([])
  })

  it('repeats a registration of an amount', async () => {
    const registered = { merchant_uid: 'ORD-1', amount: 1000, currency: null }
    expect(
      await callWith(prepare.post, { merchant_uid: 'ORD-1', amount: 1000 }, [
        connectionReset,
        envelope(registered),
      ]),
    ).toEqual({ result: { ok: true, value: registered, partial: false }, attempts: 2 })
  })

  it('never repeats a charge', async () => {
    const charge: Endpoint<{ merchant_uid: string }, unknown> = {
      method: 'POST',
      path: '/subscribe/payments/again',
      retry: 'never',
      body: ['merchant_uid'],
      lookup: { merchant_uid: 'payments.find' },
      writeHandling,
    }
    expect(
      await callWith(charge, { merchant_uid: 'ORD-1' }, [text('', 503), envelope(paid)]),
    ).toEqual({
      result: {
        ok: false,
        failure: {
          reason: 'outcome_unknown',
          lookup: { call: 'payments.find', params: { merchant_uid: 'ORD-1' } },
          cause: {
            reason: 'server_error',
            httpStatus: 503,
            code: null,
            message: null,
            retryAfterMs: null,
            excerpt: null,
          },
        },
      },
      attempts: 1,
    })
  })

  it('does not repeat a read whose response is too large: it would be again', async () => {
    const large = text('x'.repeat(1024 * 1024 + 1))
    const { result, attempts } = await callWith(payments.get, { imp_uid: paid.imp_uid }, [large])
    expect(result).toMatchObject({
      ok: false,
      failure: { reason: 'malformed_response', problem: 'too_large' },
    })
    expect(attempts).toBe(1)
  })

  it('waits for Retry-After, but not longer than its own timeout', async () => {
    const busy = (seconds: string) =>
      json({ code: -1, message: null, response: null }, 429, { 'retry-after': seconds })
    const shortDelay = createScriptedClient([busy('3'), envelope(paid)])
    const startedAtMs = shortDelay.clock.now()
    await shortDelay.clock.until(shortDelay.client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect([shortDelay.clock.now() - startedAtMs, shortDelay.calls().length]).toEqual([3000, 2])

    const longDelay = createScriptedClient([busy('30')])
    await longDelay.clock.until(longDelay.client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(longDelay.calls().length).toBe(1)
  })

  it('randomises its waits', async () => {
    const waits: number[] = []
    for (const randomValue of [0, 0.5, 0.999]) {
      const { client, clock } = createScriptedClient([connectionReset, envelope(paid)], {
        random: () => randomValue,
      })
      const startedAtMs = clock.now()
      await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
      waits.push(clock.now() - startedAtMs)
    }
    expect(waits).toEqual([0, 125, 250])
  })
})

describe('readRetryAfter()', () => {
  const nowMs = Date.UTC(2026, 0, 1)

  it('reads seconds and dates only', () => {
    const headers = [
      '120',
      'Thu, 01 Jan 2026 00:00:05 GMT',
      'Wed, 31 Dec 2025 00:00:00 GMT',
      'soon',
      '',
      null,
    ]
    expect(headers.map((header) => readRetryAfter(header, nowMs))).toEqual([
      120_000,
      5000,
      0,
      null,
      null,
      null,
    ])
  })
})
