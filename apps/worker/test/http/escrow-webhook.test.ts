import { describe, expect, it } from 'vitest'
import { createShop, now } from '../fixtures/merchant.ts'

const providerAddress = '52.78.100.19'

async function createPaidOrder(id: string, escrow = true) {
  const bodies: Record<string, unknown>[] = []
  const receive = async (request: Request) => {
    bodies.push(await request.json())
    return new Response(null, { status: 204 })
  }
  const shop = createShop({}, undefined, { receive })
  await shop.post('/orders', { merchant_uid: id, amount: 64_900, currency: 'KRW' })
  const imp_uid = await shop.pay(id, { pay_method: 'trans', escrow })
  await shop.report(id, imp_uid)
  const report = (escrow_status: string, address = providerAddress, more: object = {}) =>
    shop.app.request('/payments/webhook', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': address },
      body: JSON.stringify({
        event: 'Inicis.Escrow.Changed',
        imp_uid,
        merchant_uid: id,
        status: 'paid',
        extra: { escrow_status, changed_at: 1_795_316_400, ...more },
      }),
    })
  const history = async () => {
    const { body } = await shop.send(`/orders/${id}/history`)
    return (body['entries'] as { kind: string; event?: Record<string, unknown> }[]).flatMap(
      ({ event }) => (event === undefined ? [] : [event]),
    )
  }
  return { ...shop, bodies, imp_uid, report, history }
}

describe('a webhook of Inicis about a payment in escrow', () => {
  it('T191: is an event of its order, once, and in its history', async () => {
    const { report, history, imp_uid, send, runCron, bodies } = await createPaidOrder('ESC-1')
    const responses = await Promise.all([
      report('4', providerAddress, { denied_reason: '단순 변심' }),
      report('4', providerAddress, { denied_reason: '단순 변심' }),
    ])
    expect(responses.map(({ status }) => status)).toEqual([200, 200])
    await report('10')
    const { body: order } = await send('/orders/ESC-1')
    const events = await history()
    expect(events.map(({ type }) => type)).toEqual([
      'order.paid',
      'order.escrow_changed',
      'order.escrow_changed',
    ])
    expect(order).toMatchObject({ status: 'paid', sequence: 3 })
    await runCron('* * * * *')
    const sent = bodies.filter(({ type }) => type === 'order.escrow_changed')
    const sequences = sent.map(({ data }) => (data as { sequence: number }).sequence)
    expect(new Set(sequences)).toEqual(new Set([2, 3]))
    expect(sent[sequences.indexOf(2)]).toMatchObject({
      type: 'order.escrow_changed',
      timestamp: now.toISOString(),
      data: {
        merchant_uid: 'ESC-1',
        status: 'paid',
        sequence: 2,
        escrow_change: {
          imp_uid,
          status: 'refused',
          changed_at: '2026-11-22T03:00:00.000Z',
          denied_reason: '단순 변심',
        },
        mode: 'test',
      },
    })
  })

  it('T190: of another address than those of the provider it changes nothing', async () => {
    const { report, history, lines } = await createPaidOrder('ESC-2')
    expect((await report('4', '203.0.113.7')).status).toBe(200)
    expect((await history()).map(({ type }) => type)).toEqual(['order.paid'])
    expect(lines.join()).toContain('"reason":"sender_unknown"')
  })

  it('T190: of a payment that is not in escrow it changes nothing', async () => {
    const { report, history } = await createPaidOrder('ESC-3', false)
    expect((await report('4')).status).toBe(200)
    expect((await history()).map(({ type }) => type)).toEqual(['order.paid'])
  })
})
