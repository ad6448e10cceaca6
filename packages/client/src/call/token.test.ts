import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { longTimeouts } from '../../test/manual-clock.ts'
import {
  createScriptedClient,
  envelope,
  grant,
  json,
  noResponse,
  paid,
  type ScriptedResponse,
  token,
} from '../../test/scripted-client.ts'
import { createClient, payments } from '../index.ts'

const get = { imp_uid: paid.imp_uid }
const found = { ok: true, value: paid, partial: false }
const unauthorized = json({ code: -1, message: 'Unauthorized', response: null }, 401)
const minuteMs = 60_000

describe('the access token', () => {
  it('is sent unchanged, after one request with the credentials as JSON', async () => {
    const { client, clock, sent } = createScriptedClient([envelope(paid)])
    await clock.until(client.call(payments.get, get))
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/users/getToken',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: { imp_key: 'key-canary-4c1d', imp_secret: 'secret-canary-99e2' },
      },
      {
        method: 'GET',
        path: '/payments/imp_448280090638',
        headers: { accept: 'application/json', authorization: token },
        body: null,
      },
    ])
  })

  it('is requested once for 1,000 concurrent first calls', async () => {
    const { client, clock, calls, tokenCalls } = createScriptedClient([envelope(paid)])
    const all = Array.from({ length: 1000 }, () => client.call(payments.get, get))
    const results = await clock.until(Promise.all(all))
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify(found)]),
    )
    expect([tokenCalls().length, calls().length]).toEqual([1, 1000])
  })

  it.each([-600, 0, 600])(
    'T24: is used until its last minute with a provider clock that is %i seconds off',
    async (skewS) => {
      const { client, clock, tokenCalls } = createScriptedClient([envelope(paid)], {}, (clock) => [
        grant(clock, { skewS }),
      ])
      await clock.until(client.call(payments.get, get))
      clock.advance(28 * minuteMs)
      await clock.until(client.call(payments.get, get))
      expect(tokenCalls().length).toBe(1)

      clock.advance(minuteMs)
      await clock.until(client.call(payments.get, get))
      expect(tokenCalls().length).toBe(2)
    },
  )

  it('is renewed once, and the call repeated, when the provider refuses it', async () => {
    const { client, clock, calls, tokenCalls } = createScriptedClient(
      [envelope(paid), unauthorized, envelope(paid)],
      {},
      (clock) => [grant(clock), grant(clock, { accessToken: 'second' })],
    )
    await clock.until(client.call(payments.get, get))
    expect(await clock.until(client.call(payments.get, get))).toEqual(found)
    expect(calls().map(({ headers }) => headers.authorization)).toEqual([token, token, 'second'])
    expect(tokenCalls().length).toBe(2)
  })

  it('is renewed once only when the provider refuses every token', async () => {
    const { client, clock, calls, tokenCalls } = createScriptedClient([unauthorized])
    expect(await clock.until(client.call(payments.get, get))).toEqual({
      ok: false,
      failure: { reason: 'unauthorized', httpStatus: 401, code: -1, message: 'Unauthorized' },
    })
    expect([calls().length, tokenCalls().length]).toEqual([2, 2])
  })

  it('is renewed once for many calls that are refused at the same time', async () => {
    const { client, clock, tokenCalls } = createScriptedClient(
      [envelope(paid), ...Array.from({ length: 20 }, () => unauthorized), envelope(paid)],
      {},
      (clock) => [grant(clock), grant(clock, { accessToken: 'second' })],
    )
    await clock.until(client.call(payments.get, get))
    const all = Array.from({ length: 20 }, () => client.call(payments.get, get))
    expect(await clock.until(Promise.all(all))).toEqual(Array.from({ length: 20 }, () => found))
    expect(tokenCalls().length).toBe(2)
  })

  it('is not renewed again for a refusal that arrives after the renewal', async () => {
    const late: ScriptedResponse = async (request) => {
      await scripted.clock.sleep(500, new AbortController().signal)
      return unauthorized(request)
    }
    const scripted = createScriptedClient(
      [envelope(paid), unauthorized, late, envelope(paid)],
      {},
      (clock) => [grant(clock), grant(clock, { accessToken: 'second' }), grant(clock)],
    )
    const { client, clock, calls, tokenCalls } = scripted
    await clock.until(client.call(payments.get, get))
    const both = [client.call(payments.get, get), client.call(payments.get, get)]
    expect(await clock.until(Promise.all(both))).toEqual([found, found])
    expect([calls().length, tokenCalls().length]).toEqual([5, 2])
  })

  it('fails for all waiting calls with the message of the provider, and is requested again later', async () => {
    const wrong = {
      code: -1,
      message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
      response: null,
    }
    const { client, clock, tokenCalls } = createScriptedClient([envelope(paid)], {}, (clock) => [
      json(wrong, 401),
      grant(clock),
    ])
    const all = Array.from({ length: 5 }, () => client.call(payments.get, get))
    const failure = { reason: 'unauthorized', httpStatus: 401, code: -1, message: wrong.message }
    expect(await clock.until(Promise.all(all))).toEqual(
      Array.from({ length: 5 }, () => ({ ok: false, failure })),
    )
    expect(await clock.until(client.call(payments.get, get))).toEqual(found)
    expect(tokenCalls().length).toBe(2)
  })

  it('is still issued to the waiting calls when the first call is aborted', async () => {
    const controller = new AbortController()
    const { client, clock, tokenCalls } = createScriptedClient([envelope(paid)], {}, (clock) => [
      async (request) => {
        controller.abort(new Error('The buyer left'))
        await clock.sleep(1000, new AbortController().signal)
        return grant(clock)(request)
      },
    ])
    const first = client.call(payments.get, get, { signal: controller.signal })
    const second = client.call(payments.get, get)
    expect(await clock.until(Promise.all([first, second]))).toEqual([
      {
        ok: false,
        failure: {
          reason: 'aborted',
          cause: { name: 'Error', message: 'The buyer left', code: null, cause: null },
        },
      },
      found,
    ])
    expect(tokenCalls().length).toBe(1)
  })

  it('is requested again when the runtime cancelled an earlier request', async () => {
    const { client, clock, tokenCalls } = createScriptedClient(
      [envelope(paid)],
      { sleep: () => new Promise(() => {}) },
      (clock) => [noResponse, grant(clock)],
    )
    void client.call(payments.get, get)
    await new Promise((resolve) => setImmediate(resolve))
    clock.advance(9000)
    expect(await clock.until(client.call(payments.get, get))).toEqual(found)
    expect(tokenCalls().length).toBe(2)
  })

  it.each([
    ['a number', { access_token: 7, now: 0, expired_at: 1800 }],
    ['a line break', { access_token: 'a\r\nx-evil: 1', now: 0, expired_at: 1800 }],
    ['no provider time', { access_token: token, expired_at: 1800 }],
  ])('T12: is malformed with %s, and not part of the failure', async (_, result) => {
    const { client, clock, calls } = createScriptedClient([envelope(paid)], {}, () => [
      envelope(result),
    ])
    expect(await clock.until(client.call(payments.get, get))).toEqual({
      ok: false,
      failure: {
        reason: 'malformed_response',
        httpStatus: 200,
        problem: 'token_malformed',
        excerpt: null,
      },
    })
    expect(calls()).toEqual([])
  })

  it('is read from a response in two chunks over a real connection', async () => {
    const results = await serve(({ url }, response) => {
      const whole = JSON.stringify({
        code: 0,
        message: null,
        response: url === '/users/getToken' ? realGrant : paid,
      })
      response.write(whole.slice(0, 30), () => response.end(whole.slice(30)))
    })
    expect(results).toEqual({
      result: found,
      urls: ['/users/getToken', '/payments/imp_448280090638'],
    })
  })

  it('T50: is not sent to the target of a redirect over a real connection', async () => {
    const results = await serve(({ url }, response) => {
      if (url !== '/users/getToken') response.writeHead(302, { location: '/elsewhere' }).end()
      else response.end(JSON.stringify({ code: 0, message: null, response: realGrant }))
    })
    expect(results).toEqual({
      result: {
        ok: false,
        failure: { reason: 'unexpected_status', httpStatus: 302, excerpt: null },
      },
      urls: ['/users/getToken', '/payments/imp_448280090638'],
    })
  })
})

const realGrant = { access_token: token, now: 0, expired_at: 1800 }

/** One call to a local server: its result, and the requests that the server received. */
async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void) {
  const urls: string[] = []
  const server = createServer((request, response) => {
    urls.push(request.url ?? '')
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const client = createClient({
    key: 'K',
    secret: 'S',
    baseUrl: `http://127.0.0.1:${port}`,
    ...longTimeouts,
  })
  try {
    return { result: await client.call(payments.get, get), urls }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
