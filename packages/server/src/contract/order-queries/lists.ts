import { strict as assert } from 'node:assert'
import { applyChange } from '@quayside/core'
import {
  maxScannedPerOrder,
  type OrderPage,
  type OrderPosition,
  type OrderSelection,
  type Store,
} from '../../index.ts'
import { type Contract, onInstances } from '../runner.ts'
import { issuing, merchantUid, open, payment, take } from '../samples.ts'

const created: OrderSelection = { by: 'created', from: null, to: null, status: null }

export function orderListsContract({ describe, test }: Contract): void {
  const listed = async (store: Store, selection: OrderSelection, count = 100) => {
    const { orders, next } = take(await store.orderQueries.list(selection, null, count))
    return { ids: orders.map(({ order }) => order.merchantUid as string), next }
  }
  /** Reads all pages, and checks that none is larger than what was asked for. */
  const allPages = async (
    store: Store,
    selection: OrderSelection,
    count: number,
    beforeNext: () => Promise<void> = async () => undefined,
  ) => {
    const ids: string[] = []
    let after: OrderPosition | null = null
    for (let pages = 1; ; pages++) {
      const page: OrderPage = take(await store.orderQueries.list(selection, after, count))
      assert.ok(page.orders.length <= count)
      ids.push(...page.orders.map(({ order }) => order.merchantUid))
      if (page.next === null) return { ids, pages }
      after = page.next
      await beforeNext()
    }
  }
  const pay = async (store: Store, id: string, paidAt: number) => {
    const order = take(await store.orders.find(merchantUid(id)))
    const paid = payment(order, `imp_${id}`, { paid_at: paidAt })
    return take(await store.orders.record({ order, payment: paid, to: 'paid' }))
  }

  describe('lists of orders', () => {
    test('list() returns orders by their creation, newest first, as read() does', async ({
      store,
      clock,
    }) => {
      const empty = await store.orderQueries.list(created, null, 10)
      assert.deepEqual(take(empty), { orders: [], next: null })
      for (const id of ['ORD-1', 'ORD-3', 'ORD-2']) {
        await open(store, id)
        clock.advance(1)
      }
      await pay(store, 'ORD-3', 1_795_316_400)
      const { orders, next } = take(await store.orderQueries.list(created, null, 10))
      assert.equal(next, null)
      const ids = ['ORD-2', 'ORD-3', 'ORD-1'].map(merchantUid)
      assert.deepEqual(
        orders,
        await Promise.all(ids.map(async (id) => take(await store.orders.read(id)))),
      )
    })

    test('a span has its first instant and not its last', async ({ store, clock }) => {
      const times: Date[] = []
      for (const id of ['ORD-1', 'ORD-2', 'ORD-3']) {
        times.push(clock.now())
        await open(store, id)
        clock.advance(1)
      }
      const [first = null, second = null, third = null] = times
      const within = async (from: Date | null, to: Date | null) =>
        (await listed(store, { by: 'created', from, to, status: null })).ids
      assert.deepEqual(await within(first, second), ['ORD-1'])
      assert.deepEqual(await within(second, null), ['ORD-3', 'ORD-2'])
      assert.deepEqual(await within(null, third), ['ORD-2', 'ORD-1'])
      assert.deepEqual(await within(third, first), [])
      // A place outside the span is no way out of it.
      const after = { at: third?.getTime() ?? 0, merchantUid: 'ORD-3' }
      const span = { by: 'created', from: first, to: second, status: null } as const
      const page = take(await store.orderQueries.list(span, after, 10))
      assert.deepEqual(
        page.orders.map(({ order }) => order.merchantUid),
        ['ORD-1'],
      )
    })

    test('pages have every order once: created in one millisecond, and while others are created', async ({
      store,
      instances,
      clock,
    }) => {
      const idOf = (i: number) => `ORD-${String(i).padStart(3, '0')}`
      await onInstances(instances, 40, (i, instance) => open(instance, idOf(i)))
      clock.advance(1)
      await open(store, 'ORD-new')
      let added = 0
      const { ids } = await allPages(store, created, 7, async () => {
        await open(store, `ORD-later-${added++}`)
        await pay(store, idOf(added), 1_795_316_400 + added)
      })
      const expected = Array.from({ length: 40 }, (_, i) => idOf(39 - i))
      assert.deepEqual(ids, ['ORD-new', ...expected.filter((id) => ids.includes(id))])
      assert.deepEqual(ids.slice(1).toSorted(), expected.toSorted())
    })

    test('paid orders come by the time of payment, refunded ones too, unpaid ones never', async ({
      store,
    }) => {
      for (const id of ['ORD-1', 'ORD-2', 'ORD-3', 'ORD-4']) await open(store, id)
      const start = 1_795_316_400
      await pay(store, 'ORD-1', start + 2)
      const second = await pay(store, 'ORD-2', start + 1)
      await pay(store, 'ORD-3', start + 2)
      const refund = payment(second, 'imp_ORD-2', {
        status: 'cancelled',
        paid_at: start + 1,
        cancel_amount: 64_900,
        cancelled_at: start + 9,
      })
      await store.orders.record({ order: second, payment: refund, to: 'cancelled' })
      const paid: OrderSelection = { by: 'paid', from: null, to: null, status: null }
      assert.deepEqual((await listed(store, paid)).ids, ['ORD-3', 'ORD-1', 'ORD-2'])
      assert.deepEqual((await allPages(store, paid, 1)).ids, ['ORD-3', 'ORD-1', 'ORD-2'])
      const at = (seconds: number) => new Date((start + seconds) * 1_000)
      const span = { by: 'paid', from: at(1), to: at(2), status: null } as const
      assert.deepEqual((await listed(store, span)).ids, ['ORD-2'])
      const refunded = { ...paid, status: 'cancelled' } as const
      assert.deepEqual((await listed(store, refunded)).ids, ['ORD-2'])
    })

    test('a prefix finds the ids that begin with it, letter by letter as they are written', async ({
      store,
    }) => {
      const ids = ['A', 'A-1', 'A-1.5', 'A-2', 'A.1', 'AZ', 'Az', 'B', 'a-1']
      for (const id of ids) await open(store, id)
      const begin = async (prefix: string) =>
        (await allPages(store, { by: 'id', prefix, status: null }, 2)).ids
      assert.deepEqual(await begin('A'), ['A', 'A-1', 'A-1.5', 'A-2', 'A.1', 'AZ', 'Az'])
      assert.deepEqual(await begin('A-1'), ['A-1', 'A-1.5'])
      assert.deepEqual(await begin('Az'), ['Az'])
      assert.deepEqual(await begin('z'), [])
      // Neither of these is a wildcard.
      await open(store, 'A_2')
      assert.deepEqual(await begin('A_'), ['A_2'])
    })

    test('a status leaves its orders; a page looks at a bounded number and says where to go on', async ({
      store,
      instances,
      clock,
    }) => {
      const idOf = (i: number) => `ORD-${String(i).padStart(3, '0')}`
      await open(store, 'ORD-account')
      const order = take(await store.orders.find(merchantUid('ORD-account')))
      assert.equal(applyChange(issuing(order, 'imp_a')).status, 'vbank_issued')
      take(await store.orders.record(issuing(order, 'imp_a')))
      clock.advance(1)
      const count = 2 * maxScannedPerOrder
      await onInstances(instances, count, (i, instance) => open(instance, idOf(i)))
      const waiting = { ...created, status: 'vbank_issued' } as const
      const first = await listed(store, waiting, 1)
      assert.deepEqual(first.ids, [])
      assert.ok(first.next)
      assert.deepEqual(await allPages(store, waiting, 1), { ids: ['ORD-account'], pages: 4 })
      assert.deepEqual(await allPages(store, waiting, 100), { ids: ['ORD-account'], pages: 1 })
      const open100 = await allPages(store, { ...created, status: 'pending' }, 3)
      assert.deepEqual(
        open100.ids,
        Array.from({ length: count }, (_, i) => idOf(count - 1 - i)),
      )
      const byId = { by: 'id', prefix: 'ORD-', status: 'vbank_issued' } as const
      assert.deepEqual((await allPages(store, byId, 1)).ids, ['ORD-account'])
    })
  })
}
