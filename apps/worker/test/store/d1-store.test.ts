import { env } from 'cloudflare:workers'
import {
  applyChange,
  type Change,
  type ExpectedOrder,
  fail,
  type Order,
  ok,
  openOrder,
} from '@quayside/core'
import type { OrderRepository } from '@quayside/server'
import { createD1Store } from '@quayside/sql/d1'
import { describe, expect, it } from 'vitest'
import {
  issuedRecord,
  merchantUid,
  money,
  record,
  take,
  verified,
} from '../../../../packages/core/fixtures/sample.ts'
import { storeContract } from '../../../../packages/core/src/sync/store.contract.ts'
import { createFaulty, type Fault } from '../fixtures/faulty-database.ts'
import { createMetered } from '../fixtures/metered-database.ts'

const at = new Date('2026-11-22T03:00:00.000Z')
const now = () => at
const { orders: store } = createD1Store(env.DB, { now })

const open = async (expected: ExpectedOrder): Promise<Order> =>
  take(await store.create(expected, null)).order
const expecting = (id: string): ExpectedOrder => ({
  merchantUid: merchantUid(id),
  amount: money(64_900),
  allowances: [],
  createdAt: at,
})
const paying = (order: Order, uid: string): Change => ({
  order,
  payment: verified(record({ merchant_uid: order.merchantUid, imp_uid: uid })),
  to: 'paid',
})
const rowsOf = async (table: 'outbox' | 'attempts', id: string) => {
  const text = { outbox: 'SELECT * FROM outbox', attempts: 'SELECT * FROM attempts' }[table]
  const { results } = await env.DB.prepare(`${text} WHERE merchant_uid = ?1`).bind(id).all()
  return results
}

storeContract('createD1Store()', () => ({ store, open }))

describe('createD1Store(): one transaction per change', () => {
  it('takes four statements, writes six rows and reads two; a repeated call writes none', async () => {
    const { meter, db } = createMetered(env.DB)
    const { orders } = createD1Store(db, { now })
    const change = paying(await open(expecting('ORD-meter')), 'imp_meter')
    await orders.record(change)
    expect(meter).toEqual({ statements: 4, rowsRead: 2, rowsWritten: 6 })
    meter.rowsWritten = 0
    await orders.record(change)
    await orders.create(expecting('ORD-meter'), null)
    expect(meter.rowsWritten).toBe(0)
  })
})

describe('createD1Store(): one payment', () => {
  it('T2: of one order cannot pay another, and writes nothing there', async () => {
    await store.record(paying(await open(expecting('ORD-used-1')), 'imp_used'))
    const second = await open(expecting('ORD-used-2'))
    expect(await store.record(paying(second, 'imp_used'))).toEqual(ok(second))
    expect(await rowsOf('outbox', 'ORD-used-2')).toEqual([])
    expect(await rowsOf('attempts', 'ORD-used-2')).toEqual([])
  })
})

describe('createD1Store(): a failing connection', () => {
  const faults: readonly { readonly lost: readonly Fault[]; readonly known: boolean }[] = [
    { lost: ['before'], known: true },
    { lost: ['after'], known: true },
    { lost: ['before', 'before'], known: false },
    { lost: ['before', 'after'], known: false },
    { lost: ['after', 'before'], known: false },
    { lost: ['after', 'after'], known: false },
  ]
  for (const { lost, known } of faults) {
    it(`T15: records once when calls are lost ${lost.join(', then ')}`, async () => {
      const id = `ORD-lost-${lost.join('-')}`
      const change = paying(await open(expecting(id)), `imp_${lost.join('_')}`)
      const { orders: faulty } = createD1Store(createFaulty(env.DB, lost), { now })
      const first = await faulty.record(change)
      const cause = new Error('Network connection lost.')
      const moved = ok(applyChange(change))
      expect(first).toEqual(known ? moved : fail({ reason: 'store_unavailable', cause }))
      expect(await faulty.record(change)).toEqual(moved)
      expect(await rowsOf('outbox', id)).toHaveLength(1)
      expect(await rowsOf('attempts', id)).toHaveLength(1)
    })
  }

  const operations: Readonly<
    Record<string, (faulty: OrderRepository, order: Order) => Promise<unknown>>
  > = {
    find: (faulty, order) => faulty.find(order.merchantUid),
    read: (faulty, order) => faulty.read(order.merchantUid),
    create: (faulty, order) => faulty.create(order, null),
    markPrepared: (faulty, order) => faulty.markPrepared(order.merchantUid),
    close: (faulty, order) => faulty.close(order, []),
    expire: (faulty, order) => faulty.expire(order),
  }
  for (const [name, operation] of Object.entries(operations)) {
    it(`T15: ${name}() survives one lost call and reports two`, async () => {
      const order = await open(expecting(`ORD-call-${name}`))
      const { orders: twice } = createD1Store(createFaulty(env.DB, ['before', 'after']), { now })
      const cause = new Error('Network connection lost.')
      expect(await operation(twice, order)).toEqual(fail({ reason: 'store_unavailable', cause }))
      const { orders: once } = createD1Store(createFaulty(env.DB, ['after']), { now })
      expect(await operation(once, order)).toMatchObject({ ok: true })
    })
  }
})

