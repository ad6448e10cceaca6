import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  credentials,
  envelope,
  json,
  paid,
  reset,
  stage,
  type Turn,
  text,
  token,
} from '../test/scripted-client.ts'
import { PaymentClientError, payments, unwrap } from './index.ts'

const canaries = [credentials.key, credentials.secret, token]
const all = canaries.join(' ')

/** The canaries of which at least the first eight characters can be read. */
function leaks(said: string): readonly string[] {
  return canaries.filter((canary) => said.includes(canary.slice(0, 8)))
}

/** Everything a log could make of a failure. */
function everyShape(thing: unknown): string {
  const error = thing instanceof Error ? `${thing.message} ${thing.stack}` : ''
  return `${JSON.stringify(thing)} ${inspect(thing, { depth: null, showHidden: true })} ${String(thing)} ${error}`
}

const tellingTurns: readonly (readonly [string, Turn])[] = [
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
  ['a reset connection', reset],
]

describe('credentials', () => {
  it.each(tellingTurns)('T45: are in no shape of a failure after %s', async (_, turn) => {
    const { client, clock } = stage([turn])
    const answer = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(answer.ok).toBe(false)
    const failure = answer.ok ? null : answer.failure
    const thrown = failure === null ? null : new PaymentClientError(failure)
    const said = everyShape(answer) + everyShape(thrown)
    expect(leaks(said)).toEqual([])
  })

  it.each([
    ['half a grant', text(`{"code":0,"response":{"access_token":"${token}"`)],
    ['a grant without a clock', envelope({ access_token: token })],
    ['a page that quotes the token', text(`<p>${all}</p>`, 500)],
    ['a refusal', json({ code: -1, message: credentials.secret, response: null }, 401)],
  ])('T45: are in no shape of a failed token call: %s', async (_, turn) => {
    const { client, clock } = stage([envelope(paid)], {}, () => [turn])
    const answer = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(answer.ok).toBe(false)
    expect(leaks(everyShape(answer))).toEqual([])
  })

  it('T45: are in no shape of the client', async () => {
    const { client, clock } = stage([envelope(paid)])
    await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(leaks(everyShape(client))).toEqual([])
  })

  it('are replaced by a word that says so', async () => {
    const { client, clock } = stage([
      json({ code: 1, message: `key ${credentials.key}`, response: null }),
    ])
    const answer = await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid }))
    expect(() => unwrap(answer)).toThrow(
      new PaymentClientError({
        reason: 'refused',
        httpStatus: 200,
        code: 1,
        message: 'key [redacted]',
      }),
    )
  })
})
