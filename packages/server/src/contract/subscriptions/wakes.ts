import { strict as assert } from 'node:assert'
import { ok, type SubscriptionWrite, toAttemptId } from '@quayside/core'
import { create as createKey, register } from '../billing-keys/samples.ts'
import type { Contract } from '../runner.ts'
import { open, paying, take } from '../samples.ts'
import { charging, create, customerId, event, idOf, readOne } from './samples.ts'

const leaseMs = 50_000

export function wakeContract({ describe, test }: Contract): void {
  describe('subscriptions: claim() and wake', () => {
    test('those that are due are leased, the longest overdue first', async ({ store, clock }) => {
      await create(store, 'later', clock, { dueAt: clock.now().getTime() + 2_000 })
      await create(store, 'never', clock, { dueAt: null })
      await create(store, 'first', clock)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['first']))
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      clock.advance(2_000)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['later']))
      clock.advance(leaseMs - 2_000)
      assert.deepEqual(await store.subscriptions.claim(1), ok(['first']))
      clock.advance(2_000)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['later']))
    })

    test('T231: those that are due are counted up to a number, and those that are leased are not', async ({
      store,
      clock,
    }) => {
      assert.deepEqual(await store.subscriptions.countDue(10), ok(0))
      await create(store, 'later', clock, { dueAt: clock.now().getTime() + 1 })
      await create(store, 'never', clock, { dueAt: null })
      for (const text of ['a', 'b', 'c']) await create(store, text, clock)
      assert.deepEqual(await store.subscriptions.countDue(10), ok(3))
      assert.deepEqual(await store.subscriptions.countDue(2), ok(2))
      take(await store.subscriptions.claim(1))
      assert.deepEqual(await store.subscriptions.countDue(10), ok(2))
      clock.advance(leaseMs)
      assert.deepEqual(await store.subscriptions.countDue(10), ok(4))
    })

    test('wake() makes one due that is leased or waits for nothing, and undoes what was decided before it', async ({
      store,
      clock,
    }) => {
      const ended = await create(store, 'ended', clock, { dueAt: null, status: 'ended' })
      await create(store, 'leased', clock)
      take(await store.subscriptions.claim(10))
      const ids = ['leased', 'ended', 'unknown'].map(idOf)
      assert.deepEqual(await store.subscriptions.wake(ids), ok(null))
      assert.deepEqual(await store.subscriptions.wake([]), ok(null))
      assert.deepEqual(take(await store.subscriptions.claim(10)).toSorted(), ['ended', 'leased'])
      const wait = { subscription: ended.subscription, attempts: [], events: [] }
      assert.deepEqual(await store.subscriptions.write(ended, wait), ok(null))
      const again = take(await store.subscriptions.write(await readOne(store, 'ended'), wait))
      assert.deepEqual(again, await readOne(store, 'ended'))
      assert.equal(again?.dueAt, null)
    })

    test('a billing key wakes the subscriptions of its customer, compared byte by byte, when it is registered, preferred or given up', async ({
      store,
      clock,
    }) => {
      const stored = await create(store, 'a', clock, { dueAt: null, status: 'past_due' })
      await create(store, 'cancelled', clock, { dueAt: null, status: 'cancelled' })
      await create(store, 'ended', clock, { dueAt: null, status: 'ended' })
      await register(store, await createKey(store, 'other', { customerId: '고객/42' }))
      take(await store.billingKeys.prefer('고객/42', 'test', []))
      const pending = await createKey(store, 'own', { customerId })
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      const key = await register(store, pending)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['a']))
      take(await store.billingKeys.prefer(customerId, 'test', [key.customerUid]))
      assert.deepEqual(await store.subscriptions.claim(10), ok(['a']))
      take(await store.billingKeys.change(key, { state: 'deleting' }, null))
      assert.deepEqual(await store.subscriptions.claim(10), ok(['a']))
      // Decided before the key was given up: nothing is written.
      const wait = { subscription: stored.subscription, attempts: [], events: [] }
      assert.deepEqual(await store.subscriptions.write(stored, wait), ok(null))
    })

    test('T161: an order of an attempt that changes wakes its subscription, and is read with it again', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock, { dueAt: null })
      const { attempt, ...write } = charging(created, clock.now())
      const charged = take(await store.subscriptions.write(created, write))
      assert.ok(charged)
      const order = take(await store.orders.find(attempt.merchantUid))
      const paid = take(await store.orders.record(paying(order, 'imp_1')))
      assert.equal(paid.status, 'paid')
      assert.deepEqual(await store.subscriptions.claim(10), ok(['s']))
      // Decided before the order changed: nothing is written.
      assert.deepEqual(await store.subscriptions.write(charged, write), ok(null))
      const woken = await readOne(store, 's')
      assert.deepEqual(
        woken.attempts.map(({ orderStatus, impUid, paidAt }) => [orderStatus, impUid, paidAt]),
        [['paid', 'imp_1', paid.paidAt]],
      )
      const booked: SubscriptionWrite = {
        subscription: { ...woken.subscription, period: 2, dueAt: null, sequence: 9 },
        attempts: [{ ...attempt, state: 'booked' }],
        events: [event('charged', 9, attempt.merchantUid)],
      }
      const settled = take(await store.subscriptions.write(woken, booked))
      assert.deepEqual(settled?.attempts, [])
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      const closing = await store.orders.create(
        {
          ...order,
          merchantUid: toAttemptId({ subscriptionId: idOf('s'), period: 2, attempt: 1 }),
        },
        null,
      )
      take(await store.orders.close(take(closing).order, []))
      assert.deepEqual(await store.subscriptions.claim(10), ok(['s']))
    })

    test('an attempt whose order was closed unpaid is told apart from a refunded one', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      const { attempt, ...write } = charging(created, clock.now())
      take(await store.subscriptions.write(created, write))
      take(await store.orders.close(take(await store.orders.find(attempt.merchantUid)), []))
      const [closed] = (await readOne(store, 's')).attempts
      assert.deepEqual([closed?.orderStatus, closed?.impUid], ['expired', null])
    })

    test('an order of any other id wakes nothing', async ({ store, clock }) => {
      await create(store, 'ORD-1', clock, { dueAt: null })
      await create(store, '1', clock, { dueAt: null })
      take(await store.orders.record(paying(await open(store, 'ORD-1'), 'imp_1')))
      take(await store.orders.record(paying(await open(store, 'sub-2-1-1'), 'imp_2')))
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
    })
  })
}
