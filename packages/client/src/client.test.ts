import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { longTimeouts } from '../test/manual-clock.ts'
import { createScriptedClient, envelope, paid } from '../test/scripted-client.ts'
import { type ClientOptions, createClient, payments, unwrap } from './index.ts'

const complete: ClientOptions = { key: 'K', secret: 'S' }
const grant = { access_token: 'a-token', now: 0, expired_at: 1800 }

describe('createClient()', () => {
  it.each(['', ' ', '\t\n'])('T47: refuses a key or secret that is %j and names it', (blank) => {
    expect(() => createClient({ ...complete, key: blank })).toThrow(
      new TypeError(
        'Cannot create payment client: key is missing or malformed (key 값을 확인하세요)',
      ),
    )
    expect(() => createClient({ ...complete, secret: blank })).toThrow(
      new TypeError(
        'Cannot create payment client: secret is missing or malformed (secret 값을 확인하세요)',
      ),
    )
  })

  it('T47: refuses settings that are undefined', () => {
    const settings: ClientOptions = JSON.parse('{}')
    expect(() => createClient(settings)).toThrow(/: key is missing/)
  })

  it.each([
    ['baseUrl', { baseUrl: 'api.iamport.kr' }],
    ['baseUrl', { baseUrl: 'ftp://api.iamport.kr' }],
    ['baseUrl', { baseUrl: 'https://user@api.iamport.kr' }],
    ['baseUrl', { baseUrl: 'https://api.iamport.kr/?x' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['attemptTimeoutMs', { attemptTimeoutMs: Number.NaN }],
    ['tier', { tier: 'toolong' }],
  ])('refuses an invalid %s', (name, option) => {
    expect(() => createClient({ ...complete, ...option })).toThrow(
      new RegExp(`^Cannot create payment client: ${name} is missing or malformed`),
    )
  })

  it("T50: calls the provider's host by default", async () => {
    const hosts: string[] = []
    const fetch = (request: Request) => {
      hosts.push(new URL(request.url).origin)
      return Response.json({ code: 1, message: null, response: null })
    }
    await createClient({ ...complete, ...longTimeouts, fetch }).call(payments.get, {
      imp_uid: 'imp_1',
    })
    expect(hosts).toEqual(['https://api.iamport.kr'])
  })
})

describe('call()', () => {
  it('sends the sub-merchant of the client, or of the call', async () => {
    const { client, clock, sent } = createScriptedClient([envelope(paid)], { tier: 'ABC' })
    await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }, { tier: 'XYZ' }))
    expect(sent.map(({ headers }) => headers.tier)).toEqual([undefined, 'ABC', 'XYZ'])
  })

  it('refuses a malformed sub-merchant code', async () => {
    const { client } = createScriptedClient([envelope(paid)])
    expect(await client.call(payments.get, { imp_uid: 'imp_1' }, { tier: 'A\n' })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'tier', problem: 'malformed' },
    })
  })

  it('fails after the timeout of the call', async () => {
    const { client, clock } = createScriptedClient([() => new Promise(() => {})])
    const startedAtMs = clock.now()
    const limits = { timeoutMs: 1500, attemptTimeoutMs: 1000 }
    const result = await clock.until(client.call(payments.get, { imp_uid: 'imp_1' }, limits))
    expect(result).toEqual({ ok: false, failure: { reason: 'timeout', timeoutMs: 375 } })
    expect(clock.now() - startedAtMs).toBe(1500)
  })

  it('T36: keeps no timer and no listener after a call', async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const fetch = (request: Request) =>
      Response.json({
        code: 0,
        message: null,
        response: request.url.endsWith('Token') ? grant : paid,
      })
    const client = createClient({ ...complete, ...longTimeouts, fetch })
    const { signal } = new AbortController()
    const calls = Array.from({ length: 100 }, () =>
      client.call(payments.get, { imp_uid: paid.imp_uid }, { signal }),
    )
    const results = await Promise.all(calls)
    expect(results.filter(({ ok }) => ok).length).toBe(100)
    // The test runner itself has one or two timers; a leak would be a hundred timers of an hour.
    expect(timers() - before).toBeLessThan(10)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it("T36: times out by the runtime's timer", async () => {
    const client = createClient({
      ...complete,
      ...longTimeouts,
      attemptTimeoutMs: 20,
      fetch: () => new Promise(() => {}),
    })
    expect(await client.call(payments.get, { imp_uid: 'imp_1' })).toEqual({
      ok: false,
      failure: { reason: 'timeout', timeoutMs: 20 },
    })
  })

  it('unwraps the value, or throws the failure', async () => {
    const { client, clock } = createScriptedClient([envelope(paid)])
    const result = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(unwrap(result)).toEqual(paid)
  })
})
