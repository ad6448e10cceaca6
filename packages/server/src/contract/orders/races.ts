import { strict as assert } from 'node:assert'
import { applyChange, type Change, type Order, ok } from '@quayside/core'
import type { StoredEvent } from '../../index.ts'
import { type Contract, inRaces, raceCount } from '../runner.ts'
import {
  allEvents,
  claimAll,
  expecting,
  impUid,
  issuing,
  money,
  open,
  paying,
  payment,
  recordUntilStored,
  refunding,
  refusing,
  take,
  unacceptedOf,
  unmatched,
} from '../samples.ts'

export function orderRacesContract({ describe, test }: Contract): void {
  describe(`orders: ${raceCount} races on eight connections`, () => {
    test('an order that is created by two at once is created once', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const id = `ORD-${race}`
        const created = await Promise.all([
          first.orders.create(expecting(id, { amount: money(1_000) }), 'first'),
          second.orders.create(expecting(id, { amount: money(2_000) }), 'second'),
        ])
        const [one, two] = created.map(take)
        assert.ok(one && two)
        assert.deepEqual({ ...one, isNew: null }, { ...two, isNew: null })
        assert.notEqual(one.isNew, two.isNew)
      })
      context.clock.advance(60_000)
      const polls = await claimAll((count) => context.store.pollSchedule.claim(count))
      assert.deepEqual([polls.length, new Set(polls).size], [raceCount, raceCount])
    })

    test('one payment that is offered for two orders pays one', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const [a, b] = [await open(first, `A-${race}`), await open(second, `B-${race}`)]
        const uid = `imp_${race}`
        const results = await Promise.all([
          first.orders.record(paying(a, uid)),
          second.orders.record(paying(b, uid)),
        ])
        const [forA, forB] = results.map(take)
        const paid = { a: applyChange(paying(a, uid)), b: applyChange(paying(b, uid)) }
        const ends = [
          [paid.a, b],
          [a, paid.b],
        ]
        assert.ok(
          ends.some((end) => isSame(end, [forA, forB])),
          `both orders or none were paid: ${JSON.stringify([forA, forB])}`,
        )
        const found = [
          await first.orders.find(a.merchantUid),
          await second.orders.find(b.merchantUid),
        ]
        assert.deepEqual(found.map(take), [forA, forB])
      })
      const events = await allEvents(context.store)
      assert.equal(events.length, raceCount)
      assert.deepEqual(new Set(events.map(({ kind }) => kind)), new Set(['paid']))
    })

    test('of two payments for one order one pays it, and only that is accepted', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const order = await open(first, `ORD-${race}`)
        const changes = ['a', 'b'].map((rival) => paying(order, `imp_${race}${rival}`))
        const [one, two] = changes
        assert.ok(one && two)
        const results = await Promise.all([first.orders.record(one), second.orders.record(two)])
        const found = take(await first.orders.find(order.merchantUid))
        assert.deepEqual(results.map(take), [found, found])
        assert.ok(changes.some((change) => isSame(applyChange(change), found)))
        const uids = changes.map((change) => change.payment.impUid)
        for (const uid of uids) take(await first.orders.recordAttempt(refusing(found, uid)))
        const losers = uids.filter((uid) => uid !== found.impUid)
        assert.deepEqual(await unacceptedOf(first, order.merchantUid, uids), losers)
      })
      assert.equal(ordersOf(await allEvents(context.store)).length, raceCount)
    })

    test('a refund and an older record that says paid never both count', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const order = await open(first, `ORD-${race}`)
        const uid = `imp_${race}`
        const [recorded, refunded] = await Promise.all([
          first.orders.record(paying(order, uid)),
          second.orders.recordAttempt(refunding(order, uid)),
        ])
        const found = take(await first.orders.find(order.merchantUid))
        assert.deepEqual(take(recorded), found)
        const isPaid = found.status === 'paid'
        const isRefundKnown = take(refunded) === null
        assert.notEqual(isPaid, isRefundKnown, 'a refunded payment is recorded as paid')
        if (!isRefundKnown) assert.deepEqual(refunded, ok(found))
      })
    })

    test('the payment of an account that pays its order ends accepted, whatever its refusal races with', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const uid = `imp_${race}`
        const issued = take(
          await first.orders.record(issuing(await open(first, `ORD-${race}`), uid)),
        )
        const change = paying(issued, uid)
        const [refused, paid] = await Promise.all([
          first.orders.recordAttempt(refusing(issued, uid)),
          second.orders.record(change),
        ])
        assert.deepEqual([refused, paid], [ok(null), ok(applyChange(change))])
        assert.deepEqual(await unacceptedOf(first, issued.merchantUid, [uid]), [])
      })
    })

    test('five writers with two rival payments write one change and one event', async (context) => {
      const { instances, store } = context
      for (let race = 0; race < raceCount; race++) {
        const order = await open(store, `ORD-${race}`)
        const changes = ['a', 'b', 'a', 'b', 'a'].map((rival) =>
          paying(order, `imp_${race}${rival}`),
        )
        const results = await Promise.all(
          changes.map((change, i) => {
            const instance = instances[(race + i) % instances.length] ?? store
            return instance.orders.record(change)
          }),
        )
        const found = await store.orders.find(order.merchantUid)
        assert.deepEqual(
          results,
          changes.map(() => found),
        )
        assert.equal(take(found).sequence, 1)
      }
      const events = await allEvents(store)
      assert.equal(events.length, raceCount)
      assert.equal(new Set(events.map(({ merchantUid }) => merchantUid)).size, raceCount)
    })

    test('a cancel and a second payment at once have one event each', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const order = take(
          await first.orders.record(paying(await open(first, `ORD-${race}`), `imp_${race}a`)),
        )
        const fields = { status: 'cancelled', cancel_amount: 900, cancelled_at: 1 }
        const change = (from: Order): Change => ({
          order: from,
          payment: payment(from, `imp_${race}a`, fields),
          to: 'partially_cancelled',
        })
        const [moved] = await Promise.all([
          first.orders.record(change(order)),
          recordUntilStored(second, unmatched(order, `imp_${race}b`, 'duplicate_paid')),
        ])
        const seen = take(moved)
        if (seen.status === 'paid') take(await first.orders.record(change(seen)))
        const found = take(await second.orders.find(order.merchantUid))
        assert.deepEqual([found.status, found.sequence], ['partially_cancelled', 3])
      })
      assertHistories(await allEvents(context.store), [
        'duplicate_paid',
        'paid',
        'partially_cancelled',
      ])
    })

    test('an order is closed or paid, and only a closed one has its account revoked', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const id = `ORD-${race}`
        const issued = take(
          await first.orders.record(issuing(await open(first, id), `imp_${race}`)),
        )
        const results = await Promise.all([
          first.orders.close(issued, [impUid(`imp_${race}`)]),
          second.orders.record(paying(issued, `imp_${race}`)),
        ])
        const found = take(await first.orders.find(issued.merchantUid))
        assert.deepEqual(results.map(take), [found, found])
        const revoked = take(await first.revocations.ofOrder(issued.merchantUid))
        assert.equal(revoked.length, found.status === 'cancelled' ? 1 : 0)
      })
      assert.equal((await allEvents(context.store)).length, 2 * raceCount)
    })

    test('eight second payments at once have an event and an issue each', async (context) => {
      const { instances, store } = context
      const orders = 40
      for (let race = 0; race < orders; race++) {
        const order = take(
          await store.orders.record(paying(await open(store, `ORD-${race}`), `imp_${race}`)),
        )
        await Promise.all(
          instances.map((instance, i) =>
            recordUntilStored(instance, unmatched(order, `imp_${race}-${i}`, 'duplicate_paid')),
          ),
        )
        const found = await store.orders.find(order.merchantUid)
        assert.deepEqual(found, ok({ ...order, sequence: 1 + instances.length }))
      }
      assert.equal((await allEvents(store)).length, orders * (1 + instances.length))
      const issues = take(await store.reconciliationIssues.list('all', '', 1_000))
      assert.equal(issues.length, orders * instances.length)
    })
  })
}

function ordersOf(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.filter(({ merchantUid }) => merchantUid !== null)
}

/** Every order has these kinds of events, in any order, with sequences from 1 on. */
function assertHistories(events: readonly StoredEvent[], kinds: readonly string[]): void {
  const histories = Map.groupBy(ordersOf(events), ({ merchantUid }) => merchantUid)
  assert.equal(histories.size, raceCount)
  for (const history of histories.values()) {
    assert.deepEqual(history.map(({ kind }) => kind).toSorted(), kinds)
    assert.deepEqual(
      history.map(({ sequence }) => Number(sequence)).toSorted((a, b) => a - b),
      kinds.map((_, i) => i + 1),
    )
  }
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b)
    return true
  } catch {
    return false
  }
}
