import { strict as assert } from 'node:assert'
import type { Order } from '@quayside/core'
import {
  type HistoryEntry,
  type HistoryPosition,
  type Store,
  toHistoryPosition,
} from '../../index.ts'
import type { Contract } from '../runner.ts'
import {
  impUid,
  issuing,
  merchantUid,
  money,
  open,
  paying,
  payment,
  recordUntilStored,
  refunding,
  refusing,
  take,
  unmatched,
} from '../samples.ts'

/** An entry in one line. */
function describeEntry(entry: HistoryEntry): string {
  switch (entry.kind) {
    case 'attempt': {
      const { impUid: uid, verdict, reason, paymentStatus } = entry.attempt
      return `${uid} ${verdict}${reason === null ? '' : ` ${reason}`}, ${paymentStatus}`
    }
    case 'reconciliation_issue':
      return `issue ${entry.issue.id}`
    case 'event':
      return `event ${entry.event.id} ${entry.event.kind}`
    case 'cancel':
      return `cancel of ${entry.cancel.impUid} at ${entry.cancel.balance.minor}`
    case 'revocation':
      return `revocation of ${entry.revocation.impUid}`
  }
}

export function orderHistoriesContract({ describe, test }: Contract): void {
  const reload = async (store: Store, id: string) => take(await store.orders.find(merchantUid(id)))
  const historyOf = async (store: Store, id: string, count = 100) => {
    const order = await reload(store, id)
    const entries: HistoryEntry[] = []
    let after: HistoryPosition | null = null
    do {
      const { entries: page, next }: Awaited<ReturnType<typeof readPage>> = await readPage(
        store,
        order,
        after,
        count,
      )
      assert.ok(page.length <= count)
      entries.push(...page)
      after = next
    } while (after !== null)
    return entries
  }
  const readPage = async (
    store: Store,
    order: Order,
    after: HistoryPosition | null,
    count: number,
  ) => take(await store.orderHistories.read(order, after, count))

  describe('histories of orders', () => {
    test('read() returns what happened, oldest first, and nothing of another order', async ({
      store,
      clock,
    }) => {
      const created = await open(store, 'ORD.1')
      assert.deepEqual(await historyOf(store, 'ORD.1'), [])
      clock.advance(1)
      // A strange payment, a failure, an account that is replaced, the payment, a second one, and one that came back.
      take(await store.orders.recordAttempt(refusing(created, 'imp_strange')))
      clock.advance(1)
      const failure = payment(created, 'imp_failed', { status: 'failed', paid_at: 0 })
      const failed = take(
        await store.orders.record({ order: created, payment: failure, to: 'failed' }),
      )
      clock.advance(1)
      const waiting = take(await store.orders.record(issuing(failed, 'imp_account')))
      clock.advance(1)
      const paid = take(await store.orders.record(paying(waiting, 'imp_paid')))
      clock.advance(1)
      await recordUntilStored(store, unmatched(paid, 'imp_second', 'duplicate_paid'))
      clock.advance(1)
      await recordUntilStored(store, refunding(await reload(store, 'ORD.1'), 'imp_back'))
      clock.advance(1)
      const intent = {
        impUid: impUid('imp_paid'),
        merchantUid: paid.merchantUid,
        balance: money(64_900),
        amount: money(1_000),
        askedBy: 'merchant',
      } as const
      assert.equal(take(await store.cancels.open(intent)), true)
      clock.advance(1)
      const issue = take(await store.reconciliationIssues.find('duplicate_paid:imp_second'))
      assert.ok(issue)
      take(await store.reconciliationIssues.close(issue, 'refunded'))
      // Another order whose id begins with this one, or is this one in the ids of events.
      for (const [index, id] of ['ORD.12', 'ORD-1', 'ORD.1:1'].entries()) {
        take(await store.orders.record(paying(await open(store, id), `imp_other_${index}`)))
      }

      const expected = [
        'imp_strange refused amount_mismatch, paid',
        'imp_failed accepted, failed',
        'event ORD~1:1 failed',
        'imp_account accepted, vbank_issued',
        'event ORD~1:2 vbank_issued',
        'imp_paid accepted, paid',
        'event ORD~1:3 paid',
        'revocation of imp_account',
        'imp_second duplicate_paid, paid',
        'issue duplicate_paid:imp_second',
        'event ORD~1:4 duplicate_paid',
        'imp_back refunded, cancelled',
        'cancel of imp_paid at 64900',
        'event duplicate_paid:imp_second:refunded exception',
      ]
      const whole = await historyOf(store, 'ORD.1')
      const mismatch = whole.map(describeEntry).filter((line) => !line.includes('mismatch_paid'))
      assert.deepEqual(mismatch, expected)
      for (const count of [1, 2, 5]) {
        assert.deepEqual(await historyOf(store, 'ORD.1', count), whole)
      }
      const times = whole.map((entry) => toHistoryPosition(entry).at)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      )
    })

    test('an entry is what its own call returns', async ({ store, clock }) => {
      const order = take(await store.orders.record(paying(await open(store, 'ORD-1'), 'imp_1')))
      const [attempt, event] = await historyOf(store, 'ORD-1')
      assert.deepEqual(attempt, {
        kind: 'attempt',
        attempt: {
          impUid: 'imp_1',
          verdict: 'accepted',
          reason: null,
          paymentMerchantUid: 'ORD-1',
          paymentStatus: 'paid',
          amount: money(64_900),
          cancelled: money(0),
          payMethod: 'card',
          pgProvider: 'kcp',
          isSandbox: false,
          recordedAt: clock.now(),
        },
      })
      const [written] = take(await store.outbox.list('pending', '', 10))
      assert.deepEqual(event, { kind: 'event', event: written })
      // A place that no entry has is a place all the same.
      const after = { at: clock.now().getTime(), kind: 'attempt', id: 'imp_0' } as const
      assert.deepEqual(take(await store.orderHistories.read(order, after, 1)), {
        entries: [attempt],
        next: { at: after.at, kind: 'attempt', id: 'imp_1' },
      })
    })

    test('a refusal that has money is there with its issue and the event of it', async ({
      store,
    }) => {
      const order = await open(store, 'ORD-1')
      take(await store.orders.recordAttempt(refusing(order, 'imp_other')))
      assert.deepEqual((await historyOf(store, 'ORD-1', 2)).map(describeEntry), [
        'imp_other refused amount_mismatch, paid',
        'issue mismatch_paid:imp_other',
        'event mismatch_paid:imp_other exception',
      ])
    })
  })
}
