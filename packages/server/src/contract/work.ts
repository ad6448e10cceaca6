import { strict as assert } from 'node:assert'
import { type MerchantUid, ok } from '@quayside/core'
import { type Cancel, type CancelIntent, noShares, type Store } from '../index.ts'
import type { Clock, Contract } from './runner.ts'
import {
  impUid,
  issuing,
  merchantUid,
  money,
  open,
  paying,
  refunding,
  refusing,
  take,
  unacceptedOf,
} from './samples.ts'

// The ports of the jobs: what is to be done, when, and by whom.

const leaseMs = 50_000

export function workContract(contract: Contract): void {
  cancelsContract(contract)
  revocationsContract(contract)
  pollScheduleContract(contract)
  cursorsContract(contract)
  healthContract(contract)
  retentionContract(contract)
}

function cancelsContract({ describe, test }: Contract): void {
  const intent: CancelIntent = {
    impUid: impUid('imp_1'),
    merchantUid: merchantUid('ORD-1'),
    balance: money(64_900),
    amount: money(900),
    askedBy: 'merchant',
  }
  const requested = (clock: Clock): Cancel => ({
    ...intent,
    shares: noShares,
    state: 'requested',
    detail: null,
    requestedAt: clock.now(),
    settledAt: null,
  })

  describe('cancels', () => {
    test('one intent of a balance is open; another balance is another cancel', async ({
      store,
      clock,
    }) => {
      assert.deepEqual(await store.cancels.open(intent), ok(true))
      assert.deepEqual(await store.cancels.open({ ...intent, askedBy: 'policy' }), ok(false))
      assert.deepEqual(await store.cancels.ofOrder(intent.merchantUid), ok([requested(clock)]))
      const rest = { ...intent, balance: money(64_000), amount: money(64_000) }
      assert.deepEqual(await store.cancels.open(rest), ok(true))
      const all = take(await store.cancels.ofOrder(intent.merchantUid))
      assert.deepEqual(
        all.map(({ balance }) => balance.minor),
        [64_900, 64_000],
      )
      assert.deepEqual(await store.cancels.ofOrder(merchantUid('ord-1')), ok([]))
    })

    test('the tax shares of an intent are those of its last writer', async ({ store, clock }) => {
      const { cancels } = store
      const shares = { taxFree: money(900), vat: money(0) }
      await cancels.open({ ...intent, shares })
      assert.deepEqual(take(await cancels.ofOrder(intent.merchantUid)), [
        { ...requested(clock), shares },
      ])
      await cancels.settle(intent, 'refused', null)
      await cancels.open({ ...intent, shares: { taxFree: money(0), vat: null } })
      assert.deepEqual(take(await cancels.ofOrder(intent.merchantUid)), [
        { ...requested(clock), shares: { taxFree: money(0), vat: null } },
      ])
    })

    test('a refused intent is replaced, a confirmed one stays', async ({ store, clock }) => {
      const { cancels } = store
      await cancels.open(intent)
      assert.deepEqual(await cancels.settle(intent, 'refused', '잔액 부족'), ok(null))
      const settledAt = clock.now()
      const refused = { ...requested(clock), state: 'refused', detail: '잔액 부족', settledAt }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([refused]))
      clock.advance(1_000)
      const next: CancelIntent = { ...intent, amount: money(800), askedBy: 'policy' }
      assert.deepEqual(await cancels.open(next), ok(true))
      const opened = { ...requested(clock), amount: money(800), askedBy: 'policy' }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([opened]))
      for (const state of ['confirmed', 'refused', 'unknown', 'confirmed'] as const) {
        assert.deepEqual(await cancels.settle(intent, state, null), ok(null))
      }
      const confirmed = { ...opened, state: 'confirmed', settledAt: clock.now() }
      assert.deepEqual(await cancels.ofOrder(intent.merchantUid), ok([confirmed]))
      assert.deepEqual(await cancels.open(intent), ok(false))
      clock.advance(leaseMs)
      assert.deepEqual(await cancels.claim(10), ok([]))
    })

    test('an open cancel is due after the lease, and later the older it is', async ({
      store,
      clock,
    }) => {
      await store.cancels.open(intent)
      const cancel = requested(clock)
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(await store.cancels.claim(10), ok([cancel]))
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(350_000)
      await store.cancels.settle(intent, 'unknown', 'accepted')
      // It is 400 seconds old: due again after 100.
      clock.advance(99_999)
      assert.deepEqual(await store.cancels.claim(10), ok([]))
      clock.advance(1)
      const unknown = { ...cancel, state: 'unknown', detail: 'accepted' }
      assert.deepEqual(await store.cancels.claim(10), ok([unknown]))
    })
  })
}

