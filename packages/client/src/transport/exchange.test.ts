import { describe, expect, it } from 'vitest'
import { createClock } from '../../test/manual-clock.ts'
import { credentials, paid, token } from '../../test/scripted-client.ts'
import { createClient, type ExchangeRequest, type ExchangeResponse, payments } from '../index.ts'

const get = { imp_uid: paid.imp_uid }
const maxBytes = 1024 * 1024
/** Of a text that begins like JSON, a failure has no part. */
const brace = 0x7b

function toResponse(response: unknown, headers: Record<string, string> = {}): ExchangeResponse {
  return Response.json({ code: 0, message: null, response }, { headers })
}

/** A client whose requests for payments get these responses, in order; the last one is repeated. */
function createScripted(...responses: readonly ((request: ExchangeRequest) => ExchangeResponse)[]) {
  const clock = createClock()
  const sent: ExchangeRequest[] = []
  const calls = () => sent.filter(({ method }) => method === 'GET')
  const client = createClient({
    ...credentials,
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0,
    exchange: async (request) => {
      sent.push(request)
      if (request.method === 'POST')
        return toResponse({ access_token: token, now: 0, expired_at: 1800 })
      const respond = responses[calls().length - 1] ?? responses.at(-1)
      if (respond === undefined) throw new TypeError('No response is scripted')
      return respond(request)
    },
  })
  return { client, clock, sent, calls }
}

/** A body that never ends, and what was read of it. */
function createEndlessBody() {
  const seen = { chunks: 0, isCancelled: false }
  async function* read() {
    try {
      for (;;) {
        seen.chunks += 1
        yield new Uint8Array(maxBytes / 4).fill(brace)
      }
    } finally {
      seen.isCancelled = true
    }
  }
  return { seen, body: read() }
}

const tooLarge = {
  ok: false,
  failure: {
    reason: 'malformed_response',
    httpStatus: 200,
    problem: 'too_large',
    excerpt: null,
  },
}

describe('an exchange', () => {
  it('gets each request in parts, and a signal that fires when the response was read', async () => {
    const { client, clock, sent } = createScripted(() => toResponse(paid))
    expect(await clock.until(client.call(payments.get, get))).toEqual({
      ok: true,
      value: paid,
      partial: false,
    })
    expect(sent.map(({ signal, ...parts }) => ({ ...parts, ended: signal.reason }))).toEqual([
      {
        method: 'POST',
        url: 'https://api.iamport.kr/users/getToken',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: '{"imp_key":"key-canary-4c1d","imp_secret":"secret-canary-99e2"}',
        redirect: 'manual',
        ended: 'ended',
      },
      {
        method: 'GET',
        url: 'https://api.iamport.kr/payments/imp_448280090638',
        headers: { accept: 'application/json', authorization: token },
        body: null,
        redirect: 'manual',
        ended: 'ended',
      },
    ])
    expect(clock.pending()).toBe(0)
  })

  it('T36: is told by the signal when the time is over, and its answer is not waited for', async () => {
    const { client, clock, calls } = createScripted(() => ({
      status: 200,
      headers: new Headers({ 'content-length': '10' }),
      body: null,
      arrayBuffer: () => new Promise(() => {}),
    }))
    expect(await clock.until(client.call(payments.get, get))).toEqual({
      ok: false,
      failure: { reason: 'timeout', timeoutMs: 4000 },
    })
    expect(calls().map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect(clock.pending()).toBe(0)
  })

  it('T36: is told by the signal when the caller aborts', async () => {
    const controller = new AbortController()
    const { client, clock, calls } = createScripted(() => {
      controller.abort(new Error('gone'))
      return { ...toResponse(paid), body: createEndlessBody().body }
    })
    const result = await clock.until(client.call(payments.get, get, { signal: controller.signal }))
    expect(result).toMatchObject({ ok: false, failure: { reason: 'aborted' } })
    expect(calls().map(({ signal }) => signal.aborted)).toEqual([true])
  })

  it('sends nothing for an aborted call, also with a token that was issued before', async () => {
    const { client, clock, sent } = createScripted(() => toResponse(paid))
    await clock.until(client.call(payments.get, get))
    const signal = AbortSignal.abort(new Error('gone'))
    expect(await clock.until(client.call(payments.get, get, { signal }))).toMatchObject({
      ok: false,
      failure: { reason: 'aborted' },
    })
    expect(sent.length).toBe(2)
  })
})

describe('the size of a response', () => {
  it('is read at once where a declared length limits it', async () => {
    const whole = new TextEncoder().encode(
      JSON.stringify({ code: 0, message: null, response: paid }),
    )
    const { client, clock } = createScripted(() => ({
      status: 200,
      headers: new Headers({ 'content-length': String(whole.length) }),
      body: createEndlessBody().body,
      arrayBuffer: async () => whole.buffer,
    }))
    expect(await clock.until(client.call(payments.get, get))).toEqual({
      ok: true,
      value: paid,
      partial: false,
    })
  })

  it.each([
    ['without a declared length', {}],
    ['with a larger declared length', { 'content-length': String(maxBytes + 1) }],
    ['with a length that is no number', { 'content-length': 'few' }],
    ['compressed to a few bytes', { 'content-length': '99', 'content-encoding': 'gzip' }],
  ])('T12: is not read further than one mebibyte %s', async (_, headers) => {
    const { seen, body } = createEndlessBody()
    const { client, clock, calls } = createScripted(() => ({
      status: 200,
      headers: new Headers(headers),
      body,
      arrayBuffer: () => Promise.reject(new Error('The whole body was requested')),
    }))
    expect(await clock.until(client.call(payments.get, get))).toEqual(tooLarge)
    expect([seen, calls().length]).toEqual([{ chunks: 5, isCancelled: true }, 1])
  })

  it('T12: is refused when it is larger than declared', async () => {
    const { client, clock } = createScripted(() => ({
      status: 200,
      headers: new Headers({ 'content-length': '99' }),
      body: null,
      arrayBuffer: async () => new Uint8Array(maxBytes + 1).fill(brace).buffer,
    }))
    expect(await clock.until(client.call(payments.get, get))).toEqual(tooLarge)
  })
})

it("the runtime's own fetch gets the parts of a request, which make no Request, and follows no redirect", async () => {
  const original = globalThis.fetch
  const sent: unknown[] = []
  globalThis.fetch = async (input, init) => {
    sent.push([typeof input, init?.method, init?.redirect])
    return Response.json({
      code: 0,
      message: null,
      response: { access_token: token, now: 0, expired_at: 1800, ...get },
    })
  }
  try {
    const client = createClient({ ...credentials, fetch: globalThis.fetch })
    expect((await client.call(payments.get, get)).ok).toBe(true)
  } finally {
    globalThis.fetch = original
  }
  expect(sent).toEqual([
    ['string', 'POST', 'manual'],
    ['string', 'GET', 'manual'],
  ])
})
