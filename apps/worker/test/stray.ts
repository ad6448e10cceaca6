import { expect } from 'vitest'
import { exceptionEvent } from '../../../packages/server/src/events/schemas.ts'
import { createReceiver } from './receiver.ts'
import { createShop } from './shop.ts'

/** What each order and each payment is about. */
export const amount = 64_900

interface Payment {
  readonly imp_uid: string
  readonly cancel_history: readonly { readonly amount: number }[]
}

/** A shop whose worker's time runs as the provider's does, and can be moved on. */
export function openShop() {
  let aheadMs = 0
  const receiver = createReceiver()
  const shop = createShop({}, undefined, {
    now: () => new Date(Date.now() + aheadMs),
    receive: receiver.fetch,
  })
  return {
    ...shop,
    /** What the merchant's server was told of exceptions of an order, signed, by their ids. */
    told: (merchantUid: string) =>
      receiver.arrivals
        .filter(({ body }) => body.includes('payment.exception'))
        .map(({ id, body }) => ({ id, ...exceptionEvent.parse(JSON.parse(body)) }))
        .filter(({ data }) => data.exception.merchant_uid === merchantUid),
    order: (merchant_uid: string, policy: Readonly<Record<string, string>> = {}) =>
      shop.post('/orders', { merchant_uid, amount, currency: 'KRW', policy }),
    /** A second payment, from a window that was opened before the first was paid. Gives its `imp_uid`. */
    payAgain: async (
      merchant_uid: string,
      fields: Readonly<Record<string, unknown>> = {},
    ): Promise<string> => {
      const payment = { merchant_uid, amount, currency: 'KRW', pay_method: 'card', ...fields }
      const staged = await shop.control('/payments', payment)
      const record: { imp_uid: string } = await staged.json()
      return record.imp_uid
    },
    /** What the provider's books say was given back of a payment. */
    refunds: async (impUid: string): Promise<unknown> => {
      const state = await shop.control('/state', {}, 'GET')
      const { payments: all }: { payments: Payment[] } = await state.json()
      return all.find((each) => each.imp_uid === impUid)?.cancel_history.map(({ amount }) => amount)
    },
    /** A minute passes, and the cron trigger fires. */
    sweep: async () => {
      aheadMs += 60_000
      await shop.schedule('* * * * *')
    },
    all: async (merchantUid: string) => {
      const { body } = await shop.send('/exceptions?state=all')
      const list: unknown = body['exceptions']
      return Array.isArray(list)
        ? list.filter((each: { merchant_uid: string }) => each.merchant_uid === merchantUid)
        : []
    },
  }
}
export const instant: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
