import { env } from 'cloudflare:workers'
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
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
import { describe, expect, it } from 'vitest'
import {
  issuedRecord,
  merchantUid,
  money,
  record,
  take,
  verified,
} from '../../../../packages/core/fixtures/sample.ts'
import { storeContract } from '../../../../packages/core/src/store.contract.ts'
import { createFaulty, type Fault } from '../../test/fixtures/faulty-database.ts'
import { createOrderRepository } from './orders.ts'

const at = new Date('2026-11-22T03:00:00.000Z')
const store = createOrderRepository(env.DB, () => at)

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

/** A database that counts the rows its batches read and write. */
function createMeter(db: D1Database) {
  const rows = { read: 0, written: 0 }
  const metered = {
    prepare: (text: string) => db.prepare(text),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      const results = await db.batch<T>(statements)
      for (const { meta } of results) {
        rows.read += meta.rows_read
        rows.written += meta.rows_written
      }
      return results
    },
  }
  return { rows, db: new Proxy(db, { get: (_, name) => Reflect.get(metered, name) }) }
}

storeContract('createOrderRepository()', () => ({ store, open }))

describe('createOrderRepository(): one transaction per change', () => {
  it('writes a change with its event and its attempt', async () => {
    const order = await open(expecting('ORD-event'))
    await store.record(paying(order, 'imp_event'))
    expect(await rowsOf('outbox', 'ORD-event')).toEqual([
      {
        id: 'ORD-event:1',
        merchant_uid: 'ORD-event',
        sequence: 1,
        kind: 'paid',
        payload: JSON.stringify({
          merchant_uid: 'ORD-event',
          amount: 64_900,
          currency: 'KRW',
          status: 'paid',
          imp_uid: 'imp_event',
          paid_amount: 64_900,
          cancelled_amount: 0,
          paid_at: '2022-03-27T01:26:03.000Z',
          virtual_account: null,
          virtual_accounts: [],
          fail_reason: null,
          receipt_url: null,
          policy: { late: 'report', unmatched: 'report' },
          sequence: 1,
        }),
        created_at: at.getTime(),
        due_at: at.getTime(),
        tries: 0,
        failure: null,
        delivered_at: null,
      },
    ])
    expect(await rowsOf('attempts', 'ORD-event')).toEqual([
      {
        imp_uid: 'imp_event',
        merchant_uid: 'ORD-event',
        verdict: 'accepted',
        reason: null,
        payment_merchant_uid: 'ORD-event',
        payment_status: 'paid',
        amount: 64_900,
        currency: 'KRW',
        cancelled: 0,
        pay_method: 'card',
        pg_provider: 'kcp',
        sandbox: 0,
        created_at: at.getTime(),
      },
    ])
  })

  it('T12: one winner and one event in 300 races of five writers with two rival payments', async () => {
    const seen = new Set<string>()
    for (let race = 0; race < 300; race++) {
      const id = `RACE-${race}`
      const order = await open(expecting(id))
      const changes = ['a', 'b', 'a', 'b', 'a'].map((rival) => paying(order, `imp_${id}${rival}`))
      const results = await Promise.all(changes.map((change) => store.record(change)))
      const current = take(await store.find(order.merchantUid))
      expect(results).toEqual(changes.map(() => ok(current)))
      expect(current.sequence).toBe(1)
      expect(await rowsOf('outbox', id)).toHaveLength(1)
      const accepted = await rowsOf('attempts', id)
      expect(accepted.map(({ imp_uid }) => imp_uid)).toEqual([current.impUid])
      seen.add(String(current.impUid).slice(-1))
    }
    expect(seen.size).toBeGreaterThan(0)
  })

  it('T2: a payment of one order cannot pay another, and writes nothing there', async () => {
    await store.record(paying(await open(expecting('ORD-used-1')), 'imp_used'))
    const second = await open(expecting('ORD-used-2'))
    expect(await store.record(paying(second, 'imp_used'))).toEqual(ok(second))
    expect(await rowsOf('outbox', 'ORD-used-2')).toEqual([])
    expect(await rowsOf('attempts', 'ORD-used-2')).toEqual([])
  })

  it('writes six rows and reads two; a repeated call writes none', async () => {
    const { rows, db } = createMeter(env.DB)
    const metered = createOrderRepository(db, () => at)
    const change = paying(await open(expecting('ORD-meter')), 'imp_meter')
    await metered.record(change)
    expect(rows).toEqual({ read: 2, written: 6 })
    rows.written = 0
    await metered.record(change)
    await metered.create(expecting('ORD-meter'), null)
    expect(rows.written).toBe(0)
  })
})

