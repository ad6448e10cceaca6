import { createClient } from '@quayside/client'
import type { Order } from '@quayside/core'
import { createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { openScene, pages, read } from './completion-fixture.ts'

const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const
const pending = {
  status: 202,
  body: {
    status: 'pending',
    message: 'We are checking the payment. Please wait a moment and do not pay again.',
  },
}
const ids = { imp_uid: 'imp_1', merchant_uid: 'ORD-1' }

/** What the shop is told of a lookup that led nowhere. */
const failures = ({ reports }: ReturnType<typeof openScene>) =>
  reports.map((report) => (report.kind === 'not_synced' ? report.failure.reason : report.kind))

describe('T12: trouble behind a door is never the buyer’s: the page waits, the webhook comes again', () => {
  async function knock(scene: ReturnType<typeof openScene>, body = ids) {
    const page = await read(scene.complete(body))
    const webhook = await scene.webhook(body)
    return { page, webhook: webhook.status, failures: failures(scene) }
  }

  it('when the orders are away', async () => {
    const { store } = openScene()
    expect(await knock(openScene({ store: { ...store, find: down } }))).toEqual({
      page: pending,
      webhook: 503,
      failures: ['store_unavailable', 'store_unavailable'],
    })
  })

  it('when others keep changing the order', async () => {
    const { store, order } = openScene()
    const scene = openScene({
      store: { ...store, record: async (change) => ({ ok: true, value: change.order }) },
    })
    order('ORD-1')
    const imp_uid = await scene.pay('ORD-1')
    expect(await knock(scene, { ...ids, imp_uid })).toEqual({
      page: pending,
      webhook: 503,
      failures: ['order_contended', 'order_contended'],
    })
  })

  it('when the provider tells of another payment than it was asked for', async () => {
    const record = {
      imp_uid: 'imp_2',
      merchant_uid: 'ORD-1',
      amount: 64_900,
      cancel_amount: 0,
      currency: 'KRW',
      status: 'paid',
      sandbox: false,
    }
    const scene = openScene({ gate: async () => ({ ok: true, value: record }) })
    scene.order('ORD-1')
    expect(await knock(scene)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['record_mismatch', 'record_mismatch'],
    })
  })

  it('when the provider knows no such payment', async () => {
    const scene = openScene()
    scene.order('ORD-1')
    expect(await knock(scene)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['payment_not_found', 'payment_not_found'],
    })
  })

  it("when the provider refuses the shop's keys", async () => {
    const { fetch } = createSimulator()
    const client = createClient({ key: 'simulator-key', secret: 'of another shop', fetch })
    const scene = openScene({ client })
    scene.order('ORD-1')
    expect(await knock(scene)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['provider_refused_us', 'provider_refused_us'],
    })
  })
})

describe('POST /payments/complete says of a failure what is known, and of nothing else', () => {
  const message = 'The payment did not go through. You can try again.'

  it('nothing where neither the record nor the browser has words for it', async () => {
    const { order, pay, complete } = openScene()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'failed', overrides: { fail_reason: null } })
    expect(await read(complete({ ...ids, imp_uid }))).toEqual({
      status: 200,
      body: { status: 'failed', message },
    })
  })

  it('not the failure of an earlier try that a store still remembers', async () => {
    const { store, order } = openScene()
    const paid: Order = { ...order('ORD-1'), status: 'paid', failReason: 'of an earlier try' }
    const find = async () => ({ ok: true, value: paid }) as const
    const scene = openScene({ store: { ...store, find } })
    const imp_uid = await scene.pay('ORD-1', { status: 'failed' })
    expect(await read(scene.complete({ ...ids, imp_uid }))).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
  })

  it('not what a browser adds to a success', async () => {
    const { order, pay, complete } = openScene()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const told = { success: true, error_msg: 'a warning' }
    expect(await read(complete({ ...ids, imp_uid, ...told }))).toEqual(pending)
  })
})

describe('what has no reading', () => {
  it.each(['complete', 'webhook', 'confirm'])(
    'T29: bytes that are not UTF-8, and none at all, at the door %s',
    async (door) => {
      const { doors } = openScene()
      const headers = { 'content-type': 'application/json' }
      const bodies = [new Uint8Array([0x7b, 0xff, 0x7d]), null]
      const answers = bodies.map(async (body) => {
        const asked = doors.request(`/payments/${door}`, { method: 'POST', headers, body })
        const answer = await read(asked)
        return { status: answer.status, body: answer.body }
      })
      expect(await Promise.all(answers)).toMatchObject([
        { status: 400, body: { status: 'invalid', error: 'body_not_utf8' } },
        { status: 400, body: { status: 'invalid', error: 'body_malformed' } },
      ])
    },
  )
})

describe('who reads', () => {
  it.each([
    ['fr, ko;q=0.4', '결제 결과를 확인하고 있습니다. 다시 결제하지 말고 잠시 기다려 주세요.'],
    ['fr, en;q=0.4, ko;q=0.3', pending.body.message],
    ['fr', pending.body.message],
  ])(
    '%s is answered in the first of Korean and English that was asked for',
    async (language, said) => {
      const scene = openScene()
      scene.order('ORD-1')
      const answer = await read(scene.complete(ids, { 'accept-language': language }))
      expect(answer.body).toEqual({ status: 'pending', message: said })
    },
  )
})

describe('a phone that returns', () => {
  it.each([
    'application/x-www-form-urlencoded',
    'Application/X-WWW-Form-Urlencoded ;charset=euc-kr',
  ])('with a form that is labelled %s is taken in', async (type) => {
    const { order, pay, doors } = openScene()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const answer = await doors.request('/payments/redirect', {
      method: 'POST',
      body: `imp_uid=${imp_uid}&merchant_uid=ORD-1`,
      headers: { 'content-type': type },
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, pages.success])
  })

  it('after part of the payment was given back is sent to the page of the cancelled', async () => {
    const { order, pay, doors } = openScene()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'paid', cancel_amount: 900 })
    const answer = await doors.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, pages.cancelled])
  })
})
