import { describe, expect, it } from 'vitest'
import { createScriptedClient, envelope, json } from '../../test/scripted-client.ts'
import { prepare } from '../index.ts'

const registered = { merchant_uid: 'ORD-1', amount: 10.5, currency: 'USD' }

describe('prepare', () => {
  it('registers, changes and reads an amount', async () => {
    const { client, clock, calls } = createScriptedClient([envelope(registered)])
    const results = [
      await clock.until(client.call(prepare.post, registered)),
      await clock.until(client.call(prepare.put, registered)),
      await clock.until(client.call(prepare.get, { merchant_uid: 'ORD-1' })),
    ]
    expect(results).toEqual([1, 2, 3].map(() => ({ ok: true, value: registered, partial: false })))
    expect(calls().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'POST', path: '/payments/prepare', body: registered },
      { method: 'PUT', path: '/payments/prepare', body: registered },
      { method: 'GET', path: '/payments/prepare/ORD-1', body: null },
    ])
  })

  it('reports that no amount was registered', async () => {
    const message = '사전등록된 결제정보가 존재하지 않습니다.'
    const { client, clock } = createScriptedClient([
      json({ code: 1, message, response: null }, 404),
    ])
    expect(await clock.until(client.call(prepare.get, { merchant_uid: 'ORD-1' }))).toEqual({
      ok: false,
      failure: { reason: 'not_found', httpStatus: 404, code: 1, message },
    })
  })
})
