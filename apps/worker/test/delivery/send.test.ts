import { fail, ok } from '@quayside/core'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import {
  createSend,
  type SendOptions,
  toFailureText,
} from '../../../../packages/server/src/delivery/send.ts'
import type { StoredEvent } from '../../../../packages/server/src/domain/event.ts'
import { sleepOnTimer } from '../../../../packages/server/src/timers.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { createDeliveryFixture, secret, url } from '../fixtures/event-receiver.ts'

const event: StoredEvent = {
  id: 'ORD-1:2',
  merchantUid: 'ORD-1',
  sequence: 2,
  kind: 'paid',
  payload: '{"merchant_uid":"ORD-1","status":"paid","sequence":2}',
  createdAt: new Date('2026-11-22T03:00:00.000Z'),
  dueAt: null,
  tries: 1,
  failure: null,
  deliveredAt: null,
}
const body =
  '{"type":"order.paid","timestamp":"2026-11-22T03:00:00.000Z","data":{"merchant_uid":"ORD-1","status":"paid","sequence":2,"mode":"live"}}'
const options: SendOptions = {
  url,
  secrets: [secret],
  mode: 'live',
  timeoutMs: 10_000,
  now: () => new Date(),
  sleep: immediateSleep,
  fetch: () => new Response(null, { status: 204 }),
}

/** Sends an event and returns the result and the request that the receiver got. */
async function captureOne(changes: Partial<SendOptions>, sent: StoredEvent = event) {
  const captured: { headers: Record<string, string>; body: string; method: string; url: string }[] =
    []
  const fetch = async (request: Request) => {
    const { method, url: address } = request
    const headers = Object.fromEntries(request.headers)
    captured.push({ method, url: address, headers, body: await request.text() })
    return new Response(null, { status: 204 })
  }
  const result = await createSend({ ...options, fetch, ...changes })(sent)
  const [request] = captured
  if (request === undefined || captured.length > 1) throw new TypeError('not sent once')
  return { result, request }
}

describe('createSend()', () => {
  it('sends one POST that a Standard Webhooks library verifies', async () => {
    const { result, request } = await captureOne({})
    expect(result).toEqual(ok(null))
    expect(request).toEqual({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Quayside',
        'webhook-id': 'ORD-1:2',
        'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
        'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
      },
      body,
    })
    expect(new Webhook(secret).verify(request.body, request.headers)).toEqual(JSON.parse(body))
  })

  it('signs id, time and body as the standard defines', async () => {
    const now = () => new Date(1_795_000_000_999)
    const { request } = await captureOne({ now })
    const raw = Uint8Array.from(atob(secret.slice(6)), (character) => character.charCodeAt(0))
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign'])
    const text = new TextEncoder().encode(`ORD-1:2.1795000000.${body}`)
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, text))
    expect(request.headers['webhook-signature']).toBe(`v1,${btoa(String.fromCharCode(...mac))}`)
  })

  it('signs with each secret, so that the receiver may replace its secret at any time', async () => {
    const next = `whsec_${btoa('the secret the receiver has next')}`
    const { request } = await captureOne({ secrets: [secret, next] })
    for (const each of [secret, next]) {
      expect(new Webhook(each).verify(request.body, request.headers)).toEqual(JSON.parse(body))
    }
    const other = new Webhook(`whsec_${btoa('a secret that is not configured.')}`)
    expect(() => other.verify(request.body, request.headers)).toThrow('No matching signature')
  })

  it('T17: sends the same id and the same bytes at every try', async () => {
    const tries = [
      await captureOne({ now: () => new Date(1_795_000_000_000) }),
      await captureOne({ now: () => new Date(1_795_300_000_000) }, { ...event, tries: 9 }),
    ]
    expect(tries.map(({ request }) => [request.headers['webhook-id'], request.body])).toEqual([
      ['ORD-1:2', body],
      ['ORD-1:2', body],
    ])
  })

  it('T23: sends an event of a kind that only a newer version knows', async () => {
    const { request } = await captureOne({}, { ...event, kind: 'disputed' })
    expect(request.body).toBe(body.replace('order.paid', 'order.disputed'))
  })

  it('counts every 2xx as delivered, with or without a body', async () => {
    for (const response of [
      new Response('ok'),
      new Response(null, { status: 204 }),
      new Response('{}', { status: 202 }),
      new Response(new ReadableStream(), { status: 200 }),
    ]) {
      expect(await createSend({ ...options, fetch: () => response })(event)).toEqual(ok(null))
    }
  })

  for (const status of [301, 302, 303, 307, 308, 400, 401, 404, 410, 429, 500, 503]) {
    it(`counts ${status} as refused and follows no redirect`, async () => {
      let calls = 0
      const fetch = (request: Request) => {
        calls++
        expect(request.redirect).toBe('manual')
        return new Response(null, { status, headers: { location: 'https://evil.example/' } })
      }
      expect(await createSend({ ...options, fetch })(event)).toEqual(
        fail({ reason: 'receiver_refused', status }),
      )
      expect(calls).toBe(1)
    })
  }

  it('times out when the receiver hangs', async () => {
    const fetch = ({ signal }: Request) =>
      new Promise<Response>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      )
    expect(
      await createSend({ ...options, timeoutMs: 20, sleep: sleepOnTimer, fetch })(event),
    ).toEqual(fail({ reason: 'receiver_timeout' }))
  })

  it('fails when no receiver is reachable', async () => {
    const cause = new TypeError('connection refused')
    const fetch = () => Promise.reject(cause)
    expect(await createSend({ ...options, fetch })(event)).toEqual(
      fail({ reason: 'receiver_unreachable', cause }),
    )
  })

  for (const payload of ['{', 'null', '"text"']) {
    it(`T53: reports the payload ${payload} as unreadable and sends nothing`, async () => {
      const { send, receiver } = createDeliveryFixture()
      const sent = await send({ ...event, payload })
      expect(sent).toMatchObject({ ok: false, failure: { reason: 'event_unreadable' } })
      expect(receiver.arrivals).toEqual([])
    })
  }

  it('describes a failure so that a merchant can act on it', () => {
    expect(
      [
        { reason: 'receiver_refused', status: 500 } as const,
        { reason: 'receiver_timeout' } as const,
        { reason: 'receiver_unreachable', cause: null } as const,
      ].map(toFailureText),
    ).toEqual(['receiver_refused: 500', 'receiver_timeout', 'receiver_unreachable'])
  })
})
