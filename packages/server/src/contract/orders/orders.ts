import { strict as assert } from 'node:assert'
import { applyChange, type Change, fail, ok, openOrder } from '@quayside/core'
import { noShares, presentOrder } from '../../index.ts'
import type { Contract } from '../runner.ts'
import {
  eventsOf,
  expecting,
  impUid,
  issuing,
  kindsOf,
  money,
  open,
  paying,
  payment,
  refundFields,
  take,
} from '../samples.ts'

export function ordersContract({ describe, test }: Contract): void {
  describe('orders: creating and reading', () => {
    test('an order is read as it was created', async ({ store, clock }) => {
      const expected = expecting('ORD-1', {
        amount: money(14.2, 'USD'),
        allowances: ['naverco_delivery_fee', 'card_promotion'],
        policy: { late: 'deliver', unmatched: 'refund' },
        channel: { pgProvider: 'paypal_v2', payMethods: ['card', 'point'] },
      })
      const at = clock.now()
      const created = take(await store.orders.create(expected, '주문 1'))
      const { order } = created
      assert.deepEqual(created, {
        order,
        name: '주문 1',
        payMethod: null,
        preparedAt: null,
        createdAt: at,
        updatedAt: at,
        shares: noShares,
        naverProducts: null,
        isNew: true,
      })
      assert.deepEqual(order, openOrder({ ...expected, createdAt: at }))
      const { isNew: _, ...stored } = created
      assert.deepEqual(await store.orders.read(order.merchantUid), ok(stored))
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
    })

    test('the tax shares of an order are read as they were created, 0 other than none', async ({
      store,
    }) => {
      for (const [id, shares] of [
        ['ORD-1', { taxFree: money(20_000), vat: money(0) }],
        ['ORD-2', { taxFree: money(0), vat: null }],
        ['ORD-3', { taxFree: null, vat: money(5_900) }],
      ] as const) {
        const created = take(await store.orders.create(expecting(id), null, shares))
        assert.deepEqual(created.shares, shares)
        await store.orders.record(paying(created.order, `imp_${id}`))
        assert.deepEqual(take(await store.orders.read(created.order.merchantUid)).shares, shares)
        const again = take(await store.orders.create(expecting(id), null, noShares))
        assert.deepEqual(again.shares, shares)
      }
    })

    test('T239: the product lines of an order are read as they were created, whatever is paid or created over it', async ({
      store,
    }) => {
      const line = (at: number) => ({
        categoryType: 'BOOK',
        categoryId: 'GENERAL',
        uid: `b-${at}`,
        name: `"책" ${at} \u2028 \\ 😀`,
        count: at + 1,
      })
      for (const count of [1, 50]) {
        const id = `ORD-${count}`
        const lines = Array.from({ length: count }, (_, at) => line(at))
        const created = take(await store.orders.create(expecting(id), null, noShares, lines))
        assert.deepEqual(created.naverProducts, lines)
        await store.orders.record(paying(created.order, `imp_${id}`))
        const others = [line(99)]
        const again = take(await store.orders.create(expecting(id), null, noShares, others))
        assert.deepEqual([again.isNew, again.naverProducts], [false, lines])
        const read = take(await store.orders.read(created.order.merchantUid))
        assert.deepEqual(read.naverProducts, lines)
      }
    })

    test('an order that exists stays as it is, whatever is created over it', async ({ store }) => {
      const first = take(await store.orders.create(expecting('ORD-1'), 'first'))
      await store.orders.record(paying(first.order, 'imp_1'))
      const before = take(await store.orders.read(first.order.merchantUid))
      const again = await store.orders.create(expecting('ORD-1', { amount: money(1) }), 'second')
      assert.deepEqual(again, ok({ ...before, isNew: false }))
    })

    test('an unknown order is order_unknown to every operation', async ({ store }) => {
      const order = openOrder(expecting('ORD-never'))
      const id = order.merchantUid
      const unknown = fail({ reason: 'order_unknown', merchantUid: id })
      const late = { order, payment: payment(order, 'imp_1'), outcome: 'late_paid' } as const
      assert.deepEqual(await store.orders.find(id), unknown)
      assert.deepEqual(await store.orders.read(id), unknown)
      assert.deepEqual(await store.orders.record(paying(order, 'imp_1')), unknown)
      assert.deepEqual(await store.orders.recordAttempt(late), unknown)
      assert.deepEqual(await store.orders.close(order, [impUid('imp_1')]), unknown)
      assert.deepEqual(await store.orders.expire(order), unknown)
      assert.deepEqual(await store.orders.markPrepared(id), ok(null))
      assert.deepEqual(await eventsOf(store, id), [])
      assert.deepEqual(await store.revocations.ofOrder(id), ok([]))
    })

    test('markPrepared() keeps the first time', async ({ store, clock }) => {
      const { merchantUid: id } = await open(store, 'ORD-1')
      const at = clock.now()
      assert.deepEqual(await store.orders.markPrepared(id), ok(null))
      clock.advance(1_000)
      assert.deepEqual(await store.orders.markPrepared(id), ok(null))
      assert.deepEqual(take(await store.orders.read(id)).preparedAt, at)
    })
  })

  describe('orders: record()', () => {
    test('writes the order after the change, with its event and when', async ({
      store,
      clock,
      enqueued,
    }) => {
      const order = await open(store, 'ORD.1')
      clock.advance(5_000)
      const change = issuing(order, 'imp_1')
      const changed = applyChange(change)
      assert.deepEqual(await store.orders.record(change), ok(changed))
      const stored = take(await store.orders.read(order.merchantUid))
      assert.deepEqual(
        [stored.order, stored.payMethod, stored.updatedAt],
        [changed, 'vbank', clock.now()],
      )
      const [event, ...more] = await eventsOf(store, 'ORD.1')
      assert.ok(event)
      const { id, payload, ...fields } = event
      assert.deepEqual(fields, {
        merchantUid: 'ORD.1',
        sequence: 1,
        kind: 'vbank_issued',
        createdAt: clock.now(),
        dueAt: clock.now(),
        tries: 0,
        failure: null,
        deliveredAt: null,
      })
      assert.deepEqual(JSON.parse(payload), presentOrder(changed))
      // The signature of an event puts a full stop after its id.
      assert.equal(id.includes('.'), false)
      assert.deepEqual([more, enqueued], [[], [id]])
    })

    test('records a failure, a payment and both kinds of cancel of an order', async ({ store }) => {
      let order = await open(store, 'ORD-1')
      const steps = [
        ['failed', { status: 'failed', paid_at: 0, fail_reason: "'; DROP TABLE orders; -- 한도" }],
        ['paid', { receipt_url: 'https://pg.example/?a=1&b=2' }],
        ['partially_cancelled', { status: 'cancelled', cancel_amount: 900, cancelled_at: 1 }],
        ['cancelled', refundFields],
      ] as const
      for (const [to, fields] of steps) {
        const change: Change = { order, payment: payment(order, 'imp_1', fields), to }
        order = applyChange(change)
        assert.deepEqual(await store.orders.record(change), ok(order))
      }
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
      assert.deepEqual(
        await kindsOf(store, 'ORD-1'),
        steps.map(([to]) => to),
      )
    })

    test('what was paid is stored beside what was expected', async ({ store }) => {
      const order = await open(store, 'ORD-1', { allowances: ['naverco_delivery_fee'] })
      const fields = { amount: 67_900, pg_provider: 'naverco' }
      const change: Change = { order, payment: payment(order, 'imp_1', fields), to: 'paid' }
      const paid = take(await store.orders.record(change))
      assert.deepEqual([paid.amount, paid.paid], [money(64_900), money(67_900)])
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(paid))
    })

    test('a repeated change is written once and returns the same order', async ({
      store,
      enqueued,
    }) => {
      const change = paying(await open(store, 'ORD-1'), 'imp_1')
      const changed = ok(applyChange(change))
      assert.deepEqual(await store.orders.record(change), changed)
      assert.deepEqual(await store.orders.record(change), changed)
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['paid'])
      assert.equal(enqueued.length, 1)
    })

    test('returns the current order when another writer was first', async ({ store }) => {
      const order = await open(store, 'ORD-1')
      const first = ok(applyChange(paying(order, 'imp_1')))
      await store.orders.record(paying(order, 'imp_1'))
      const fields = { status: 'failed', paid_at: 0 }
      const late: Change = { order, payment: payment(order, 'imp_2', fields), to: 'failed' }
      assert.deepEqual(await store.orders.record(late), first)
      assert.deepEqual(await store.orders.find(order.merchantUid), first)
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['paid'])
    })

    test('a payment of one order cannot pay another, and writes nothing there', async ({
      store,
    }) => {
      const first = await open(store, 'ORD-1')
      const second = await open(store, 'ORD-2')
      await store.orders.record(paying(first, 'imp_1'))
      assert.deepEqual(await store.orders.record(paying(second, 'imp_1')), ok(second))
      assert.deepEqual(await store.orders.find(second.merchantUid), ok(second))
      assert.deepEqual(await kindsOf(store, 'ORD-2'), [])
    })
  })
}
