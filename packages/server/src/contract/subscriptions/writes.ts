import { strict as assert } from 'node:assert'
import { ok, type Subscription, type SubscriptionWrite } from '@quayside/core'
import type { StoredSubscription } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { allEvents, eventsOf, money, open, take } from '../samples.ts'
import { attemptOf, charging, create, customerId, event, idOf, readOne } from './samples.ts'

export function writeContract({ describe, test }: Contract): void {
  describe('subscriptions: write()', () => {
    test('writes the subscription, a new attempt, its order and its poll', async ({
      store,
      clock,
      enqueued,
    }) => {
      const created = await create(store, 's', clock)
      clock.advance(1_000)
      const { attempt, ...write } = charging(created, clock.now())
      const written = take(await store.subscriptions.write(created, write))
      const stored: StoredSubscription = {
        subscription: write.subscription,
        customerId,
        name: '구독',
        request: '{"a":1}',
        attempts: [{ ...attempt, impUid: null, paidAt: null }],
        revision: 1,
        dueAt: new Date(attempt.checkAt),
        createdAt: created.createdAt,
        updatedAt: clock.now(),
      }
      assert.deepEqual(written, stored)
      assert.deepEqual(await store.subscriptions.read([idOf('s')]), ok([stored]))
      const { order, name } = take(await store.orders.read(attempt.merchantUid))
      assert.deepEqual(
        { name, amount: order.amount, status: order.status, policy: order.policy },
        {
          name: '구독',
          amount: money(4_950),
          status: 'pending',
          policy: { late: 'deliver', unmatched: 'refund' },
        },
      )
      clock.advance(30_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([attempt.merchantUid]))
      assert.deepEqual(enqueued, ['subscription:s:1'])
    })

    test('T160: a step that was decided on an older state writes nothing, not even its order', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      const first = charging(created, clock.now())
      take(await store.subscriptions.write(created, first))
      const late = charging(created, clock.now(), 2)
      const events = [event('charged', 2, late.attempt.merchantUid), event('recovered', 3)]
      const written = take(await store.subscriptions.write(created, { ...late, events }))
      assert.equal(written, null)
      const order = await store.orders.find(late.attempt.merchantUid)
      assert.equal(order.ok ? null : order.failure.reason, 'order_unknown')
      assert.equal((await allEvents(store)).length, 1)
      // Nor does a repetition of the one that was written.
      const repeated = take(await store.subscriptions.write(created, first))
      assert.equal(repeated, null)
      assert.equal((await readOne(store, 's')).attempts.length, 1)
    })

    test('where the order of an attempt exists, the step is written and has to be read', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      const { attempt, ...write } = charging(created, clock.now())
      const existing = await open(store, attempt.merchantUid)
      take(await store.orders.close(existing, []))
      const { revision } = await readOne(store, 's')
      const current = { ...created, revision }
      assert.deepEqual(await store.subscriptions.write(current, write), ok(null))
      const stored = await readOne(store, 's')
      assert.deepEqual(
        stored.attempts.map(({ merchantUid, orderStatus }) => [merchantUid, orderStatus]),
        [[attempt.merchantUid, 'expired']],
      )
    })

    test('of an unknown subscription writes nothing', async ({ store, clock }) => {
      const created = await create(store, 's', clock)
      const { attempt, ...write } = charging(created, clock.now())
      const unknown = { ...write, subscription: { ...write.subscription, id: idOf('t') } }
      assert.deepEqual(await store.subscriptions.write(created, unknown), ok(null))
      const order = await store.orders.find(attempt.merchantUid)
      assert.equal(order.ok ? null : order.failure.reason, 'order_unknown')
    })

    test('writes several attempts and several events, each with the attempt that it is about', async ({
      store,
      clock,
      enqueued,
    }) => {
      const created = await create(store, 's', clock)
      const first = charging(created, clock.now())
      const charged = take(await store.subscriptions.write(created, first))
      assert.ok(charged)
      const failed = { ...first.attempt, state: 'failed', decline: 'curable' } as const
      const second = attemptOf(charged.subscription, 2, clock.now())
      const write: SubscriptionWrite = {
        subscription: { ...charged.subscription, status: 'past_due', sequence: 4 },
        attempts: [failed, second],
        events: [event('charge_failed', 3, failed.merchantUid), event('past_due', 4)],
      }
      const written = take(await store.subscriptions.write(charged, write))
      assert.deepEqual(written, await readOne(store, 's'))
      assert.deepEqual(
        written?.attempts.map(({ merchantUid, state, decline }) => [merchantUid, state, decline]),
        [
          ['sub-s-1-1', 'failed', 'curable'],
          ['sub-s-1-2', 'open', null],
        ],
      )
      const events = (await eventsOf(store, 's')).map(({ kind, payload }) => {
        const data = JSON.parse(payload)
        return [kind, data.sequence, data.status, data.attempt?.merchant_uid ?? null]
      })
      assert.deepEqual(events, [
        ['subscription.created', 1, 'active', null],
        ['subscription.charge_failed', 3, 'past_due', 'sub-s-1-1'],
        ['subscription.past_due', 4, 'past_due', null],
      ])
      assert.deepEqual(enqueued, ['subscription:s:1', 'subscription:s:3', 'subscription:s:4'])
      assert.equal(take(await store.orders.find(second.merchantUid)).status, 'pending')
    })

    test('attempts of settled periods are read no more, and listed for ever', async ({
      store,
      clock,
    }) => {
      let stored = await create(store, 's', clock)
      for (const number of [1, 2]) {
        const next = take(
          await store.subscriptions.write(stored, charging(stored, clock.now(), number)),
        )
        assert.ok(next)
        const [open_] = next.attempts.filter((each) => each.number === number)
        assert.ok(open_)
        const state = number === 1 ? 'failed' : 'booked'
        const subscription: Subscription = {
          ...next.subscription,
          period: number,
          sequence: next.subscription.sequence + 1,
        }
        const settled = await store.subscriptions.write(next, {
          subscription,
          attempts: [{ ...open_, state, decline: state === 'failed' ? 'refused' : null }],
          events: [],
        })
        const after = take(settled)
        assert.ok(after)
        assert.deepEqual(after, await readOne(store, 's'))
        stored = after
      }
      assert.deepEqual(stored.attempts, [])
      const listed = take(await store.subscriptions.attempts(idOf('s'), null, 10))
      assert.deepEqual(
        listed.map(({ merchantUid, state }) => [merchantUid, state]),
        [
          ['sub-s-1-2', 'booked'],
          ['sub-s-1-1', 'failed'],
        ],
      )
      const page = take(await store.subscriptions.attempts(idOf('s'), null, 1))
      const [last] = page
      assert.ok(last)
      assert.deepEqual(await store.subscriptions.attempts(idOf('s'), last, 10), ok(listed.slice(1)))
      assert.deepEqual(await store.subscriptions.attempts(idOf('x'), null, 10), ok([]))
    })
  })
}
