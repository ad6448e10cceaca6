import { strict as assert } from 'node:assert'
import { type Order, ok } from '@quayside/core'
import type { ReconciliationIssue, Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { allEvents, open, paying, payment, take, unmatched } from '../samples.ts'

const leaseMs = 50_000

export function issuesContract({ describe, test }: Contract): void {
  const add = async (store: Store, order: Order, uid: string): Promise<ReconciliationIssue> => {
    take(
      await store.reconciliationIssues.add([
        { kind: 'order_unknown', payment: payment(order, uid) },
      ]),
    )
    const issue = take(await store.reconciliationIssues.find(`order_unknown:${uid}`))
    assert.ok(issue)
    return issue
  }
  /** An issue that the order's policy refunds. */
  const addRefundable = async (store: Store): Promise<ReconciliationIssue> => {
    const policy = { late: 'report', unmatched: 'refund' } as const
    const paid = take(
      await store.orders.record(paying(await open(store, 'ORD-1', { policy }), 'imp_1')),
    )
    take(await store.orders.recordAttempt(unmatched(paid, 'imp_2', 'duplicate_paid')))
    const issue = take(await store.reconciliationIssues.find('duplicate_paid:imp_2'))
    assert.ok(issue)
    return issue
  }
  const outcomesOf = async (store: Store): Promise<readonly unknown[]> => {
    const events = (await allEvents(store)).filter(({ merchantUid }) => merchantUid === null)
    return events.map(({ payload }) => {
      const data: unknown = JSON.parse(payload)
      assert.ok(data instanceof Object && 'reconciliation_issue' in data)
      const issue = data.reconciliation_issue
      assert.ok(issue instanceof Object && 'outcome' in issue && 'policy' in issue)
      return [issue.outcome, issue.policy]
    })
  }

  describe('reconciliation issues', () => {
    test('add() writes an issue and its event once', async ({ store, clock }) => {
      const order = await open(store, 'ORD-1')
      const paid = payment(order, 'imp_1')
      const issue = await add(store, order, 'imp_1')
      const { impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider } = paid
      assert.deepEqual(issue, {
        id: 'order_unknown:imp_1',
        kind: 'order_unknown',
        merchantUid,
        impUid,
        policy: 'report',
        snapshot: { impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider },
        outcome: null,
        tries: 0,
        createdAt: clock.now(),
        closedAt: null,
      })
      clock.advance(1_000)
      assert.deepEqual(await add(store, order, 'imp_1'), issue)
      assert.deepEqual(await outcomesOf(store), [[null, 'report']])
      clock.advance(leaseMs)
      assert.deepEqual(await store.reconciliationIssues.claim(10), ok([]))
    })

    test('adds many at once, those that exist among them, and knows which exist', async ({
      store,
    }) => {
      const order = await open(store, 'ORD-1')
      await add(store, order, 'imp_7')
      const uids = Array.from({ length: 1_000 }, (_, i) => `imp_${i}`)
      const kind = 'order_unknown'
      const added = uids.map((uid) => ({ kind, payment: payment(order, uid) }) as const)
      assert.deepEqual(await store.reconciliationIssues.add(added), ok(null))
      assert.deepEqual(await store.reconciliationIssues.add(added.toReversed()), ok(null))
      assert.deepEqual(await store.reconciliationIssues.add([]), ok(null))
      const ids = uids.map((uid) => `order_unknown:${uid}`)
      assert.deepEqual(
        await store.reconciliationIssues.existing(['order_unknown:imp_none', ...ids]),
        ok(new Set(ids)),
      )
      assert.deepEqual(await store.reconciliationIssues.existing([]), ok(new Set()))
      assert.deepEqual((await allEvents(store)).map(({ id }) => id).toSorted(), ids.toSorted())
    })

    test('an issue whose event was deleted gets no second one', async ({ store, clock }) => {
      const order = await open(store, 'ORD-1')
      await add(store, order, 'imp_1')
      const [event] = take(await store.outbox.claim(10))
      assert.ok(event)
      take(await store.outbox.settle([{ event, result: { kind: 'delivered' } }]))
      clock.advance(1)
      assert.deepEqual(await store.retention.deleteDeliveredEvents(clock.now(), 10), ok(1))
      await add(store, order, 'imp_1')
      assert.deepEqual(await allEvents(store), [])
    })

    test('finds unknown payments that their order has accepted since', async ({ store }) => {
      const [paid, other] = [await open(store, 'ORD-1'), await open(store, 'ORD-2')]
      const issue = await add(store, paid, 'imp_1')
      await add(store, other, 'imp_2')
      const ids = [paid.merchantUid, other.merchantUid]
      const { reconciliationIssues: issues } = store
      assert.deepEqual(await issues.accountedFor(ids), ok([]))
      take(await store.orders.record(paying(paid, 'imp_1')))
      assert.deepEqual(await issues.accountedFor(ids), ok([issue]))
      assert.deepEqual(await issues.accountedFor([]), ok([]))
      take(await issues.close(issue, 'order_created'))
      assert.deepEqual(await issues.accountedFor(ids), ok([]))
    })

    test('finds payments that could not be recorded and that their order has accepted since', async ({
      store,
    }) => {
      const order = await open(store, 'ORD-1')
      const { reconciliationIssues: issues } = store
      const kind = 'mismatch_paid'
      take(
        await issues.add(['imp_1', 'imp_2'].map((uid) => ({ kind, payment: payment(order, uid) }))),
      )
      assert.deepEqual(await issues.accountedFor([order.merchantUid]), ok([]))
      take(await store.orders.record(paying(order, 'imp_1')))
      const found = take(await issues.accountedFor([order.merchantUid]))
      assert.deepEqual(
        found.map(({ id }) => id),
        ['mismatch_paid:imp_1'],
      )
    })

    test('claims those that a policy refunds, for fifty seconds', async ({ store, clock }) => {
      await add(store, await open(store, 'ORD-2'), 'imp_9')
      const issue = await addRefundable(store)
      assert.equal(issue.policy, 'refund')
      const issues = store.reconciliationIssues
      assert.deepEqual(await issues.claim(10), ok([issue]))
      assert.deepEqual(await issues.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(await issues.claim(10), ok([issue]))
      const dueAt = new Date(clock.now().getTime() + 100_000)
      assert.deepEqual(await issues.postpone(issue, 'provider_unavailable', dueAt), ok(null))
      clock.advance(99_999)
      assert.deepEqual(await issues.claim(10), ok([]))
      clock.advance(1)
      const postponed = { ...issue, outcome: 'provider_unavailable', tries: 1 }
      assert.deepEqual(await issues.claim(10), ok([postponed]))
    })

    test('postpone() until a person acts writes one event', async ({ store, clock }) => {
      const issue = await addRefundable(store)
      const issues = store.reconciliationIssues
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await issues.postpone(issue, 'cancel_refused', null), ok(null))
      }
      assert.deepEqual(await outcomesOf(store), [['cancel_refused', 'refund']])
      clock.advance(1_000_000)
      assert.deepEqual(await issues.claim(10), ok([]))
      assert.equal(take(await issues.list('open', '', 10)).length, 1)
    })

    test('close() closes once, with one event; what is closed stays as it is', async ({
      store,
      clock,
    }) => {
      const issue = await addRefundable(store)
      const issues = store.reconciliationIssues
      const closedAt = clock.now()
      assert.deepEqual(await issues.close(issue, 'refunded'), ok(null))
      clock.advance(1_000)
      assert.deepEqual(await issues.close(issue, 'refunded'), ok(null))
      assert.deepEqual(await issues.close(issue, 'other'), ok(null))
      assert.deepEqual(await issues.postpone(issue, 'other', null), ok(null))
      const closed = { ...issue, outcome: 'refunded', tries: 1, closedAt }
      assert.deepEqual(await issues.find(issue.id), ok(closed))
      assert.deepEqual(await issues.closeById(issue.id, 'other'), ok(closed))
      assert.deepEqual(await outcomesOf(store), [['refunded', 'refund']])
      clock.advance(leaseMs)
      assert.deepEqual(await issues.claim(10), ok([]))
    })

    test('closeById() closes without an event; an unknown issue is null', async ({
      store,
      clock,
    }) => {
      const issue = await addRefundable(store)
      const issues = store.reconciliationIssues
      const closed = { ...issue, outcome: 'by hand', closedAt: clock.now() }
      assert.deepEqual(await issues.closeById(issue.id, 'by hand'), ok(closed))
      assert.deepEqual(await issues.closeById(issue.id, 'again'), ok(closed))
      assert.deepEqual(await outcomesOf(store), [])
      for (const id of ['', 'nothing', 'duplicate_paid:IMP_2', 'a\0', '\u{dfff}']) {
        assert.deepEqual(await issues.find(id), ok(null))
        assert.deepEqual(await issues.closeById(id, 'x'), ok(null))
      }
    })

    test('lists pages, newest first, also when the last one of a page was closed', async ({
      store,
      clock,
    }) => {
      const order = await open(store, 'ORD-1')
      for (const uid of ['imp_1', 'imp_2', 'imp_3', 'imp_4', 'imp_5']) {
        if (uid !== 'imp_3') clock.advance(1_000)
        await add(store, order, uid)
      }
      const issues = store.reconciliationIssues
      const uidsOf = async (which: 'open' | 'all', after: string) =>
        take(await issues.list(which, after, 2)).map(({ impUid }) => impUid)
      assert.deepEqual(await uidsOf('open', ''), ['imp_5', 'imp_4'])
      await issues.closeById('order_unknown:imp_4', 'by hand')
      assert.deepEqual(await uidsOf('open', 'order_unknown:imp_4'), ['imp_3', 'imp_2'])
      assert.deepEqual(await uidsOf('open', 'order_unknown:imp_2'), ['imp_1'])
      assert.deepEqual(await uidsOf('open', ''), ['imp_5', 'imp_3'])
      assert.deepEqual(await uidsOf('all', ''), ['imp_5', 'imp_4'])
      assert.deepEqual(await uidsOf('all', 'order_unknown:imp_1'), [])
    })
  })
}