function revocationsContract({ describe, test }: Contract): void {
  const close = async (store: Store, ids: readonly string[]): Promise<MerchantUid> => {
    const order = await open(store, 'ORD-1')
    const issued = take(await store.orders.record(issuing(order, ids[0] ?? '')))
    take(await store.orders.close(issued, ids.map(impUid)))
    return order.merchantUid
  }

  describe('revocations', () => {
    test('are due after the lease, and no more once they are settled', async ({ store, clock }) => {
      const id = await close(store, ['imp_b', 'imp_a', 'imp_c'])
      const requestedAt = clock.now()
      assert.deepEqual(await store.revocations.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(take(await store.revocations.claim(10)).toSorted(), [
        'imp_a',
        'imp_b',
        'imp_c',
      ])
      assert.deepEqual(await store.revocations.claim(10), ok([]))
      const { revocations } = store
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await revocations.settle(impUid('imp_a'), 'confirmed', null), ok(null))
      }
      await revocations.settle(impUid('imp_a'), 'unknown', 'older')
      await revocations.settle(impUid('imp_b'), 'refused', 'paid')
      const settledAt = clock.now()
      const of = { merchantUid: id, requestedAt }
      assert.deepEqual(
        await store.revocations.ofOrder(id),
        ok([
          { ...of, impUid: 'imp_a', state: 'confirmed', detail: null, settledAt },
          { ...of, impUid: 'imp_b', state: 'refused', detail: 'paid', settledAt },
          { ...of, impUid: 'imp_c', state: 'requested', detail: null, settledAt: null },
        ]),
      )
      clock.advance(leaseMs)
      assert.deepEqual(await store.revocations.claim(10), ok(['imp_c']))
    })

    test('an open one is due later the older it is', async ({ store, clock }) => {
      await close(store, ['imp_a'])
      clock.advance(400_000)
      assert.deepEqual(await store.revocations.settle(impUid('imp_a'), 'unknown', null), ok(null))
      clock.advance(99_999)
      assert.deepEqual(await store.revocations.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await store.revocations.claim(10), ok(['imp_a']))
    })
  })
}

