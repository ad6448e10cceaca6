import { strict as assert } from 'node:assert'
import { type Order, ok, openOrder } from '@quayside/core'
import type { Store } from '../../index.ts'
import { payees, second, to } from '../payees.ts'
import type { Contract } from '../runner.ts'
import {
  expecting,
  kindsOf,
  open,
  paying,
  payment,
  refundFields,
  refusing,
  take,
} from '../samples.ts'

/** What the store calls the payment `imp_1` of each. */
const paymentIds = ['imp_1', 'imp_1~second', 'imp_1~second~A01', 'imp_1~~A01']

/** Creates an order for each payee. */
async function openEach(store: Store): Promise<readonly Order[]> {
  const orders: Order[] = []
  for (const [index, payee] of payees.entries()) {
    orders.push(await open(store, `ORD-${index}`, to(payee)))
  }
  return orders
}

export function payeesContract({ describe, test }: Contract): void {
  describe('payees: several accounts and sub-merchants in one database', () => {
    test('an order is read with its payee, and keeps it', async ({ store, clock }) => {
      const createdAt = clock.now()
      const orders = await openEach(store)
      for (const [index, order] of orders.entries()) {
        const expected = expecting(`ORD-${index}`, to(payees[index]))
        assert.deepEqual(order, openOrder({ ...expected, createdAt }))
        assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
        const paid = take(await store.orders.record(paying(order, `imp_${index}`)))
        assert.equal(paid.payee, payees[index])
      }
      const again = take(await store.orders.create(expecting('ORD-1'), null))
      assert.equal(again.order.payee, second)
    })

    test('T182: each payee may have a payment with the same id, and it pays one order of that payee', async ({
      store,
    }) => {
      const orders = await openEach(store)
      const results = await Promise.all(
        orders.map((order) => store.orders.record(paying(order, 'imp_1'))),
      )
      const paid = results.map(take)
      assert.deepEqual(
        paid.map(({ status, impUid }) => [status, impUid]),
        paymentIds.map((id) => ['paid', id]),
      )
      for (const { merchantUid } of orders) {
        assert.deepEqual(await kindsOf(store, merchantUid), ['paid'])
      }
      const other = await open(store, 'ORD-other', to(second))
      assert.deepEqual(await store.orders.record(paying(other, 'imp_1')), ok(other))
    })

    test('attempts, cancels, revocations and issues of a payment are those of its payee', async ({
      store,
    }) => {
      const orders = await openEach(store)
      for (const [index, order] of orders.entries()) {
        const offered = payment(order, 'imp_1')
        const { impUid, merchantUid, amount } = offered
        take(await store.orders.recordAttempt(refusing(order, 'imp_1', { amount: 64_901 })))
        const recorded = await store.orderQueries.unacceptedAttempts([{ impUid, merchantUid }])
        assert.deepEqual(recorded, ok([{ impUid, merchantUid, paymentStatus: 'paid' }]))
        const intent = {
          impUid,
          merchantUid,
          balance: amount,
          amount,
          askedBy: 'merchant',
        } as const
        assert.deepEqual(await store.cancels.open(intent), ok(true))
        take(await store.reconciliationIssues.add([{ kind: 'order_unknown', payment: offered }]))
        const closed = take(await store.orders.close(order, [impUid]))
        assert.equal(closed.status, 'cancelled')
        const revoked = take(await store.revocations.ofOrder(merchantUid))
        assert.deepEqual(
          revoked.map((each) => each.impUid),
          [paymentIds[index]],
        )
      }
      const issues = take(await store.reconciliationIssues.list('open', '', 100))
      assert.deepEqual(
        new Set(issues.map(({ id }) => id)),
        new Set(paymentIds.flatMap((id) => [`mismatch_paid:${id}`, `order_unknown:${id}`])),
      )
    })

    test('a payment that was refunded keeps none of another payee from its order', async ({
      store,
    }) => {
      const own = await open(store, 'ORD-1')
      const other = await open(store, 'ORD-2', to(second))
      const refunded = payment(own, 'imp_1', refundFields)
      take(await store.orders.recordAttempt({ order: own, payment: refunded, outcome: 'refunded' }))
      assert.deepEqual(await store.orders.record(paying(own, 'imp_1')), ok(own))
      assert.equal(take(await store.orders.record(paying(other, 'imp_1'))).status, 'paid')
    })
  })
}
