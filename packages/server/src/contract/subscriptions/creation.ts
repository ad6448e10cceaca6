import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { StoredSubscription } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { allEvents, eventsOf, open, take } from '../samples.ts'
import { create, customerId, event, idOf, readOne, subscriptionOf } from './samples.ts'

export function creationContract({ describe, test }: Contract): void {
  describe('subscriptions: create() and read()', () => {
    test('returns what was created, with its event', async ({ store, clock, enqueued }) => {
      const created = await create(store, 'sub_1', clock)
      const stored: StoredSubscription = {
        subscription: subscriptionOf('sub_1', clock.now()),
        customerId,
        name: '구독',
        request: '{"a":1}',
        attempts: [],
        revision: 0,
        dueAt: clock.now(),
        createdAt: clock.now(),
        updatedAt: clock.now(),
      }
      assert.deepEqual(created, { ...stored, isNew: true })
      assert.deepEqual(await store.subscriptions.read([idOf('sub_1')]), ok([stored]))
      const events = await eventsOf(store, 'sub_1')
      const [written] = events
      assert.ok(written)
      assert.equal(events.length, 1)
      const { payload } = written
      assert.deepEqual(written, {
        payload,
        id: 'subscription:sub_1:1',
        merchantUid: 'sub_1',
        sequence: 1,
        kind: 'subscription.created',
        createdAt: clock.now(),
        dueAt: clock.now(),
        tries: 0,
        failure: null,
        deliveredAt: null,
      })
      assert.deepEqual(JSON.parse(payload), {
        id: 'sub_1',
        customer_id: customerId,
        name: '구독',
        status: 'active',
        reason: null,
        plan: {
          amount: 9_900,
          currency: 'KRW',
          period: { unit: 'month', count: 1 },
          anchor_day: 31,
          hour: 10,
          trial_days: 0,
          first: 'now',
          prorate: false,
          discounts: [{ periods: 3, percent: 50 }],
          periods: null,
          retry: {
            steps: [{ days: 1, hour: 10 }],
            grace_days: 2,
            at_end: 'cancel',
            fallback: true,
          },
        },
        next_plan: null,
        period: 1,
        paid_through: null,
        balance: 0,
        cancel_at: null,
        past_due_at: null,
        next_at: clock.now().toISOString(),
        sequence: 1,
        event_period: 1,
        attempt: null,
      })
      assert.deepEqual(enqueued, ['subscription:sub_1:1'])
    })

    test('one that exists is returned as it is, with another request too', async ({
      store,
      clock,
    }) => {
      await create(store, 'sub_1', clock)
      clock.advance(1_000)
      const write = {
        subscription: subscriptionOf('sub_1', clock.now(), { status: 'trialing' }),
        attempts: [],
        events: [event('created', 1)],
      }
      const again = take(
        await store.subscriptions.create({ customerId: 'b', name: 'b', request: '{}', write }),
      )
      assert.deepEqual(again, { ...(await readOne(store, 'sub_1')), isNew: false })
      assert.equal(again?.customerId, customerId)
      assert.equal((await allEvents(store)).length, 1)
    })

    test('is refused where an order has an id that one of its attempts would get', async ({
      store,
      clock,
    }) => {
      await open(store, 'sub-a-1-1')
      await open(store, 'sub-ab-1-1')
      await open(store, 'sub-b')
      const write = (text: string) => ({
        subscription: subscriptionOf(text, clock.now()),
        attempts: [],
        events: [event('created', 1)],
      })
      for (const [text, isRefused] of [
        ['a', true],
        ['ab', true],
        ['b', false],
        ['A', false],
        ['abc', false],
      ] as const) {
        const created = take(
          await store.subscriptions.create({
            customerId,
            name: 'n',
            request: '{}',
            write: write(text),
          }),
        )
        assert.equal(created === null, isRefused, text)
      }
      assert.equal((await allEvents(store)).length, 3)
    })

    test('unknown ids are left out, and ids differ by case', async ({ store, clock }) => {
      await create(store, 'sub_1', clock)
      const found = take(await store.subscriptions.read([idOf('SUB_1'), idOf('sub_1'), idOf('x')]))
      assert.deepEqual(
        found.map(({ subscription }) => subscription.id),
        ['sub_1'],
      )
      assert.deepEqual(await store.subscriptions.read([]), ok([]))
    })
  })
}
