import { strict as assert } from 'node:assert'
import { applyChange, type Change, fail, type Order, ok, openOrder } from '@quayside/core'
import { presentOrder, type Store } from '../index.ts'
import type { Contract } from './runner.ts'
import {
  accountFields,
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
  refunding,
  take,
} from './samples.ts'

export function ordersContract({ describe, test }: Contract): void {
  describe('orders: creating and reading', () => {
    test('an order is read as it was created', async ({ store, clock }) => {
      const expected = expecting('ORD-1', {
        amount: money(14.2, 'USD'),
        allowances: ['naverco_delivery_fee', 'card_promotion'],
        policy: { late: 'deliver', unmatched: 'refund' },
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
        isNew: true,
      })
      assert.deepEqual(order, openOrder({ ...expected, createdAt: at }))
      const { isNew: _, ...stored } = created
      assert.deepEqual(await store.orders.read(order.merchantUid), ok(stored))
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
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

  describe('orders: close() and expire()', () => {
    const issue = async (context: { readonly store: Parameters<typeof open>[0] }, id: string) => {
      const order = await open(context.store, id)
      return take(await context.store.orders.record(issuing(order, `imp_${id}`)))
    }

    test('close() cancels an unpaid order once, and revokes its accounts', async (context) => {
      const { store, clock, enqueued } = context
      const issued = await issue(context, 'ORD-1')
      clock.advance(1_000)
      const fields = { status: 'cancelled', impUid: null, failReason: null, sequence: 2 } as const
      const closed: Order = { ...issued, ...fields }
      const account = impUid('imp_ORD-1')
      assert.deepEqual(await store.orders.close(issued, [account]), ok(closed))
      assert.deepEqual(await store.orders.close(issued, [account]), ok(closed))
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['vbank_issued', 'cancelled'])
      assert.deepEqual(
        await store.revocations.ofOrder(closed.merchantUid),
        ok([
          {
            impUid: account,
            merchantUid: closed.merchantUid,
            state: 'requested',
            detail: null,
            requestedAt: clock.now(),
            settledAt: null,
          },
        ]),
      )
      assert.equal(enqueued.length, 2)
    })

    test('close() leaves an order alone that was paid meanwhile', async (context) => {
      const { store } = context
      const issued = await issue(context, 'ORD-1')
      const paid = take(await store.orders.record(paying(issued, 'imp_ORD-1')))
      const account = impUid('imp_ORD-1')
      assert.deepEqual(await store.orders.close(issued, [account]), ok(paid))
      assert.deepEqual(await store.orders.close(paid, [account]), ok(paid))
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['vbank_issued', 'paid'])
      assert.deepEqual(await store.revocations.ofOrder(paid.merchantUid), ok([]))
    })

    test('expire() keeps the payment of the order, and revokes its account', async (context) => {
      const { store } = context
      const issued = await issue(context, 'ORD-1')
      const expired: Order = { ...issued, status: 'expired', sequence: 2 }
      assert.deepEqual(await store.orders.expire(issued), ok(expired))
      assert.deepEqual(await store.orders.expire(issued), ok(expired))
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['vbank_issued', 'expired'])
      const revocations = take(await store.revocations.ofOrder(expired.merchantUid))
      assert.deepEqual(
        revocations.map((each) => each.impUid),
        ['imp_ORD-1'],
      )
      const fields = { status: 'cancelled', impUid: null, sequence: 3 } as const
      assert.deepEqual(
        await store.orders.close(expired, [impUid('imp_ORD-1')]),
        ok({ ...expired, ...fields }),
      )
      assert.equal(take(await store.revocations.ofOrder(expired.merchantUid)).length, 1)
    })

    test('expire() revokes nothing where late money is delivered', async ({ store }) => {
      const policy = { late: 'deliver', unmatched: 'report' } as const
      const order = await open(store, 'ORD-1', { policy })
      const issued = take(await store.orders.record(issuing(order, 'imp_1')))
      const expired: Order = { ...issued, status: 'expired', sequence: 2 }
      assert.deepEqual(await store.orders.expire(issued), ok(expired))
      assert.deepEqual(await store.revocations.ofOrder(order.merchantUid), ok([]))
    })

    test('expire() leaves an order alone that is paid or has no account', async (context) => {
      const { store } = context
      const fresh = await open(store, 'ORD-2')
      assert.deepEqual(await store.orders.expire(fresh), ok(fresh))
      const issued = await issue(context, 'ORD-1')
      const paid = take(await store.orders.record(paying(issued, 'imp_ORD-1')))
      assert.deepEqual(await store.orders.expire(issued), ok(paid))
      assert.deepEqual(await kindsOf(store, 'ORD-1'), ['vbank_issued', 'paid'])
    })

    test('expire() revokes every account that is open, and none that is closed', async ({
      store,
    }) => {
      const order = await issueThree(store)
      const expired: Order = { ...order, status: 'expired', sequence: 5 }
      assert.deepEqual(await store.orders.expire(order), ok(expired))
      const revocations = take(await store.revocations.ofOrder(order.merchantUid))
      assert.deepEqual(
        revocations.map((each) => each.impUid),
        ['imp_a', 'imp_b'],
      )
    })
  })

  describe('orders: several accounts', () => {
    test('every account is stored, also a closed one, and which is shown', async ({ store }) => {
      const order = await issueThree(store)
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
      assert.deepEqual(
        [order.impUid, order.accounts.map(({ impUid: uid, isClosed }) => [uid, isClosed])],
        [
          'imp_b',
          [
            ['imp_c', true],
            ['imp_a', false],
            ['imp_b', false],
          ],
        ],
      )
    })

    test('a payment revokes the accounts beside it, in its transaction and once', async ({
      store,
      clock,
    }) => {
      const order = await issueThree(store)
      const change = paying(order, 'imp_a')
      const paid = ok(applyChange(change))
      assert.deepEqual(await store.orders.record(change), paid)
      assert.deepEqual(await store.orders.record(change), paid)
      assert.deepEqual(
        await store.revocations.ofOrder(order.merchantUid),
        ok([
          {
            impUid: 'imp_b',
            merchantUid: order.merchantUid,
            state: 'requested',
            detail: null,
            requestedAt: clock.now(),
            settledAt: null,
          },
        ]),
      )
    })

    test('a payment that came too late for the sequence revokes nothing', async ({ store }) => {
      const order = await issueThree(store)
      const stale = { ...order, sequence: order.sequence - 1 }
      assert.deepEqual(await store.orders.record(paying(stale, 'imp_d')), ok(order))
      assert.deepEqual(await store.revocations.ofOrder(order.merchantUid), ok([]))
    })

    test('a refunded deposit does not return as an account where another one is shown', async ({
      store,
    }) => {
      const issue = (order: Order, uid: string, vbank_date: number): Change => ({
        order,
        payment: payment(order, uid, { ...accountFields, vbank_date }),
        to: 'vbank_issued',
      })
      const order = take(
        await store.orders.record(issue(await open(store, 'ORD-1'), 'imp_b', 1_795_402_801)),
      )
      assert.deepEqual(await store.orders.recordAttempt(refunding(order, 'imp_a')), ok(null))
      assert.deepEqual(await store.orders.record(issue(order, 'imp_a', 1_795_402_800)), ok(order))
    })
  })
}

/** Issues three accounts, of which `imp_b` is due last once `imp_c` was closed. */
async function issueThree(store: Store): Promise<Order> {
  let order = await open(store, 'ORD-1')
  const issued = (uid: string, vbank_date: number) =>
    payment(order, uid, { ...accountFields, vbank_date, vbank_num: uid })
  const closed = { status: 'failed', paid_at: 0, fail_reason: null }
  for (const each of [
    issued('imp_c', 1_795_402_802),
    issued('imp_a', 1_795_402_800),
    issued('imp_b', 1_795_402_801),
    payment(order, 'imp_c', closed),
  ]) {
    order = take(await store.orders.record({ order, payment: each, to: 'vbank_issued' }))
  }
  return order
}