describe('createOrderRepository(): a failing connection', () => {
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
      const faulty = createOrderRepository(createFaulty(env.DB, lost), () => at)
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
      const twice = createOrderRepository(createFaulty(env.DB, ['before', 'after']), () => at)
      const cause = new Error('Network connection lost.')
      expect(await operation(twice, order)).toEqual(fail({ reason: 'store_unavailable', cause }))
      const once = createOrderRepository(createFaulty(env.DB, ['after']), () => at)
      expect(await operation(once, order)).toMatchObject({ ok: true })
    })
  }
})

describe('createOrderRepository(): closing and attempts', () => {
  it('closes an unpaid order with one event, and later money counts as late', async () => {
    const opened = await open(expecting('ORD-close'))
    const fields = issuedRecord({ merchant_uid: 'ORD-close', imp_uid: 'imp_close' })
    const issue: Change = { order: opened, payment: verified(fields), to: 'vbank_issued' }
    const issued = take(await store.record(issue))
    const closed: Order = { ...issued, status: 'cancelled', impUid: null, sequence: 2 }
    expect(await store.close(issued, [])).toEqual(ok(closed))
    expect(await store.close(issued, [])).toEqual(ok(closed))
    expect((await rowsOf('outbox', 'ORD-close')).map(({ kind }) => kind)).toEqual([
      'vbank_issued',
      'cancelled',
    ])
    const payment = verified(record({ merchant_uid: 'ORD-close', imp_uid: 'imp_close' }))
    expect(await store.recordAttempt({ order: closed, payment, outcome: 'late_paid' })).toEqual(
      ok(null),
    )
    const [attempt] = await rowsOf('attempts', 'ORD-close')
    expect(attempt).toMatchObject({ verdict: 'late_paid', payment_status: 'paid' })
    expect((await rowsOf('outbox', 'ORD-close')).map(({ kind }) => kind)).toEqual([
      'vbank_issued',
      'cancelled',
      'late_paid',
    ])
  })

  it('does not close an order that was paid meanwhile', async () => {
    const opened = await open(expecting('ORD-paid-meanwhile'))
    const paid = take(await store.record(paying(opened, 'imp_meanwhile')))
    expect(await store.close(opened, [])).toEqual(ok(paid))
    expect(await store.close(paid, [])).toEqual(ok(paid))
    expect(await rowsOf('outbox', 'ORD-paid-meanwhile')).toHaveLength(1)
  })

  it('keeps the first refusal of a payment', async () => {
    const order = await open(expecting('ORD-note'))
    const payment = verified(record({ merchant_uid: 'ORD-note', imp_uid: 'imp_note', amount: 100 }))
    await store.recordAttempt({ order, payment, outcome: 'refused', reason: 'amount_mismatch' })
    await store.recordAttempt({ order, payment, outcome: 'refused', reason: 'sandbox_payment' })
    expect((await rowsOf('attempts', 'ORD-note')).map(({ reason }) => reason)).toEqual([
      'amount_mismatch',
    ])
  })

  it('a refusal for another order does not hide that the payment was accepted', async () => {
    const order = await open(expecting('ORD-own'))
    const foreign = await open(expecting('ORD-foreign'))
    const { payment } = paying(order, 'imp_own')
    const offer = (to: Order) =>
      store.recordAttempt({ order: to, payment, outcome: 'refused', reason: 'order_mismatch' })
    await offer(order)
    await offer(foreign)
    await store.record(paying(order, 'imp_own'))
    await offer(order)
    expect((await rowsOf('attempts', 'ORD-own')).map(({ verdict }) => verdict)).toEqual([
      'accepted',
    ])
    expect((await rowsOf('attempts', 'ORD-foreign')).map(({ verdict }) => verdict)).toEqual([
      'refused',
    ])
  })
})

