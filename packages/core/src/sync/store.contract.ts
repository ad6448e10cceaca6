import { describe, expect, it } from 'vitest'
import { issuedRecord, merchantUid, money, record, verified } from '../../fixtures/sample.ts'
import { applyChange, type Change } from '../order/change.ts'
import { type ExpectedOrder, type Order, openOrder } from '../order/order.ts'
import type { Fields } from '../values/fields.ts'
import type { MerchantUid } from '../values/ids.ts'
import { fail, ok } from '../values/result.ts'
import type { Attempt, OrderStore } from './store.ts'

/** A store under test, and how its orders are created. */
export interface StoreUnderTest {
  readonly store: OrderStore
  readonly open: (expected: ExpectedOrder) => Order | Promise<Order>
}

/**
 * Declares the tests that every {@link OrderStore} must pass. Each test uses ids of its own, so the store may
 * still contain what earlier tests wrote.
 *
 * @param name The name of the store in the titles.
 * @param makeStore Creates the store; called once for each test.
 */
export function storeContract(
  name: string,
  makeStore: () => StoreUnderTest | Promise<StoreUnderTest>,
): void {
  let count = 0
  const fresh = (): { id: MerchantUid; uid: string; expected: ExpectedOrder } => {
    const id = merchantUid(`주문 '${++count}";--`)
    const expected = { merchantUid: id, amount: money(64_900), allowances: [] }
    return { id, uid: `imp_contract${count}`, expected }
  }
  const paying = (order: Order, uid: string): Change => ({
    order,
    payment: verified(record({ merchant_uid: order.merchantUid, imp_uid: uid })),
    to: 'paid',
  })
  const attempt = (order: Order, uid: string, changes: Fields = {}) => ({
    order,
    payment: verified(record({ merchant_uid: order.merchantUid, imp_uid: uid, ...changes })),
  })
  const refused = (order: Order, uid: string): Attempt => ({
    ...attempt(order, uid, { amount: 100 }),
    outcome: 'refused',
    reason: 'amount_mismatch',
  })
  const refundFields = { status: 'cancelled', cancel_amount: 64_900, cancelled_at: 1 }

  describe(`${name}: find()`, () => {
    it('fails for an unknown order', async () => {
      const { store } = await makeStore()
      const { id } = fresh()
      expect(await store.find(id)).toEqual(fail({ reason: 'order_unknown', merchantUid: id }))
    })

    it('returns a created order as the merchant expects it', async () => {
      const { store, open } = await makeStore()
      const expected: ExpectedOrder = {
        merchantUid: fresh().id,
        amount: money(14.2, 'USD'),
        allowances: ['naverco_delivery_fee', 'card_promotion', 'billing_key_charge'],
      }
      const opened = await open(expected)
      // A store may know when it created the order.
      expect(opened).toEqual(openOrder({ ...expected, createdAt: opened.createdAt }))
      expect(await store.find(expected.merchantUid)).toEqual(ok(opened))
    })

    it('distinguishes ids that differ only in case, in accents or in a space', async () => {
      const { store, open } = await makeStore()
      const { id, expected } = fresh()
      const similarIds = [`${id}A`, `${id}a`, `${id}A `, `${id}\u00e9`, `${id}e\u0301`].map(
        merchantUid,
      )
      await open({ ...expected, merchantUid: merchantUid(`${id}A`) })
      const known = await Promise.all(similarIds.map((similarId) => store.find(similarId)))
      expect(known.map((each) => each.ok)).toEqual([true, false, false, false, false])
    })
  })

  describe(`${name}: record()`, () => {
    it('writes the order after the change', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      const fields = issuedRecord({
        merchant_uid: id,
        imp_uid: uid,
        receipt_url: 'https://pg.example/?a=1&b=2',
      })
      const change: Change = { order, payment: verified(fields), to: 'vbank_issued' }
      expect(await store.record(change)).toEqual(ok(applyChange(change)))
      expect(await store.find(id)).toEqual(ok(applyChange(change)))
    })

    it('T63: writes every account of an order, also closed ones, and which of them is shown', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const issue = (suffix: string, fields: Fields) =>
        verified(
          issuedRecord({
            merchant_uid: id,
            imp_uid: `${uid}${suffix}`,
            vbank_num: suffix,
            ...fields,
          }),
        )
      const revoked = record({
        merchant_uid: id,
        imp_uid: `${uid}c`,
        status: 'failed',
        paid_at: 0,
        fail_reason: 'x',
      })
      let order = await open(expected)
      for (const payment of [
        issue('c', { vbank_date: 1_710_342_002 }),
        issue('a', { vbank_date: 1_710_342_000 }),
        issue('b', { vbank_date: 1_710_342_001, vbank_name: null, vbank_issued_at: 0 }),
        verified(revoked),
      ]) {
        const change: Change = { order, payment, to: 'vbank_issued' }
        expect(await store.record(change)).toEqual(ok(applyChange(change)))
        order = applyChange(change)
      }
      expect(await store.find(id)).toEqual(ok(order))
      const shown = order.accounts.map(({ impUid, isClosed }) => [impUid, isClosed])
      expect([order.impUid, shown]).toEqual([
        `${uid}b`,
        [
          [`${uid}c`, true],
          [`${uid}a`, false],
          [`${uid}b`, false],
        ],
      ])
    })

    it('records a failure, a payment and both kinds of cancel of an order', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      let order = await open(expected)
      const given = { merchant_uid: id, imp_uid: uid }
      const steps = [
        ['failed', { status: 'failed', paid_at: 0, fail_reason: "'; DROP TABLE orders; -- 한도" }],
        ['paid', {}],
        ['partially_cancelled', { status: 'cancelled', cancel_amount: 900, cancelled_at: 1 }],
        ['cancelled', { status: 'cancelled', cancel_amount: 64_900, cancelled_at: 2 }],
      ] as const
      for (const [to, changes] of steps) {
        const change: Change = { order, payment: verified(record({ ...given, ...changes })), to }
        expect(await store.record(change)).toEqual(ok(applyChange(change)))
        order = applyChange(change)
      }
      expect(await store.find(id)).toEqual(ok(order))
      expect(order.sequence).toBe(4)
    })

    it('writes a change once, however often it is repeated', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const change = paying(await open(expected), uid)
      const results = [await store.record(change), await store.record(change)]
      expect(results).toEqual([ok(applyChange(change)), ok(applyChange(change))])
      expect(await store.find(id)).toEqual(ok(applyChange(change)))
    })

    it('returns the current order when a concurrent writer was first', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      const first = paying(order, uid)
      await store.record(first)
      const fields = record({ merchant_uid: id, imp_uid: `${uid}b`, status: 'failed', paid_at: 0 })
      const late: Change = { order, payment: verified(fields), to: 'failed' }
      expect(await store.record(late)).toEqual(ok(applyChange(first)))
      expect(await store.find(id)).toEqual(ok(applyChange(first)))
    })

    it('lets one of several simultaneous writers write, and returns its order to all', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      const changes = ['a', 'b', 'c', 'd'].map((suffix) => paying(order, `${uid}${suffix}`))
      const results = await Promise.all(changes.map((change) => store.record(change)))
      const current = await store.find(id)
      expect(results).toEqual(changes.map(() => current))
      expect(changes.map((change) => ok(applyChange(change)))).toContainEqual(current)
    })

    it('T2: assigns a payment to one order only', async () => {
      const { store, open } = await makeStore()
      const [one, two] = [fresh(), fresh()]
      await store.record(paying(await open(one.expected), one.uid))
      const second = await open(two.expected)
      expect(await store.record(paying(second, one.uid))).toEqual(ok(second))
      expect(await store.find(two.id)).toEqual(ok(second))
    })

    it('fails for an unknown order', async () => {
      const { store } = await makeStore()
      const { id, uid, expected } = fresh()
      expect(await store.record(paying(openOrder(expected), uid))).toEqual(
        fail({ reason: 'order_unknown', merchantUid: id }),
      )
    })
  })

  describe(`${name}: recordAttempt()`, () => {
    it('T22: records a refused payment and leaves the order unchanged', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      expect(await store.recordAttempt(refused(order, uid))).toEqual(ok(null))
      expect(await store.find(id)).toEqual(ok(order))
      const change = paying(order, `${uid}b`)
      expect(await store.record(change)).toEqual(ok(applyChange(change)))
    })

    it.each(['duplicate_paid', 'late_paid'] as const)(
      '%s raises the sequence of the order once, and changes nothing else',
      async (outcome) => {
        const { store, open } = await makeStore()
        const { id, uid, expected } = fresh()
        const order = await open(expected)
        const paidAgain: Attempt = { ...attempt(order, uid), outcome }
        const counted = { ...order, sequence: order.sequence + 1 }
        const again: Attempt = { ...paidAgain, order: counted }
        expect([await store.recordAttempt(paidAgain), await store.recordAttempt(again)]).toEqual([
          ok(null),
          ok(null),
        ])
        expect(await store.find(id)).toEqual(ok(counted))
      },
    )

    it.each(['duplicate_paid', 'late_paid', 'refunded'] as const)(
      '%s is valid for the order as it was read: a changed order is returned instead',
      async (outcome) => {
        const { store, open } = await makeStore()
        const { id, uid, expected } = fresh()
        const order = await open(expected)
        const change = paying(order, uid)
        await store.record(change)
        const moved = ok(applyChange(change))
        expect(await store.recordAttempt({ ...attempt(order, `${uid}b`), outcome })).toEqual(moved)
        expect(await store.find(id)).toEqual(moved)
      },
    )

    it('a refunded payment does not change its order any more, even by an older record', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      const refunded: Attempt = { ...attempt(order, uid, refundFields), outcome: 'refunded' }
      expect([await store.recordAttempt(refunded), await store.recordAttempt(refunded)]).toEqual([
        ok(null),
        ok(null),
      ])
      expect(await store.record(paying(order, uid))).toEqual(ok(order))
      expect(await store.recordAttempt({ ...attempt(order, uid), outcome: 'late_paid' })).toEqual(
        ok(null),
      )
      expect(await store.find(id)).toEqual(ok(order))
      const other = paying(order, `${uid}b`)
      expect(await store.record(other)).toEqual(ok(applyChange(other)))
    })

    it('a refunded deposit does not return as an account, even where another account is shown', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const issue = (order: Order, imp_uid: string, vbank_date: number): Change => ({
        order,
        payment: verified(issuedRecord({ merchant_uid: id, imp_uid, vbank_date })),
        to: 'vbank_issued',
      })
      const first = issue(await open(expected), `${uid}b`, 1_710_342_001)
      await store.record(first)
      const order = applyChange(first)
      await store.recordAttempt({ ...attempt(order, uid, refundFields), outcome: 'refunded' })
      expect(await store.record(issue(order, uid, 1_710_342_000))).toEqual(ok(order))
    })

    it('can be repeated for the same payment', async () => {
      const { store, open } = await makeStore()
      const { uid, expected } = fresh()
      const order = await open(expected)
      const first = refused(order, uid)
      const again: Attempt = { ...attempt(order, uid), outcome: 'duplicate_paid' }
      const results = [
        await store.recordAttempt(first),
        await store.recordAttempt(first),
        await store.recordAttempt(again),
      ]
      expect(results).toEqual([ok(null), ok(null), ok(null)])
    })

    it('records late money in an account that was refused before', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const order = await open(expected)
      await store.recordAttempt({
        order,
        payment: verified(issuedRecord({ merchant_uid: id, imp_uid: uid })),
        outcome: 'refused',
        reason: 'payment_too_old',
      })
      const late: Attempt = { ...attempt(order, uid), outcome: 'late_paid' }
      const counted = { ...order, sequence: 1 }
      for (const read of [order, counted]) {
        expect(await store.recordAttempt({ ...late, order: read })).toEqual(ok(null))
        expect(await store.find(id)).toEqual(ok(counted))
      }
    })

    it('fails for an unknown order', async () => {
      const { store } = await makeStore()
      const { id, uid, expected } = fresh()
      const late: Attempt = { ...attempt(openOrder(expected), uid), outcome: 'late_paid' }
      expect(await store.recordAttempt(late)).toEqual(
        fail({ reason: 'order_unknown', merchantUid: id }),
      )
    })
  })

  describe(`${name}: creating an order`, () => {
    it('leaves an existing order as it is', async () => {
      const { store, open } = await makeStore()
      const { id, uid, expected } = fresh()
      const change = paying(await open(expected), uid)
      await store.record(change)
      expect(await open({ ...expected, amount: money(1) })).toEqual(applyChange(change))
      expect(await store.find(id)).toEqual(ok(applyChange(change)))
    })
  })
}
