import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'
import { issuing, merchantUid, open, paying, take } from '../samples.ts'

const leaseMs = 50_000

export function pollScheduleContract({ describe, test }: Contract): void {
  describe('poll schedule', () => {
    test('an order is due thirty seconds after it was created, and leased for fifty', async ({
      store,
      clock,
    }) => {
      await open(store, 'ORD-1')
      clock.advance(1_000)
      await open(store, 'ORD-2')
      clock.advance(28_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1_001)
      assert.deepEqual(await store.pollSchedule.claim(1), ok(['ORD-1']))
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-2']))
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(take(await store.pollSchedule.claim(10)).toSorted(), ['ORD-1', 'ORD-2'])
    })

    test('plan() moves orders and removes them, and may be repeated', async ({ store, clock }) => {
      const ids = ['ORD-1', 'ORD-2', 'ORD-3'].map(merchantUid)
      const [moved, removed, twice] = ids
      assert.ok(moved && removed && twice)
      for (const id of ids) await open(store, id)
      const after = (ms: number) => new Date(clock.now().getTime() + ms)
      for (let calls = 0; calls < 2; calls++) {
        const planned = await store.pollSchedule.plan([
          { merchantUid: moved, dueAt: after(100_000) },
          { merchantUid: removed, dueAt: null },
          { merchantUid: twice, dueAt: after(500_000) },
          { merchantUid: twice, dueAt: after(200_000) },
        ])
        assert.deepEqual(planned, ok(null))
      }
      assert.deepEqual(await store.pollSchedule.plan([]), ok(null))
      clock.advance(99_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([moved]))
      await store.pollSchedule.plan([{ merchantUid: moved, dueAt: null }])
      clock.advance(100_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([twice]))
      // Creating an order that exists plans no poll.
      await open(store, removed)
      clock.advance(1_000_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([twice]))
    })

    test('an order that was polled no more is polled again once it has an account', async ({
      store,
      clock,
    }) => {
      const order = await open(store, 'ORD-1')
      await store.pollSchedule.plan([{ merchantUid: order.merchantUid, dueAt: null }])
      clock.advance(1_000_000)
      for (let calls = 0; calls < 2; calls++)
        take(await store.orders.record(issuing(order, 'imp_1')))
      clock.advance(29_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-1']))
    })

    test('an account moves no poll that is planned, and none is planned by what was not written', async ({
      store,
      clock,
    }) => {
      const [planned, paid] = [await open(store, 'ORD-1'), await open(store, 'ORD-2')]
      await store.pollSchedule.plan([
        { merchantUid: planned.merchantUid, dueAt: new Date(clock.now().getTime() + 200_000) },
        { merchantUid: paid.merchantUid, dueAt: null },
      ])
      take(await store.orders.record(issuing(planned, 'imp_1')))
      take(await store.orders.record(paying(paid, 'imp_2')))
      const first = take(await store.orders.find(paid.merchantUid))
      assert.deepEqual(await store.orders.record(issuing(paid, 'imp_3')), ok(first))
      clock.advance(199_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1_000_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-1']))
    })
  })
}