describe('createOrderRepository(): payments that are duplicate or late', () => {
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
    })
  })

  it('T20: writes one event for each of five rival payments, however many callers record them', async () => {
    const order = take(await store.record(paying(await open(expecting('ORD-five')), 'imp_five')))
    const attempts = ['a', 'b', 'c', 'd', 'a', 'b', 'a'].map((suffix) =>
      unmatched(order, `imp_five${suffix}`, 'duplicate_paid'),
    )
    await Promise.all(attempts.map(recordUntilStored))
    expect(await store.find(order.merchantUid)).toEqual(ok({ ...order, sequence: 5 }))
    const events = await rowsOf('outbox', 'ORD-five')
    expect(events.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'paid'],
      [2, 'duplicate_paid'],
      [3, 'duplicate_paid'],
      [4, 'duplicate_paid'],
      [5, 'duplicate_paid'],
    ])
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
      const faulty = createOrderRepository(createFaulty(env.DB, lost), () => at)
      const attempt = unmatched(order, `imp_${id}b`, 'duplicate_paid')
      await faulty.recordAttempt(attempt)
      await recordUntilStored(attempt)
      expect(await store.find(order.merchantUid)).toEqual(ok({ ...order, sequence: 2 }))
      expect(await rowsOf('outbox', id)).toHaveLength(2)
    })
  }

  it('T20: a change and a second payment at the same time have one event each', async () => {
    for (let race = 0; race < 50; race++) {
      const id = `ORD-mixed-${race}`
      const order = take(await store.record(paying(await open(expecting(id)), `imp_${id}a`)))
      const cancelled = record({
        merchant_uid: id,
        imp_uid: `imp_${id}a`,
        status: 'cancelled',
        cancel_amount: 900,
        cancelled_at: 1,
      })
      const change: Change = { order, payment: verified(cancelled), to: 'partially_cancelled' }
      const [moved] = await Promise.all([
        store.record(change),
        recordUntilStored(unmatched(order, `imp_${id}b`, 'duplicate_paid')),
      ])
      const again = take(moved)
      if (again.status === 'paid') await store.record({ ...change, order: again })
      const events = await rowsOf('outbox', id)
      expect(events.map(({ kind }) => String(kind)).toSorted()).toEqual([
        'duplicate_paid',
        'paid',
        'partially_cancelled',
      ])
      const last: unknown = JSON.parse(String(events.at(-1)?.['payload']))
      expect(last).toMatchObject({ status: 'partially_cancelled', cancelled_amount: 900 })
    }
  })

  it('fails with order_unknown for an unmatched payment without an order', async () => {
    const order = openOrder(expecting('ORD-never'))
    expect(await store.recordAttempt(unmatched(order, 'imp_never', 'late_paid'))).toEqual(
      fail({ reason: 'order_unknown', merchantUid: order.merchantUid }),
    )
    expect(await rowsOf('attempts', 'ORD-never')).toEqual([])
  })
})

