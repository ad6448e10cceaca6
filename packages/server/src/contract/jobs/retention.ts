import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'
import { issuing, open, paying, refunding, refusing, take, unacceptedOf } from '../samples.ts'

export function retentionContract({ describe, test }: Contract): void {
  describe('retention', () => {
    test('deletes events that were delivered before an instant, the oldest first', async ({
      store,
      clock,
    }) => {
      for (const id of ['ORD-1', 'ORD-2', 'ORD-3', 'ORD-4']) {
        take(await store.orders.record(issuing(await open(store, id), `imp_${id}`)))
      }
      const events = take(await store.outbox.claim(3))
      for (const event of events) {
        take(await store.outbox.settle([{ event, result: { kind: 'delivered' } }]))
        clock.advance(1_000)
      }
      const ids = events.map(({ id }) => id)
      const before = new Date(clock.now().getTime() - 1_000)
      const { retention } = store
      assert.deepEqual(await retention.deleteDeliveredEvents(before, 1), ok(1))
      const left = take(await store.outbox.list('delivered', '', 10))
      assert.deepEqual(new Set(left.map(({ id }) => id)), new Set(ids.slice(1)))
      assert.deepEqual(await retention.deleteDeliveredEvents(before, 10), ok(1))
      assert.deepEqual(await retention.deleteDeliveredEvents(before, 10), ok(0))
      assert.equal(take(await store.outbox.list('delivered', '', 10)).length, 1)
      assert.equal(take(await store.outbox.list('pending', '', 10)).length, 1)
    })

    test('deletes refusals that were recorded before an instant, and no other evidence', async ({
      store,
      clock,
    }) => {
      const order = await open(store, 'ORD-1')
      take(await store.orders.recordAttempt(refusing(order, 'imp_1')))
      take(await store.orders.recordAttempt(refunding(order, 'imp_2')))
      clock.advance(1_000)
      take(await store.orders.recordAttempt(refusing(order, 'imp_3')))
      const { retention } = store
      assert.deepEqual(await retention.deleteRefusals(clock.now(), 10), ok(1))
      assert.deepEqual(await retention.deleteRefusals(clock.now(), 10), ok(0))
      const left = await unacceptedOf(store, 'ORD-1', ['imp_1', 'imp_2', 'imp_3'])
      assert.deepEqual(left, ['imp_2', 'imp_3'])
      assert.deepEqual(await store.orders.record(paying(order, 'imp_2')), ok(order))
    })
  })
}
