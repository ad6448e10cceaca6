import { strict as assert } from 'node:assert'
import { type Attempt, applyChange, type Order, ok } from '@quayside/core'
import { presentUnmatchedPayment, type Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import {
  accountFields,
  eventsOf,
  impUid,
  issuing,
  kindsOf,
  open,
  paying,
  payment,
  refundFields,
  refunding,
  refusing,
  take,
  unacceptedOf,
  unmatched,
} from '../samples.ts'

export function attemptsContract({ describe, test }: Contract): void {
  const issuesOf = async (store: Store): Promise<readonly (readonly [string, string])[]> => {
    const issues = take(await store.reconciliationIssues.list('all', '', 10))
    return issues.map((each) => [each.kind, each.impUid] as const)
  }

  describe('orders: recordAttempt()', () => {
    test('a refused payment is evidence, leaves the order unchanged and may be repeated', async ({
      store,
    }) => {
      const order = await open(store, 'ORD-1')
      const attempt = refusing(order, 'imp_1')
      assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
      assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1', 'imp_2']), ['imp_1'])
    })

    test('a refused payment of another amount is an issue, with its event, once', async ({
      store,
      clock,
    }) => {
      const policy = { late: 'report', unmatched: 'refund' } as const
      const order = await open(store, 'ORD-1', { policy })
      const issued = refusing(order, 'imp_1', { amount: 100, status: 'ready', paid_at: 0 })
      await store.orders.recordAttempt(issued)
      assert.deepEqual(await store.reconciliationIssues.list('all', '', 10), ok([]))
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await store.orders.recordAttempt(refusing(order, 'imp_1')), ok(null))
      }
      const [issue, ...more] = take(await store.reconciliationIssues.list('open', '', 10))
      assert.ok(issue)
      assert.deepEqual(
        [issue.kind, issue.impUid, issue.merchantUid, issue.policy, issue.tries, issue.createdAt],
        ['mismatch_paid', 'imp_1', 'ORD-1', 'refund', 0, clock.now()],
      )
      const events = take(await store.outbox.list('pending', '', 10))
      assert.deepEqual([more, events.length], [[], 1])
      const data: unknown = JSON.parse(events[0]?.payload ?? '')
      assert.ok(data instanceof Object && 'reconciliation_issue' in data)
      const shown = data.reconciliation_issue
      assert.ok(shown instanceof Object && 'policy' in shown && 'imp_uid' in shown)
      assert.deepEqual([shown.policy, shown.imp_uid], ['refund', 'imp_1'])
      assert.deepEqual([events[0]?.merchantUid, events[0]?.sequence], [null, null])
    })

    test('what no policy may refund is reported, with the reason', async ({ store }) => {
      const policy = { late: 'report', unmatched: 'refund' } as const
      const order = await open(store, 'ORD-1', { policy })
      const reason = 'payment_too_old'
      const attempt: Attempt = {
        order,
        payment: payment(order, 'imp_1'),
        outcome: 'refused',
        reason,
      }
      assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
      const issue = take(await store.reconciliationIssues.find('mismatch_paid:imp_1'))
      assert.deepEqual([issue?.policy, issue?.snapshot.reason], ['report', reason])
      assert.deepEqual(await store.reconciliationIssues.claim(10), ok([]))
    })

    test('a flood of refusals is recorded up to a hundred, and money always', async ({ store }) => {
      const order = await open(store, 'ORD-1')
      const reason = 'sandbox_payment'
      const offer = async (uid: string, fields = {}) => {
        const offered = payment(order, uid, fields)
        const attempt: Attempt = { order, payment: offered, outcome: 'refused', reason }
        assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
      }
      const uids = Array.from({ length: 101 }, (_, i) => `imp_${i}`)
      for (const uid of uids) await offer(uid)
      assert.deepEqual(await store.orders.recordAttempt(refusing(order, 'imp_money')), ok(null))
      // One that is known may change.
      await offer('imp_0', { status: 'failed', paid_at: 0 })
      const left = await unacceptedOf(store, 'ORD-1', [...uids, 'imp_money'])
      assert.deepEqual(left, [...uids.slice(0, 100), 'imp_money'].toSorted())
      const key = { impUid: impUid('imp_0'), merchantUid: order.merchantUid }
      const [known] = take(await store.orderQueries.unacceptedAttempts([key]))
      assert.equal(known?.paymentStatus, 'failed')
    })

    test('accepting a payment replaces its refusal, and no refusal replaces an acceptance', async ({
      store,
    }) => {
      const order = await open(store, 'ORD-1')
      const foreign = await open(store, 'ORD-2')
      const own = payment(order, 'imp_1')
      const offer = async (to: Order) => {
        const reason = 'order_mismatch'
        const attempt: Attempt = { order: to, payment: own, outcome: 'refused', reason }
        assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
      }
      await offer(order)
      await offer(foreign)
      await store.orders.record(paying(order, 'imp_1'))
      await offer(order)
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1']), [])
      assert.deepEqual(await unacceptedOf(store, 'ORD-2', ['imp_1']), ['imp_1'])
    })

    test('money of another amount in an account that was accepted is an issue, once', async ({
      store,
    }) => {
      const issued = take(await store.orders.record(issuing(await open(store, 'ORD-1'), 'imp_1')))
      const changed = refusing(issued, 'imp_1', { ...accountFields, amount: 100 })
      assert.deepEqual(await store.orders.recordAttempt(changed), ok(null))
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1']), [])
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await store.orders.recordAttempt(refusing(issued, 'imp_1')), ok(null))
      }
      assert.deepEqual(await store.orders.find(issued.merchantUid), ok(issued))
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1']), ['imp_1'])
      assert.deepEqual(await issuesOf(store), [['mismatch_paid', 'imp_1']])
      const events = take(await store.outbox.list('pending', '', 10))
      assert.deepEqual(events.map(({ kind }) => kind).toSorted(), ['exception', 'vbank_issued'])
    })

    test('so is such money in an account beside the payment, or of a closed order', async ({
      store,
    }) => {
      const first = take(await store.orders.record(issuing(await open(store, 'ORD-1'), 'imp_1')))
      const paid = take(await store.orders.record(paying(first, 'imp_2')))
      const second = take(await store.orders.record(issuing(await open(store, 'ORD-2'), 'imp_3')))
      const closed = take(await store.orders.close(second, [impUid('imp_3')]))
      assert.deepEqual([paid.status, closed.status], ['paid', 'cancelled'])
      await store.orders.recordAttempt(refusing(paid, 'imp_1'))
      await store.orders.recordAttempt(refusing(closed, 'imp_3'))
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1', 'imp_2']), ['imp_1'])
      assert.deepEqual(await unacceptedOf(store, 'ORD-2', ['imp_3']), ['imp_3'])
      assert.deepEqual(await issuesOf(store), [
        ['mismatch_paid', 'imp_3'],
        ['mismatch_paid', 'imp_1'],
      ])
    })

    test('the payment that an order was paid by is never refused afterwards', async ({ store }) => {
      const paid = take(await store.orders.record(paying(await open(store, 'ORD-1'), 'imp_1')))
      const cancelled = { status: 'cancelled', cancel_amount: 900, cancelled_at: 1 }
      const changes = [
        { to: 'partially_cancelled', payment: payment(paid, 'imp_1', cancelled) },
        { to: 'cancelled', payment: payment(paid, 'imp_1', refundFields) },
      ] as const
      let order = paid
      assert.deepEqual(await store.orders.recordAttempt(refusing(order, 'imp_1')), ok(null))
      for (const change of changes) {
        order = take(await store.orders.record({ order, ...change }))
        assert.equal(order.status, change.to)
        assert.deepEqual(await store.orders.recordAttempt(refusing(order, 'imp_1')), ok(null))
      }
      assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1']), [])
      assert.deepEqual(await issuesOf(store), [])
    })

    for (const outcome of ['duplicate_paid', 'late_paid'] as const) {
      test(`${outcome} replaces a refusal: an account that was too old is paid into later`, async ({
        store,
      }) => {
        const order = await open(store, 'ORD-1')
        const account = payment(order, 'imp_1', accountFields)
        const refused = { outcome: 'refused', reason: 'payment_too_old' } as const
        await store.orders.recordAttempt({ order, payment: account, ...refused })
        const attempt = unmatched(order, 'imp_1', outcome)
        const counted = { ...order, sequence: 1 }
        assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
        assert.deepEqual(await store.orders.recordAttempt({ ...attempt, order: counted }), ok(null))
        assert.deepEqual(await store.orders.find(order.merchantUid), ok(counted))
        assert.deepEqual(await kindsOf(store, 'ORD-1'), [outcome])
        assert.deepEqual(await issuesOf(store), [[outcome, 'imp_1']])
      })

      test(`${outcome} raises the sequence once, with an event and an issue`, async ({
        store,
        enqueued,
      }) => {
        const order = take(await store.orders.record(paying(await open(store, 'ORD-1'), 'imp_1')))
        const attempt = unmatched(order, 'imp_2', outcome)
        const counted = { ...order, sequence: 2 }
        assert.deepEqual(await store.orders.recordAttempt(attempt), ok(null))
        assert.deepEqual(await store.orders.recordAttempt({ ...attempt, order: counted }), ok(null))
        assert.deepEqual(await store.orders.find(order.merchantUid), ok(counted))
        const [, event, ...more] = await eventsOf(store, 'ORD-1')
        assert.ok(event)
        assert.deepEqual([event.kind, event.sequence, more], [outcome, 2, []])
        assert.deepEqual(
          JSON.parse(event.payload),
          presentUnmatchedPayment(counted, attempt.payment),
        )
        assert.equal(enqueued.at(-1), event.id)
        const issues = take(await store.reconciliationIssues.list('all', '', 10))
        assert.deepEqual(
          issues.map(({ kind, impUid }) => [kind, impUid]),
          [[outcome, 'imp_2']],
        )
        assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_1', 'imp_2']), ['imp_2'])
      })

      test(`${outcome} holds for the order as it was read: a changed one is returned`, async ({
        store,
      }) => {
        const order = await open(store, 'ORD-1')
        const changed = ok(applyChange(paying(order, 'imp_1')))
        await store.orders.record(paying(order, 'imp_1'))
        assert.deepEqual(
          await store.orders.recordAttempt(unmatched(order, 'imp_2', outcome)),
          changed,
        )
        assert.deepEqual(await store.orders.find(order.merchantUid), changed)
        assert.deepEqual(await kindsOf(store, 'ORD-1'), ['paid'])
        assert.deepEqual(await unacceptedOf(store, 'ORD-1', ['imp_2']), [])
      })
    }

    test('money for an expired order follows the policy for late money', async ({ store }) => {
      const policy = { late: 'refund', unmatched: 'report' } as const
      const order = await open(store, 'ORD-1', { policy })
      const fields = { status: 'ready', paid_at: 0, pay_method: 'vbank', vbank_num: '1' }
      const issued = take(
        await store.orders.record({
          order,
          payment: payment(order, 'imp_1', fields),
          to: 'vbank_issued',
        }),
      )
      const expired = take(await store.orders.expire(issued))
      assert.equal(expired.status, 'expired')
      assert.deepEqual(
        await store.orders.recordAttempt(unmatched(expired, 'imp_1', 'late_paid')),
        ok(null),
      )
      const [issue] = take(await store.reconciliationIssues.list('open', '', 10))
      assert.equal(issue?.policy, 'refund')
      const claimed = take(await store.reconciliationIssues.claim(10))
      assert.deepEqual(
        claimed.map(({ id }) => id),
        [issue?.id],
      )
    })

    test('a refunded payment does not change its order any more, even by an older record', async ({
      store,
      enqueued,
    }) => {
      const order = await open(store, 'ORD-1')
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await store.orders.recordAttempt(refunding(order, 'imp_1')), ok(null))
      }
      assert.deepEqual(await store.orders.record(paying(order, 'imp_1')), ok(order))
      const late = unmatched(order, 'imp_1', 'late_paid')
      assert.deepEqual(await store.orders.recordAttempt(late), ok(null))
      assert.deepEqual(await store.orders.find(order.merchantUid), ok(order))
      assert.deepEqual([await kindsOf(store, 'ORD-1'), enqueued], [[], []])
      const other = paying(order, 'imp_2')
      assert.deepEqual(await store.orders.record(other), ok(applyChange(other)))
    })

    test('a refund replaces a refusal as well', async ({ store }) => {
      const order = await open(store, 'ORD-1')
      await store.orders.recordAttempt(refusing(order, 'imp_1', { ...accountFields, amount: 100 }))
      assert.deepEqual(await store.orders.recordAttempt(refunding(order, 'imp_1')), ok(null))
      assert.deepEqual(await store.orders.record(paying(order, 'imp_1')), ok(order))
    })
  })
}
