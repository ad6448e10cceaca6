import { strict as assert } from 'node:assert'
import type { EscrowChange } from '@quayside/core'
import { maxEscrowEvents, presentEscrowChange, type Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { eventsOf, impUid, merchantUid, open, paying, take } from '../samples.ts'

const refused: EscrowChange = {
  impUid: impUid('imp_1'),
  merchantUid: merchantUid('ORD-1.2'),
  status: 'refused',
  changedAt: new Date('2026-11-28T02:00:00Z'),
  deniedReason: '단순 변심',
}

async function openPaid(store: Store) {
  return take(await store.orders.record(paying(await open(store, 'ORD-1.2'), 'imp_1')))
}

export function escrowContract({ describe, test }: Contract): void {
  describe('orders: recordEscrowChange()', () => {
    test('writes the event of a change once, with the raised sequence of its order', async ({
      store,
    }) => {
      const paid = await openPaid(store)
      const counted = { ...paid, sequence: paid.sequence + 1 }
      const written = take(await store.orders.recordEscrowChange(paid, refused))
      assert.deepEqual(written, { isNew: true, order: counted })
      const again = take(await store.orders.recordEscrowChange(counted, refused))
      assert.deepEqual(again, { isNew: false, order: counted })
      const [, event, ...more] = await eventsOf(store, 'ORD-1.2')
      assert.deepEqual(
        [event?.id, event?.kind, event?.sequence, more],
        ['ORD-1~2:escrow:refused:1795831200000', 'order.escrow_changed', counted.sequence, []],
      )
      assert.deepEqual(JSON.parse(event?.payload ?? ''), presentEscrowChange(counted, refused))
    })

    test('writes nothing on an order that changed since it was read', async ({ store }) => {
      const paid = await openPaid(store)
      const opened = { ...paid, sequence: paid.sequence - 1 }
      const recorded = take(await store.orders.recordEscrowChange(opened, refused))
      assert.deepEqual(recorded, { isNew: false, order: paid })
      assert.equal((await eventsOf(store, 'ORD-1.2')).length, 1)
    })

    test('T191: of callers at the same time one writes the event', async ({ store, instances }) => {
      const paid = await openPaid(store)
      const recorded = await Promise.all(
        instances.map((each) => each.orders.recordEscrowChange(paid, refused)),
      )
      const fresh = recorded.filter((each) => take(each).isNew)
      assert.deepEqual([fresh.length, (await eventsOf(store, 'ORD-1.2')).length], [1, 2])
    })

    test('T191: the events of one order have a bound', async ({ store }) => {
      let order = await openPaid(store)
      for (let day = 0; day < maxEscrowEvents + 3; day++) {
        const change = { ...refused, changedAt: new Date(day * 86_400_000) }
        const recorded = take(await store.orders.recordEscrowChange(order, change))
        assert.equal(recorded.isNew, day < maxEscrowEvents)
        order = recorded.order
      }
      assert.equal((await eventsOf(store, 'ORD-1.2')).length, 1 + maxEscrowEvents)
    })
  })
}