describe('createD1Store(): payments that are duplicate or late', () => {
  const unmatched = (order: Order, uid: string, outcome: 'duplicate_paid' | 'late_paid') => {
    const payment = verified(record({ merchant_uid: order.merchantUid, imp_uid: uid }))
    return { order, payment, outcome }
  }
  /** Like `syncPayment`: tries again with the order that is returned, until the attempt is recorded. */
  const recordUntilStored = async (attempt: ReturnType<typeof unmatched>): Promise<void> => {
    let order: Order | null = attempt.order
    while (order !== null) order = take(await store.recordAttempt({ ...attempt, order }))
  }

  it('T20: the event of a second payment has the order and the payment', async () => {
    const order = take(await store.record(paying(await open(expecting('ORD-two')), 'imp_two_a')))
    expect(await store.recordAttempt(unmatched(order, 'imp_two_b', 'duplicate_paid'))).toEqual(
      ok(null),
    )
    const [, event] = await rowsOf('outbox', 'ORD-two')
    expect(event).toEqual({
      id: 'ORD-two:2',
      merchant_uid: 'ORD-two',
      sequence: 2,
      kind: 'duplicate_paid',
      payload: JSON.stringify({
        merchant_uid: 'ORD-two',
        amount: 64_900,
        currency: 'KRW',
        status: 'paid',
        imp_uid: 'imp_two_a',
        paid_amount: 64_900,
        cancelled_amount: 0,
        paid_at: '2022-03-27T01:26:03.000Z',
        virtual_account: null,
        virtual_accounts: [],
        fail_reason: null,
        receipt_url: null,
        policy: { late: 'report', unmatched: 'report' },
        sequence: 2,
        unmatched_payment: {
          imp_uid: 'imp_two_b',
          amount: 64_900,
          currency: 'KRW',
          cancelled_amount: 0,
        },
      }),
      created_at: at.getTime(),
      due_at: at.getTime(),
      tries: 0,
      failure: null,
      delivered_at: null,
      type: null,
    })
  })

  const lostCalls: readonly (readonly Fault[])[] = [
    ['after'],
    ['none', 'after'],
    ['none', 'before'],
    ['none', 'after', 'after'],
  ]
  for (const lost of lostCalls) {
    it(`T15: records once when calls are lost: ${lost.join(', ')}`, async () => {
      const id = `ORD-unmatched-${lost.join('-')}`
      const order = take(await store.record(paying(await open(expecting(id)), `imp_${id}a`)))
      const { orders: faulty } = createD1Store(createFaulty(env.DB, lost), { now })
      const attempt = unmatched(order, `imp_${id}b`, 'duplicate_paid')
      await faulty.recordAttempt(attempt)
      await recordUntilStored(attempt)
      expect(await store.find(order.merchantUid)).toEqual(ok({ ...order, sequence: 2 }))
      expect(await rowsOf('outbox', id)).toHaveLength(2)
    })
  }
})

describe('createD1Store(): rows of an older version', () => {
  const issue = async (id: string) => {
    const fields = issuedRecord({ merchant_uid: id, imp_uid: `imp_${id}` })
    const order = await open(expecting(id))
    return take(await store.record({ order, payment: verified(fields), to: 'vbank_issued' }))
  }

  const revocationsOf = async (id: string) => {
    const { results } = await env.DB.prepare(
      'SELECT imp_uid FROM revocations WHERE merchant_uid = ?1 ORDER BY imp_uid',
    )
      .bind(id)
      .all()
    return results.map((row) => row['imp_uid'])
  }

  it('T23: a row from before the column has the one account of its payment', async () => {
    const issued = await issue('ORD-older')
    await env.DB.prepare("UPDATE orders SET accounts = NULL WHERE merchant_uid = 'ORD-older'").run()
    expect(await store.find(issued.merchantUid)).toEqual(ok(issued))
    const expired = take(await store.expire(issued))
    expect(expired).toEqual({ ...issued, status: 'expired', sequence: 2 })
    expect(await revocationsOf('ORD-older')).toEqual(['imp_ORD-older'])
  })

  it('T23: an account that an older version wrote beside the column is not lost', async () => {
    const issued = await issue('ORD-mixed')
    await env.DB.prepare(
      "UPDATE orders SET imp_uid = 'imp_newer', vbank_number = '2' WHERE merchant_uid = 'ORD-mixed'",
    ).run()
    const { accounts, impUid } = take(await store.find(issued.merchantUid))
    expect(impUid).toBe('imp_newer')
    expect(accounts.map((each) => [each.impUid, each.number, each.isClosed])).toEqual([
      ['imp_ORD-mixed', '562-1059-18373', false],
      ['imp_newer', '2', false],
    ])
  })
})

