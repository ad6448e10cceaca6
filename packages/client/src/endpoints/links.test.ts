import { describe, expect, it } from 'vitest'
import { longTimeouts } from '../../test/manual-clock.ts'
import { createScriptedClient, type ScriptedResponse, text } from '../../test/scripted-client.ts'
import { createClient, links } from '../index.ts'

const payment = {
  title: '결제',
  user_code: 'imp00000000',
  amount: 1000,
  merchant_uid: 'LINK-1',
  name: '티셔츠',
  buyer_tel: '0100000000',
  pay_methods: [{ channelKey: 'channel-key-1', pay_method: 'card', label: '카드' }],
} as const
const keys = { key: 'K', secret: 'S', ...longTimeouts }
const link = { shortenedUrl: 'https://impay.link/91e8f8cc' }

describe('links', () => {
  it("creates a link at the service's own host, without a token, with the payment as text", async () => {
    const { client, clock, sent } = createScriptedClient([() => Response.json(link)], {
      tier: 'ABC',
    })
    const call = client.call(links.post, { payment_info: payment, expired_at: 1_800_000_000 })
    expect(await clock.until(call)).toEqual({ ok: true, value: link, partial: false })
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/api/supplements/v1/link/payment',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: { payment_info: JSON.stringify(payment), expired_at: 1_800_000_000 },
      },
    ])
  })

  it('disables a link', async () => {
    const { client, clock, calls } = createScriptedClient([() => Response.json({})])
    expect(await clock.until(client.call(links.disable, { id: '91e8f8cc' }))).toEqual({
      ok: true,
      value: {},
      partial: false,
    })
    expect(calls().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'PUT', path: '/api/supplements/v1/link/payment/91e8f8cc', body: null },
    ])
  })

  it('sends requests to the host of the link service, or to the simulator', async () => {
    const origins: string[] = []
    const fetch = (request: Request) => {
      origins.push(new URL(request.url).origin)
      return Response.json(link)
    }
    const params = { payment_info: payment, expired_at: 1_800_000_000 }
    await createClient({ ...keys, fetch }).call(links.post, params)
    for (const baseUrl of ['https://static-api.iamport.kr', 'http://127.0.0.1:8081']) {
      await createClient({ ...keys, fetch, baseUrl }).call(links.post, params)
    }
    expect(origins).toEqual([
      'https://api.iamport.co',
      'https://api.iamport.co',
      'http://127.0.0.1:8081',
    ])
  })

  const refusals: readonly (readonly [string, ScriptedResponse, object])[] = [
    [
      'an unknown link',
      text('{"message":"Not Found"}', 404),
      { reason: 'not_found', httpStatus: 404, code: null, message: 'Not Found' },
    ],
    [
      'a refusal',
      text('{"message":"expired_at"}', 400),
      { reason: 'refused', httpStatus: 400, code: null, message: 'expired_at' },
    ],
  ]

  it.each(refusals)('reports %s', async (_, response, failure) => {
    const { client, clock } = createScriptedClient([response])
    const result = await clock.until(client.call(links.disable, { id: '91e8f8cc' }))
    expect(result).toEqual({ ok: false, failure })
  })
})
