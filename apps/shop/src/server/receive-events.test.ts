import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { events } from './receive-events.ts'
import { createShipments } from './shipments.ts'

const fixedTime = new Date('2026-11-22T03:00:00.000Z')
const secret = `whsec_${btoa('the secret of the shop, 32 bytes')}`
const webhook = new Webhook(secret)
const body = JSON.stringify({
  type: 'order.paid',
  timestamp: '2026-11-22T03:00:00.000Z',
  data: { merchant_uid: 'ongi-1', sequence: 1, status: 'paid', amount: 32_000, mode: 'test' },
})

// The verifying library reads the runtime's clock.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: fixedTime })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The headers with which the payment server sends a body. */
function sign(text: string, at = fixedTime, signer = webhook): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': 'ongi-1:1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signer.sign('ongi-1:1', at, text),
  }
}

function createReceiver() {
  const app = events(secret, createShipments(10))
  const send = async (text: string, headers: Record<string, string>) =>
    (await app.request('/events', { method: 'POST', headers, body: text })).status
  const isShipped = async (id: string): Promise<unknown> =>
    (await app.request(`/api/shipments/${id}`)).json()
  return { send, isShipped }
}

describe('POST /events', () => {
  it('accepts a signed event, once or twice, and ships', async () => {
    const { send, isShipped } = createReceiver()
    expect(await isShipped('ongi-1')).toEqual({ is_shipped: false })
    expect([await send(body, sign(body)), await send(body, sign(body))]).toEqual([204, 204])
    expect(await isShipped('ongi-1')).toEqual({ is_shipped: true })
    expect(await isShipped('ongi-2')).toEqual({ is_shipped: false })
  })

  it('accepts it with a second signature by the next secret', async () => {
    const next = new Webhook(`whsec_${btoa('the secret of the shop, tomorrow')}`)
    const both = `${next.sign('ongi-1:1', fixedTime, body)} ${webhook.sign('ongi-1:1', fixedTime, body)}`
    expect(await createReceiver().send(body, { ...sign(body), 'webhook-signature': both })).toBe(
      204,
    )
  })

  const minutes = (count: number) => new Date(fixedTime.getTime() + count * 60_000)
  const other = new Webhook(`whsec_${btoa('the secret of somebody else, ok?')}`)
  const forged: readonly (readonly [string, string, Record<string, string>])[] = [
    ['a body without a signature', body, { 'content-type': 'application/json' }],
    ['the signature of somebody else', body, sign(body, fixedTime, other)],
    ['another amount', body.replace('32000', '32001'), sign(body)],
    ['another id', body, { ...sign(body), 'webhook-id': 'ongi-1:2' }],
    ['a signature of an unknown version', body, { ...sign(body), 'webhook-signature': 'v0,AAAA' }],
    ['an empty signature', body, { ...sign(body), 'webhook-signature': 'v1,' }],
    ['a timestamp six minutes ago', body, sign(body, minutes(-6))],
    ['a timestamp in the future', body, sign(body, minutes(6))],
  ]
  for (const [what, text, headers] of forged) {
    it(`refuses ${what} and ships nothing`, async () => {
      const { send, isShipped } = createReceiver()
      expect(await send(text, headers)).toBe(401)
      expect(await isShipped('ongi-1')).toEqual({ is_shipped: false })
    })
  }

  for (const text of ['{', '', '[]', '{"type":"order.paid"}', body.replace(':1,', ':"1",')]) {
    it(`refuses ${text === '' ? 'nothing' : text.slice(0, 30)}, though it is signed`, async () => {
      expect(await createReceiver().send(text, sign(text))).toBe(400)
    })
  }

  it('T23: accepts an event of an unknown type', async () => {
    const text = body.replace('order.paid', 'order.disputed')
    expect(await createReceiver().send(text, sign(text))).toBe(204)
  })

  it('T23: accepts an event about no order, and ships nothing', async () => {
    const { send, isShipped } = createReceiver()
    const text = body.replace('order.paid', 'payment.unreconciled')
    expect(await send(text, sign(text))).toBe(204)
    expect(await isShipped('ongi-1')).toEqual({ is_shipped: false })
  })

  it('refuses a body larger than any event', async () => {
    const text = 'x'.repeat(65_537)
    expect(await createReceiver().send(text, sign(text))).toBe(413)
  })
})
