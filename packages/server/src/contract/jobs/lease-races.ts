import { strict as assert } from 'node:assert'
import { type ImpUid, type Order, ok, type Result, type StoreFailure } from '@quayside/core'
import type { Store } from '../../index.ts'
import { type Context, type Contract, inRaces, onInstances, raceCount } from '../runner.ts'
import {
  allEvents,
  claimAll,
  expecting,
  impUid,
  issuing,
  open,
  paying,
  payment,
  take,
  unmatched,
} from '../samples.ts'

export function leaseRacesContract({ describe, test }: Contract): void {
  describe(`leases and intents: ${raceCount} races on eight connections`, () => {
    test('an event is claimed by one of eight sweepers', async (context) => {
      await onInstances(context.instances, raceCount, async (i, store) => {
        take(await store.orders.record(paying(await open(store, `ORD-${i}`), `imp_${i}`)))
      })
      const events = await sweep(context, (from, count) => from.outbox.claim(count))
      assert.equal(new Set(events.map(({ id }) => id)).size, raceCount)
      assert.deepEqual(new Set(events.map(({ tries }) => tries)), new Set([1]))
    })

    test('one event is claimed by one of two that want it', async (context) => {
      await onInstances(context.instances, raceCount, async (i, store) => {
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
      await onInstances(context.instances, raceCount, async (i, store) => {
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
