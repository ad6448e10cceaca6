import { strict as assert } from 'node:assert'
import { ok, toPaymentOf } from '@quayside/core'
import { type BuyerDetails, type StoredSubscription, toKeyOf } from '../../index.ts'
import { payees, second, to } from '../payees.ts'
import type { Contract } from '../runner.ts'
import { eventsOf, impUid, paying, take } from '../samples.ts'
import { attemptOf, charging, create, customerId, event, idOf, readOne } from './samples.ts'

export function subscriptionsOfPayeesContract({ describe, test }: Contract): void {
  describe('subscriptions of several accounts and sub-merchants', () => {
    test('T237: its orders are of its payee, and only a payment of that payee is theirs', async ({
      store,
      clock,
    }) => {
      for (const [index, payee] of payees.entries()) {
        const created = await create(store, `s${index}`, clock, {}, to(payee))
        assert.equal(created.payee, payee)
        const attempt = attemptOf(created.subscription, 1, clock.now(), {
          billingKey: toKeyOf('ck1', payee),
        })
        const write = { ...charging(created, clock.now()), attempts: [attempt] }
        const charged = take(await store.subscriptions.write(created, write))
        assert.equal(charged?.attempts[0]?.billingKey, attempt.billingKey)
        const order = take(await store.orders.find(attempt.merchantUid))
        assert.equal(order.payee, payee)
        const paid = take(await store.orders.record(paying(order, 'imp_1')))
        assert.equal(paid.status, 'paid')
        const [stored] = (await readOne(store, `s${index}`)).attempts
        assert.equal(stored?.impUid, toPaymentOf(impUid('imp_1'), payee))
      }
    })

    test('it keeps its payee, which its events show', async ({ store, clock }) => {
      const created = await create(store, 's', clock, {}, to(second))
      const { attempt, ...write } = charging(created, clock.now())
      const events = [event('charged', 2, attempt.merchantUid)]
      take(await store.subscriptions.write(created, { ...write, events }))
      assert.equal((await readOne(store, 's')).payee, second)
      const again = await create(store, 's', clock)
      assert.equal(again.payee, second)
      const shown = (await eventsOf(store, 's')).map(({ payload }) => {
        const { account, tier } = JSON.parse(payload)
        return { account, tier }
      })
      assert.deepEqual(shown, [
        { account: 'second', tier: null },
        { account: 'second', tier: null },
      ])
    })

    test('pages of one payee: all, of a status, of a customer', async ({ store, clock }) => {
      for (const [index, payee] of payees.entries()) {
        await create(store, `a${index}`, clock, {}, to(payee))
        await create(store, `b${index}`, clock, { status: 'past_due' }, to(payee))
        await create(store, `c${index}`, clock, {}, to(payee))
      }
      const page = async (
        filter: Parameters<typeof store.subscriptions.list>[0],
        after = '',
        count = 10,
      ) =>
        take(await store.subscriptions.list({ payee: second, ...filter }, after, count)).map(
          ({ subscription, payee }) => [subscription.id, payee],
        )
      const own = (...ids: readonly string[]) => ids.map((id) => [id, second])
      assert.deepEqual(await page({}), own('a1', 'b1', 'c1'))
      assert.deepEqual(await page({}, 'a1', 1), own('b1'))
      assert.deepEqual(await page({ status: 'active' }), own('a1', 'c1'))
      assert.deepEqual(await page({ status: 'active' }, 'a1'), own('c1'))
      assert.deepEqual(await page({ customerId }, 'a1'), own('b1', 'c1'))
      assert.deepEqual(await page({ customerId, status: 'past_due' }), own('b1'))
      assert.equal(take(await store.subscriptions.list({}, '', 100)).length, 3 * payees.length)
    })

    test('T238: other details of the buyer are read with it, and undo what was decided before them', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      await create(store, 'other', clock)
      clock.advance(1_000)
      const buyer = { buyer_name: '가나다 \u{1f600}', buyer_email: 'new@shop.example' }
      const expected: StoredSubscription = {
        ...(await readOne(store, 's')),
        buyer,
        request: '{"replaced":true}',
        revision: 1,
        updatedAt: clock.now(),
      }
      const change = (id: string, to: BuyerDetails) =>
        store.subscriptions.changeBuyer(idOf(id), to, expected.request)
      assert.deepEqual(await change('s', buyer), ok(expected))
      assert.deepEqual(await readOne(store, 's'), expected)
      const late = take(await store.subscriptions.write(created, charging(created, clock.now())))
      assert.equal(late, null)
      const next = charging(expected, clock.now())
      assert.deepEqual(take(await store.subscriptions.write(expected, next))?.buyer, buyer)
      assert.equal('buyer' in (await readOne(store, 'other')), false)
      const none = take(await change('s', {}))
      assert.deepEqual(none?.buyer, {})
      assert.deepEqual(await change('unknown', buyer), ok(null))
    })
  })
}