describe('migrations', () => {
  const refusals: readonly (readonly [string, string])[] = [
    ['a change of the amount', "UPDATE orders SET amount = 1 WHERE merchant_uid = 'ORD-fixed'"],
    [
      'a change of the currency',
      "UPDATE orders SET currency = 'USD' WHERE merchant_uid = 'ORD-fixed'",
    ],
    [
      'a laxer policy',
      "UPDATE orders SET policy_late = 'deliver' WHERE merchant_uid = 'ORD-fixed'",
    ],
    [
      'another policy',
      "UPDATE orders SET policy_unmatched = 'refund' WHERE merchant_uid = 'ORD-fixed'",
    ],
    [
      'a new allowance',
      `UPDATE orders SET allowances = '["card_promotion"]' WHERE merchant_uid = 'ORD-fixed'`,
    ],
    ['another tax-free part', "UPDATE orders SET tax_free = 1 WHERE merchant_uid = 'ORD-fixed'"],
    ['another id', "UPDATE orders SET merchant_uid = 'ORD-b' WHERE merchant_uid = 'ORD-fixed'"],
    ['a deletion', "DELETE FROM orders WHERE merchant_uid = 'ORD-fixed'"],
    [
      'a status of its own',
      "UPDATE orders SET status = 'shipped' WHERE merchant_uid = 'ORD-fixed'",
    ],
    ['text for a number', "UPDATE orders SET cancelled = 'all' WHERE merchant_uid = 'ORD-fixed'"],
  ]
  for (const [what, text] of refusals) {
    it(`T9: the table refuses ${what}`, async () => {
      const order = await open(expecting('ORD-fixed'))
      await expect(env.DB.prepare(text).run()).rejects.toThrow(/cannot|CHECK|TEXT value/)
      expect(await store.find(order.merchantUid)).toEqual(ok(order))
    })
  }

  it('T9: a row cannot be replaced by one with another amount', async () => {
    const order = await open(expecting('ORD-replace'))
    await env.DB.prepare(
      `INSERT OR REPLACE INTO orders
       (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status, cancelled,
        sequence, created_at, updated_at)
       VALUES ('ORD-replace', 1, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, 0, 0)`,
    ).run()
    expect(await store.find(order.merchantUid)).toEqual(ok(order))
  })

  it('T49: no table has a column for the buyer or the card', async () => {
    const columns = await env.DB.prepare(
      `SELECT t.name AS owner, group_concat(c.name) AS names FROM sqlite_schema AS t
       JOIN pragma_table_info(t.name) AS c
       WHERE t.name IN ('orders', 'outbox', 'attempts', 'billing_keys') GROUP BY t.name ORDER BY t.name`,
    ).all()
    expect(columns.results).toEqual([
      {
        owner: 'attempts',
        names:
          'imp_uid,merchant_uid,verdict,reason,payment_merchant_uid,payment_status,amount,currency,cancelled,pay_method,pg_provider,sandbox,created_at',
      },
      {
        owner: 'billing_keys',
        names:
          'registration_id,customer_uid,customer_id,mode,state,requested,order_uid,replaces,imp_uid,means,expires_at,preference,failure,fail_reason,deletion,sequence,created_at,registered_at,deleted_at,due_at,payee',
      },
      {
        owner: 'orders',
        names:
          'merchant_uid,amount,currency,allowances,policy_late,policy_unmatched,name,status,imp_uid,pay_method,cancelled,vbank_bank,vbank_number,vbank_holder,vbank_due_at,vbank_issued_at,paid_at,fail_reason,receipt_url,sequence,prepared_at,created_at,updated_at,accounts,paid_amount,tax_free,vat_amount,expected_channel,payee,naver_products',
      },
      {
        owner: 'outbox',
        names:
          'id,merchant_uid,sequence,kind,payload,created_at,due_at,tries,failure,delivered_at,type',
      },
    ])
  })

  it('T33: ids that look like SQL are only ids', async () => {
    const id = "x'); DROP TABLE orders;--"
    const order = await open(expecting(id))
    expect(order).toEqual(openOrder(expecting(id)))
    expect(await store.find(merchantUid(id))).toEqual(ok(order))
  })
})
