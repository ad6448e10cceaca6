import { strict as assert } from 'node:assert'
import {
  applyChange,
  type Change,
  type ImpUid,
  type Order,
  ok,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import type { Store, StoredEvent } from '../index.ts'
import { type Context, type Contract, inLanes } from './runner.ts'
import {
  allEvents,
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
} from './samples.ts'

const raceCount = 304

/** Runs races, four at once, each on two instances of its own. */
async function inRaces(
  { instances }: Context,
  run: (race: number, first: Store, second: Store) => Promise<void>,
): Promise<void> {
  const pairs = Array.from({ length: 4 }, (_, pair) => instances.slice(2 * pair, 2 * pair + 2))
  await inLanes(pairs, raceCount, async (race, [first, second]) => {
    assert.ok(first && second)
    // The one that is asked first must not always be the first to write.
    await (race % 8 < 4 ? run(race, first, second) : run(race, second, first))
  })
}

export function racesContract({ describe, test }: Contract): void {
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

  describe(`leases and intents: ${raceCount} races on eight connections`, () => {
    test('an event is claimed by one of eight sweepers', async (context) => {
      await inLanes(context.instances, raceCount, async (i, store) => {
        take(await store.orders.record(paying(await open(store, `ORD-${i}`), `imp_${i}`)))
      })
      const events = await sweep(context, (from, count) => from.outbox.claim(count))
      assert.equal(new Set(events.map(({ id }) => id)).size, raceCount)
      assert.deepEqual(new Set(events.map(({ tries }) => tries)), new Set([1]))
    })

    test('one event is claimed by one of two that want it', async (context) => {
      await inLanes(context.instances, raceCount, async (i, store) => {
        take(await store.orders.record(paying(await open(store, `ORD-${i}`), `imp_${i}`)))
      })
      const ids = (await allEvents(context.store)).map(({ id }) => id)
      await inRaces(context, async (race, first, second) => {
        const id = ids[race] ?? ''
        const claims = await Promise.all([first.outbox.claimOne(id), second.outbox.claimOne(id)])
        assert.equal(claims.map(take).filter((event) => event !== null).length, 1)
      })
    })

    test('a poll, a revocation, a cancel and an issue are claimed by one of eight', async (context) => {
      const policy = { late: 'report', unmatched: 'refund' } as const
      await inLanes(context.instances, raceCount, async (i, store) => {
        const issued = take(
          await store.orders.record(issuing(await open(store, `ORD-${i}`, { policy }), `imp_${i}`)),
        )
        const closed = take(await store.orders.close(issued, [impUid(`imp_${i}`)]))
        take(await store.orders.recordAttempt(unmatched(closed, `imp_${i}`, 'late_paid')))
        take(await store.cancels.open(intentOf(closed, `imp_${i}`)))
      })
      context.clock.advance(60_000)
      const polls = await sweep(context, (from, count) => from.pollSchedule.claim(count))
      const revocations = await sweep(context, (from, count) => from.revocations.claim(count))
      const cancels = await sweep(context, (from, count) => from.cancels.claim(count))
      const issues = await sweep(context, (from, count) => from.reconciliationIssues.claim(count))
      const uids = (each: readonly { readonly impUid: ImpUid }[]) =>
        each.map(({ impUid }) => impUid)
      const claimed: readonly (readonly string[])[] = [
        polls,
        revocations,
        uids(cancels),
        uids(issues),
      ]
      for (const ids of claimed) {
        assert.equal(new Set(ids).size, raceCount)
      }
    })

    test('of two that want to cancel one balance one may ask the provider', async (context) => {
      const order = await open(context.store, 'ORD-1')
      await inRaces(context, async (race, first, second) => {
        const intent = intentOf(order, `imp_${race}`)
        const opened = await Promise.all([first.cancels.open(intent), second.cancels.open(intent)])
        assert.equal(opened.map(take).filter((isOpen) => isOpen).length, 1)
      })
    })

    test('a cursor is leased to one of two, and has the position that was written', async (context) => {
      await inRaces(context, async (race, first, second) => {
        const start = new Date(race * 1_000)
        const acquired = await Promise.all([
          first.cursors.acquire(String(race), start),
          second.cursors.acquire(String(race), start),
        ])
        const positions = acquired.map(take).filter((position) => position !== null)
        assert.deepEqual(positions, [start])
      })
    })

    test('an issue that two report and two close has one event for each', async (context) => {
      const order = await open(context.store, 'ORD-1')
      await inRaces(context, async (race, first, second) => {
        const paid = payment(order, `imp_${race}`)
        const issues = [first.reconciliationIssues, second.reconciliationIssues]
        const added = await Promise.all(
          issues.map((port) => port.add([{ kind: 'order_unknown', payment: paid }])),
        )
        assert.deepEqual(added, [ok(null), ok(null)])
        const issue = take(await first.reconciliationIssues.find(`order_unknown:imp_${race}`))
        assert.ok(issue)
        const closed = await Promise.all(issues.map((port) => port.close(issue, 'refunded')))
        assert.deepEqual(closed, [ok(null), ok(null)])
        assert.equal(take(await second.reconciliationIssues.find(issue.id))?.tries, 1)
      })
      assert.equal((await allEvents(context.store)).length, 2 * raceCount)
    })

    test('two that plan the polls of the same orders both succeed', async (context) => {
      const ids = Array.from({ length: 20 }, (_, i) => `ORD-${i}`)
      for (const id of ids) await open(context.store, id)
      const at = context.clock.now()
      await inRaces(context, async (race, first, second) => {
        const plans = ids.map((id) => {
          return {
            merchantUid: expecting(id).merchantUid,
            dueAt: new Date(at.getTime() + race),
          }
        })
        const planned = await Promise.all([
          first.pollSchedule.plan(plans),
          second.pollSchedule.plan(plans.toReversed()),
        ])
        assert.deepEqual(planned, [ok(null), ok(null)])
      })
    })
  })
}

function intentOf(order: Order, uid: string) {
  const { merchantUid, amount } = order
  return { impUid: impUid(uid), merchantUid, balance: amount, amount, askedBy: 'policy' } as const
}

/** Claims a few at a time until nothing is due. */
async function claimAll<T>(
  claim: (count: number) => Promise<Result<readonly T[], StoreFailure>>,
): Promise<readonly T[]> {
  const claimed: T[] = []
  for (;;) {
    const some = take(await claim(5))
    if (some.length === 0) return claimed
    claimed.push(...some)
  }
}

/** Claims with every instance at once: each of the rows that are due must be claimed once. */
async function sweep<T>(
  { instances }: Context,
  claim: (from: Store, count: number) => Promise<Result<readonly T[], StoreFailure>>,
): Promise<readonly T[]> {
  const sweeps = await Promise.all(
    instances.map((instance) => claimAll((count) => claim(instance, count))),
  )
  const claimed = sweeps.flat()
  assert.equal(claimed.length, raceCount)
  return claimed
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
