import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  connectionReset,
  createScriptedClient,
  credentials,
  envelope,
  json,
  paid,
  type ScriptedResponse,
  text,
  token,
} from '../../test/scripted-client.ts'
import { PaymentClientError, payments, unwrap } from '../index.ts'

const canaries = [credentials.key, credentials.secret, token]
const all = canaries.join(' ')

/** The secrets of which at least the first eight characters occur in a text. */
function leaks(output: string): readonly string[] {
  return canaries.filter((canary) => output.includes(canary.slice(0, 8)))
}

/** Every text that a log could make of a failure. */
function everyRepresentation(value: unknown): string {
  const error = value instanceof Error ? `${value.message} ${value.stack}` : ''
  return `${JSON.stringify(value)} ${inspect(value, { depth: null, showHidden: true })} ${String(value)} ${error}`
}

const leakingResponses: readonly (readonly [string, ScriptedResponse])[] = [
  ['a refusal that quotes them', json({ code: 1, message: `no: ${all}`, response: null })],
  ['a page that quotes them', text(`<p>${all}</p>`, 500)],
  ['a page whose cut falls into one', text(`<${'x'.repeat(190)}${all}`, 502)],
  [
    'an endless page whose cut falls into one',
    text(`<${'x'.repeat(190)}${all}${'x'.repeat(2 ** 20)}`),
  ],
  ['a 401 that quotes them', json({ code: -1, message: all, response: null }, 401)],
  [
    'an error that quotes them',
    () =>
      Promise.reject(Object.assign(new TypeError(all, { cause: new Error(all) }), { code: all })),
  ],
  ['a thrown text that quotes them', () => Promise.reject(all)],
  ['a reset connection', connectionReset],
]

describe('credentials', () => {
  it.each(leakingResponses)(
    'T45: occur in no representation of a failure after %s',
    async (_, response) => {
      const { client, clock } = createScriptedClient([response])
      const result = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
      expect(result.ok).toBe(false)
      const failure = result.ok ? null : result.failure
      const thrown = failure === null ? null : new PaymentClientError(failure)
      const output = everyRepresentation(result) + everyRepresentation(thrown)
      expect(leaks(output)).toEqual([])
    },
  )

  it.each([
    ['half a grant', text(`{"code":0,"response":{"access_token":"${token}"`)],
    ['a grant without a clock', envelope({ access_token: token })],
    ['a page that quotes the token', text(`<p>${all}</p>`, 500)],
    ['a refusal', json({ code: -1, message: credentials.secret, response: null }, 401)],
  ])('T45: occur in no representation of a failed token call: %s', async (_, response) => {
    const { client, clock } = createScriptedClient([envelope(paid)], {}, () => [response])
    const result = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(result.ok).toBe(false)
    expect(leaks(everyRepresentation(result))).toEqual([])
  })

  it('T45: occur in no representation of the client', async () => {
    const { client, clock } = createScriptedClient([envelope(paid)])
    await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(leaks(everyRepresentation(client))).toEqual([])
  })

  it('are replaced by [redacted]', async () => {
    const { client, clock } = createScriptedClient([
      json({ code: 1, message: `key ${credentials.key}`, response: null }),
    ])
    const result = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(() => unwrap(result)).toThrow(
      new PaymentClientError({
        reason: 'refused',
        httpStatus: 200,
        code: 1,
        message: 'key [redacted]',
      }),
    )
  })
})
