import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { maxCounted, type Store } from '../../index.ts'
import { type Contract, onInstances } from '../runner.ts'
import { open, paying, recordUntilStored, take, unmatched } from '../samples.ts'

export function backlogContract({ describe, test }: Contract): void {
  const pay = async (store: Store, id: string) =>
    take(await store.orders.record(paying(await open(store, id), `imp_${id}`)))

  describe('backlog', () => {
    test('counts events that are pending, due and failed permanently', async ({ store, clock }) => {
      const none = {
        pendingEvents: 0,
        dueEvents: 0,
        oldestPendingAt: null,
        failedEvents: 0,
        openIssues: 0,
      }
      assert.deepEqual(await store.backlog.size(), ok(none))
      const firstAt = clock.now()
      await pay(store, 'ORD-1')
      clock.advance(1_000)
      const secondAt = clock.now()
      await pay(store, 'ORD-2')
      await pay(store, 'ORD-3')
      const all = { ...none, pendingEvents: 3, dueEvents: 3, oldestPendingAt: firstAt }
      assert.deepEqual(await store.backlog.size(), ok(all))
      const [first] = take(await store.outbox.claim(1))
      assert.ok(first)
      // A leased event is pending, and due again when its lease ends.
      assert.deepEqual(await store.backlog.size(), ok({ ...all, dueEvents: 2 }))
      const failed = { kind: 'failed', failure: 'receiver_timeout', dueAt: null } as const
      take(await store.outbox.settle([{ event: first, result: failed }]))
      const rest = { ...none, pendingEvents: 2, dueEvents: 2, oldestPendingAt: secondAt }
      assert.deepEqual(await store.backlog.size(), ok({ ...rest, failedEvents: 1 }))
      for (const event of take(await store.outbox.claim(10))) {
        take(await store.outbox.settle([{ event, result: { kind: 'delivered' } }]))
      }
      assert.deepEqual(await store.backlog.size(), ok({ ...none, failedEvents: 1 }))
      take(await store.outbox.replay(first.id))
      const again = { ...none, pendingEvents: 1, dueEvents: 1, oldestPendingAt: firstAt }
      assert.deepEqual(await store.backlog.size(), ok(again))
    })

    test('counts issues that are open', async ({ store }) => {
      const paid = await pay(store, 'ORD-1')
      await recordUntilStored(store, unmatched(paid, 'imp_2', 'duplicate_paid'))
      await recordUntilStored(store, unmatched(paid, 'imp_3', 'duplicate_paid'))
      assert.equal(take(await store.backlog.size()).openIssues, 2)
      const [issue] = take(await store.reconciliationIssues.list('open', '', 1))
      assert.ok(issue)
      take(await store.reconciliationIssues.closeById(issue.id, 'closed_by_merchant'))
      assert.equal(take(await store.backlog.size()).openIssues, 1)
    })

    test('counts no more than the first thousand', async ({ store, instances }) => {
      await onInstances(instances, maxCounted + 3, (i, instance) => pay(instance, `ORD-${i}`))
      const { pendingEvents, dueEvents } = take(await store.backlog.size())
      assert.deepEqual(
        { pendingEvents, dueEvents },
        {
          pendingEvents: maxCounted,
          dueEvents: maxCounted,
        },
      )
    })
  })
}
