import type { Fetch } from '@quayside/client'
import { openOrder, parseConfirm } from '@quayside/core'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { merchantUid, money, take } from '../../../core/fixtures/sample.ts'
import { immediateSleep } from '../../test/timers.ts'
import type { LogFields } from '../log.ts'
import type { Sleep } from '../timers.ts'
import { createForwardConfirm } from './forward-confirm.ts'

const at = new Date('2026-11-22T03:00:00.000Z')
const url = 'https://shop.example/confirm'
const secret = `whsec_${btoa('s'.repeat(24))}`
const nextSecret = `whsec_${btoa('n'.repeat(24))}`
const order = openOrder({
  merchantUid: merchantUid('ORD.1'),
  amount: money(64_900),
  allowances: [],
  createdAt: at,
})
const request = take(
  parseConfirm({ imp_uid: 'imp_1', merchant_uid: 'ORD.1', amount: 64_900, status: 'ready' }),
)
const neutral = '결제를 승인할 수 없습니다 (payment cannot be approved)'

/** Asks a receiver about the order, and returns what the buyer reads (null for an approval), and what was logged. */
async function askShop(fetch: Fetch, sleep: Sleep = immediateSleep) {
  const logged: (readonly [string, LogFields])[] = []
  const confirm = createForwardConfirm({
    url,
    secrets: [secret, nextSecret],
    mode: 'test',
    fetch,
    now: () => at,
    sleep,
    log: (event, fields) => void logged.push([event, fields]),
  })
  return { message: await confirm(order, request), logged }
}
const answering = (body: BodyInit | null, init?: ResponseInit): Fetch => {
  return async () => new Response(body, init)
}
const json = (body: unknown) => answering(JSON.stringify(body))
const notDecided = (fields: LogFields) => ({
  message: neutral,
  logged: [['confirm_not_decided', { merchantUid: 'ORD.1', impUid: 'imp_1', ...fields }]],
})

describe('createForwardConfirm()', () => {
  it('sends the order with its amount, signed by every secret, with one id for each payment', async () => {
    const requests: Request[] = []
    const { message, logged } = await askShop(async (sent) => {
      requests.push(sent)
      return Response.json({ approve: true })
    })
    expect({ message, logged }).toEqual({ message: null, logged: [] })
    const [sent] = requests
    if (sent === undefined) throw new TypeError('Nothing was sent')
    expect([sent.method, sent.url, sent.redirect]).toEqual(['POST', url, 'manual'])
    const body = await sent.text()
    expect(JSON.parse(body)).toMatchObject({
      type: 'payment.confirm',
      timestamp: '2026-11-22T03:00:00.000Z',
      data: {
        imp_uid: 'imp_1',
        mode: 'test',
        order: { merchant_uid: 'ORD.1', amount: 64_900, currency: 'KRW', status: 'pending' },
      },
    })
    expect(sent.headers.get('webhook-id')).toBe('confirm:ORD~1:imp_1')
    expect(sent.headers.get('webhook-timestamp')).toBe(String(at.getTime() / 1000))
    const signatures = sent.headers.get('webhook-signature')?.split(' ')
    expect(signatures).toEqual(
      [secret, nextSecret].map((each) => new Webhook(each).sign('confirm:ORD~1:imp_1', at, body)),
    )
  })

  it('refuses with the reason of the shop, which the buyer reads', async () => {
    expect(await askShop(json({ approve: false, reason: '재고 부족' }))).toEqual({
      message: '재고 부족',
      logged: [],
    })
    for (const decision of [{ approve: false }, { approve: false, reason: null }]) {
      expect(await askShop(json(decision))).toEqual({ message: neutral, logged: [] })
    }
  })

  it('approves by these very words only, whatever else the response has', async () => {
    const approval = { approve: true, reason: '재고 부족', later: 1 }
    expect((await askShop(json(approval))).message).toBeNull()
    const created = answering(JSON.stringify(approval), { status: 201 })
    expect((await askShop(created)).message).toBeNull()
  })

  it.each([
    ['nothing', answering(null)],
    ['text', answering('OK')],
    ['a page', answering('<html>approve: true</html>')],
    ['a list', json([{ approve: true }])],
    ['another word', json({ approved: true })],
    ['text for a boolean', json({ approve: 'true' })],
    ['a number for a boolean', json({ approve: 1 })],
    ['a reason of two lines', json({ approve: false, reason: 'a\nb' })],
    ['a long reason', json({ approve: false, reason: 'a'.repeat(201) })],
    ['a reason without text', json({ approve: false, reason: '' })],
    ['more than 4 KiB', json({ approve: true, more: 'a'.repeat(5_000) })],
  ])('T175: refuses when the shop responds %s', async (_, fetch) => {
    const expected = notDecided({ reason: 'response_malformed', status: 200 })
    expect(await askShop(fetch)).toEqual(expected)
  })

  it('T175: refuses by any status but 2xx, also with an approval in the body', async () => {
    for (const status of [301, 302, 307, 400, 401, 404, 409, 429, 500, 503]) {
      const fetch = answering(JSON.stringify({ approve: true }), {
        status,
        headers: { location: 'https://shop.example/elsewhere' },
      })
      expect(await askShop(fetch)).toEqual(notDecided({ reason: 'receiver_refused', status }))
    }
  })

  it('T175: refuses after 7.5 seconds, and what is answered later counts no more', async () => {
    const waited: number[] = []
    const aborted: unknown[] = []
    let respond: (response: Response) => void = () => undefined
    const hanging: Fetch = (sent) => {
      sent.signal.addEventListener('abort', () => aborted.push(sent.signal.reason))
      return new Promise((resolve) => {
        respond = resolve
      })
    }
    const result = await askShop(hanging, async (ms) => void waited.push(ms))
    expect(result).toEqual(notDecided({ reason: 'receiver_timeout' }))
    expect(waited).toEqual([7_500])
    expect(aborted).toEqual(['ended'])
    respond(Response.json({ approve: true }))
    expect(result.message).toBe(neutral)
  })

  it('T175: refuses when the body never ends', async () => {
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"approve": true')),
    })
    const late: Sleep = () => new Promise((resolve) => setTimeout(resolve))
    expect(await askShop(answering(endless), late)).toEqual(
      notDecided({ reason: 'receiver_timeout' }),
    )
  })

  it('asks once more when a connection breaks, and refuses when it breaks again', async () => {
    const breaking = (times: number) => {
      const ids: (string | null)[] = []
      const fetch: Fetch = async (sent) => {
        ids.push(sent.headers.get('webhook-id'))
        if (ids.length <= times) throw new TypeError('fetch failed')
        return Response.json({ approve: true })
      }
      return { ids, fetch }
    }
    const once = breaking(1)
    expect((await askShop(once.fetch)).message).toBeNull()
    expect(once.ids).toEqual(['confirm:ORD~1:imp_1', 'confirm:ORD~1:imp_1'])
    const always = breaking(9)
    const cause = 'TypeError: fetch failed'
    expect(await askShop(always.fetch)).toEqual(
      notDecided({ reason: 'receiver_unreachable', cause }),
    )
    expect(always.ids).toHaveLength(2)
  })
})