describe('createOrderRepository(): an account without a deposit', () => {
  const issue = async (id: string) => {
    const fields = issuedRecord({ merchant_uid: id, imp_uid: `imp_${id}` })
    const order = await open(expecting(id))
    return take(await store.record({ order, payment: verified(fields), to: 'vbank_issued' }))
  }

  /** An order with two open accounts, `a` and `b`, and a revoked one. */
  const issueThree = async (id: string): Promise<Order> => {
    const account = (suffix: string, vbank_date: number) =>
      issuedRecord({ merchant_uid: id, imp_uid: `imp_${id}-${suffix}`, vbank_date })
    const revoked = { status: 'failed', paid_at: 0 }
    let order = await open(expecting(id))
    for (const fields of [
      account('a', 1_795_400_000),
      account('b', 1_795_500_000),
      account('c', 1_795_600_000),
      record({ merchant_uid: id, imp_uid: `imp_${id}-c`, ...revoked }),
    ]) {
      const payment = verified(fields)
      order = take(await store.record({ order, payment, to: 'vbank_issued' }))
    }
    return order
  }
  const revocationsOf = async (id: string) => {
    const { results } = await env.DB.prepare(
      'SELECT imp_uid FROM revocations WHERE merchant_uid = ?1 ORDER BY imp_uid',
    )
      .bind(id)
      .all()
    return results.map((row) => row['imp_uid'])
  }

  it('T24: expires once, with one event, and keeps the account that may still receive a deposit', async () => {
    const issued = await issue('ORD-overdue')
    const expired = ok<Order>({ ...issued, status: 'expired', sequence: 2 })
    expect(await Promise.all([store.expire(issued), store.expire(issued)])).toEqual([
      expired,
      expired,
    ])
    expect((await rowsOf('outbox', 'ORD-overdue')).map(({ kind }) => kind)).toEqual([
      'vbank_issued',
      'expired',
    ])
  })

  it('does not expire an order that was paid meanwhile, or that has no account', async () => {
    const issued = await issue('ORD-in-time')
    const paid = take(await store.record(paying(issued, 'imp_ORD-in-time')))
    expect(await store.expire(issued)).toEqual(ok(paid))
    expect(await store.expire(paid)).toEqual(ok(paid))
    const fresh = await open(expecting('ORD-fresh'))
    expect(await store.expire(fresh)).toEqual(ok(fresh))
  })

  it('T21: a deposit after that is recorded and reported as late', async () => {
    const issued = await issue('ORD-after')
    const order = take(await store.expire(issued))
    const payment = verified(record({ merchant_uid: 'ORD-after', imp_uid: 'imp_ORD-after' }))
    expect(await store.recordAttempt({ order, payment, outcome: 'late_paid' })).toEqual(ok(null))
    expect(await store.find(order.merchantUid)).toEqual(ok({ ...order, sequence: 3 }))
    expect((await rowsOf('attempts', 'ORD-after')).map(({ verdict }) => verdict)).toEqual([
      'late_paid',
    ])
  })

  it('T63: revokes every open account when it expires, and none that is closed', async () => {
    const order = await issueThree('ORD-three')
    const expired = take(await store.expire(order))
    expect(expired).toEqual({ ...order, status: 'expired', sequence: 5 })
    expect(await revocationsOf('ORD-three')).toEqual(['imp_ORD-three-a', 'imp_ORD-three-b'])
  })

  it('T63: the accounts beside a payment are revoked with it, in one transaction, and once', async () => {
    const order = await issueThree('ORD-beside')
    const change = paying(order, 'imp_ORD-beside-a')
    const paid = take(await store.record(change))
    expect([paid.status, paid.impUid]).toEqual(['paid', 'imp_ORD-beside-a'])
    expect(await revocationsOf('ORD-beside')).toEqual(['imp_ORD-beside-b'])
    await store.record(change)
    expect(await revocationsOf('ORD-beside')).toEqual(['imp_ORD-beside-b'])
  })

  it('no account is revoked for a payment that another writer left behind', async () => {
    const order = await issueThree('ORD-behind')
    const stale = { ...order, sequence: order.sequence - 1 }
    expect(await store.record(paying(stale, 'imp_ORD-behind-card'))).toEqual(ok(order))
    expect(await revocationsOf('ORD-behind')).toEqual([])
  })

  it('a row from before the column has the one account of its payment', async () => {
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

  it('is closed by a cancel', async () => {
    const order = take(await store.expire(await issue('ORD-expired-closed')))
    expect(await store.close(order, [])).toEqual(
      ok({ ...order, status: 'cancelled', impUid: null, sequence: 3 }),
    )
  })

  it('T21: stores the policy that the order was created with', async () => {
    const policy = { late: 'deliver', unmatched: 'refund' } as const
    const expected = { ...expecting('ORD-policy'), policy }
    expect(await open(expected)).toEqual(openOrder(expected))
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
      "UPDATE orders SET policy_stray = 'refund' WHERE merchant_uid = 'ORD-fixed'",
    ],
    [
      'a new allowance',
      `UPDATE orders SET allowances = '["card_promotion"]' WHERE merchant_uid = 'ORD-fixed'`,
    ],
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
       (merchant_uid, amount, currency, allowances, policy_late, policy_stray, status, cancelled,
        sequence, created_at, updated_at)
       VALUES ('ORD-replace', 1, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, 0, 0)`,
    ).run()
    expect(await store.find(order.merchantUid)).toEqual(ok(order))
  })

  it('T49: no table has a column for the buyer or the card', async () => {
    const columns = await env.DB.prepare(
      `SELECT t.name AS owner, group_concat(c.name) AS names FROM sqlite_schema AS t
       JOIN pragma_table_info(t.name) AS c
       WHERE t.name IN ('orders', 'outbox', 'attempts') GROUP BY t.name ORDER BY t.name`,
    ).all()
    expect(columns.results).toEqual([
      {
        owner: 'attempts',
        names:
          'imp_uid,merchant_uid,verdict,reason,payment_merchant_uid,payment_status,amount,currency,cancelled,pay_method,pg_provider,sandbox,created_at',
      },
      {
        owner: 'orders',
        names:
          'merchant_uid,amount,currency,allowances,policy_late,policy_stray,name,status,imp_uid,pay_method,cancelled,vbank_bank,vbank_number,vbank_holder,vbank_due_at,vbank_issued_at,paid_at,fail_reason,receipt_url,sequence,prepared_at,created_at,updated_at,accounts,paid_amount',
      },
      {
        owner: 'outbox',
        names: 'id,merchant_uid,sequence,kind,payload,created_at,due_at,tries,failure,delivered_at',
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
