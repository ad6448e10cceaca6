import { strict as assert } from 'node:assert'
import { applyChange, type Change, type Order, ok } from '@quayside/core'
import { type Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import {
  accountFields,
  impUid,
  issuing,
  kindsOf,
  open,
  paying,
  payment,
  refunding,
  take,
} from '../samples.ts'

export function orderAccountsContract({ describe, test }: Contract): void {
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