function pollScheduleContract({ describe, test }: Contract): void {
  describe('poll schedule', () => {
    test('an order is due thirty seconds after it was created, and leased for fifty', async ({
      store,
      clock,
    }) => {
      await open(store, 'ORD-1')
      clock.advance(1_000)
      await open(store, 'ORD-2')
      clock.advance(28_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1_001)
      assert.deepEqual(await store.pollSchedule.claim(1), ok(['ORD-1']))
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-2']))
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(take(await store.pollSchedule.claim(10)).toSorted(), ['ORD-1', 'ORD-2'])
    })

    test('plan() moves orders and removes them, and may be repeated', async ({ store, clock }) => {
      const ids = ['ORD-1', 'ORD-2', 'ORD-3'].map(merchantUid)
      const [moved, removed, twice] = ids
      assert.ok(moved && removed && twice)
      for (const id of ids) await open(store, id)
      const after = (ms: number) => new Date(clock.now().getTime() + ms)
      for (let calls = 0; calls < 2; calls++) {
        const planned = await store.pollSchedule.plan([
          { merchantUid: moved, dueAt: after(100_000) },
          { merchantUid: removed, dueAt: null },
          { merchantUid: twice, dueAt: after(500_000) },
          { merchantUid: twice, dueAt: after(200_000) },
        ])
        assert.deepEqual(planned, ok(null))
      }
      assert.deepEqual(await store.pollSchedule.plan([]), ok(null))
      clock.advance(99_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([moved]))
      await store.pollSchedule.plan([{ merchantUid: moved, dueAt: null }])
      clock.advance(100_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([twice]))
      // Creating an order that exists plans no poll.
      await open(store, removed)
      clock.advance(1_000_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([twice]))
    })

    test('an order that was polled no more is polled again once it has an account', async ({
      store,
      clock,
    }) => {
      const order = await open(store, 'ORD-1')
      await store.pollSchedule.plan([{ merchantUid: order.merchantUid, dueAt: null }])
      clock.advance(1_000_000)
      for (let calls = 0; calls < 2; calls++)
        take(await store.orders.record(issuing(order, 'imp_1')))
      clock.advance(29_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-1']))
    })

    test('an account moves no poll that is planned, and none is planned by what was not written', async ({
      store,
      clock,
    }) => {
      const [planned, paid] = [await open(store, 'ORD-1'), await open(store, 'ORD-2')]
      await store.pollSchedule.plan([
        { merchantUid: planned.merchantUid, dueAt: new Date(clock.now().getTime() + 200_000) },
        { merchantUid: paid.merchantUid, dueAt: null },
      ])
      take(await store.orders.record(issuing(planned, 'imp_1')))
      take(await store.orders.record(paying(paid, 'imp_2')))
      const first = take(await store.orders.find(paid.merchantUid))
      assert.deepEqual(await store.orders.record(issuing(paid, 'imp_3')), ok(first))
      clock.advance(199_999)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([]))
      clock.advance(1_000_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok(['ORD-1']))
    })
  })
}

function cursorsContract({ describe, test }: Contract): void {
  describe('cursors', () => {
    test('begin where they are told, are leased, and move when they are released', async ({
      store,
      clock,
    }) => {
      const start = new Date('2026-11-01T00:00:00.000Z')
      const next = new Date('2026-11-02T00:00:00.123Z')
      const { cursors } = store
      assert.deepEqual(await cursors.position('paid'), ok(null))
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      assert.deepEqual(await cursors.position('paid'), ok(start))
      assert.deepEqual(await cursors.acquire('paid', next), ok(null))
      assert.deepEqual(await cursors.acquire('Paid', next), ok(next))
      clock.advance(leaseMs - 1)
      assert.deepEqual(await cursors.acquire('paid', next), ok(null))
      clock.advance(1)
      assert.deepEqual(await cursors.acquire('paid', next), ok(start))
      assert.deepEqual(await cursors.release('paid', next), ok(null))
      assert.deepEqual(await cursors.release('paid', next), ok(null))
      assert.deepEqual(await cursors.position('paid'), ok(next))
      assert.deepEqual(await cursors.acquire('paid', start), ok(next))
    })

    test('no lease from before the clock was set back keeps a cursor', async ({ store, clock }) => {
      const start = new Date('2026-11-01T00:00:00.000Z')
      const { cursors } = store
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      clock.advance(-leaseMs)
      assert.deepEqual(await cursors.acquire('paid', start), ok(null))
      clock.advance(-1)
      assert.deepEqual(await cursors.acquire('paid', start), ok(start))
      assert.deepEqual(await cursors.acquire('paid', start), ok(null))
    })
  })
}

function healthContract({ describe, test }: Contract): void {
  describe('health', () => {
    test('a database with the tables of this version can be used', async ({ store }) => {
      assert.deepEqual(await store.health.check(), ok(null))
    })
  })
}

function retentionContract({ describe, test }: Contract): void {
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
