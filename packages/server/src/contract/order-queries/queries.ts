import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { maxRowsPerRead } from '../../index.ts'
import { type Contract, onInstances } from '../runner.ts'
import { impUid, issuing, merchantUid, open, paying, payment, refusing, take } from '../samples.ts'

export function queriesContract({ describe, test }: Contract): void {
  describe('order queries', () => {
    test('orders() returns those that exist, however many are asked for', async ({ store }) => {
      for (const id of ['ORD-1', 'ORD-2', 'ORD-3']) await open(store, id)
      const many = Array.from({ length: 1_000 }, (_, i) => merchantUid(`ORD-${i + 2}`))
      const found = take(await store.orderQueries.orders([...many, merchantUid('ord-1')]))
      assert.deepEqual(found.map(({ order }) => order.merchantUid).toSorted(), ['ORD-2', 'ORD-3'])
      const read = await store.orders.read(merchantUid('ORD-1'))
      assert.deepEqual(
        await store.orderQueries.orders([merchantUid('ORD-1'), merchantUid('ORD-1')]),
        ok([take(read)]),
      )
      assert.deepEqual(await store.orderQueries.orders([]), ok([]))
    })

    test('unacceptedAttempts() returns refused and unmatched payments', async ({ store }) => {
      const order = await open(store, 'ORD-1')
      const paid = take(await store.orders.record(paying(order, 'imp_1')))
      await store.orders.recordAttempt(refusing(paid, 'imp_2', { amount: 1, status: 'failed' }))
      const late = { order: paid, payment: payment(paid, 'imp_3'), outcome: 'late_paid' } as const
      await store.orders.recordAttempt(late)
      const offered = ['imp_1', 'imp_2', 'imp_3', 'imp_4', 'IMP_2'].map((uid) => {
        return { impUid: impUid(uid), merchantUid: order.merchantUid }
      })
      // What was offered for another order is that order's.
      const elsewhere = { impUid: impUid('imp_2'), merchantUid: merchantUid('ORD-2') }
      const attempts = take(await store.orderQueries.unacceptedAttempts([...offered, elsewhere]))
      assert.deepEqual(
        attempts.toSorted((a, b) => (a.impUid < b.impUid ? -1 : 1)),
        [
          { impUid: 'imp_2', merchantUid: 'ORD-1', paymentStatus: 'failed' },
          { impUid: 'imp_3', merchantUid: 'ORD-1', paymentStatus: 'paid' },
        ],
      )
      assert.deepEqual(await store.orderQueries.unacceptedAttempts([]), ok([]))
    })

    test('paidBetween() returns what was paid in a span, by pages in the order of time and id', async ({
      store,
      instances,
    }) => {
      const start = 1_795_316_400
      const count = maxRowsPerRead + 4
      // Two orders are paid in each second, the later id first.
      const idOf = (i: number) => `ORD-${String(count - i).padStart(5, '0')}`
      const secondOf = (i: number) => Math.floor(i / 2)
      await onInstances(instances, count, async (i, instance) => {
        const order = await open(instance, idOf(i))
        const paid = payment(order, `imp_${i}`, { paid_at: start + secondOf(i) })
        take(await instance.orders.record({ order, payment: paid, to: 'paid' }))
      })
      await store.orders.record(issuing(await open(store, 'ORD-0'), 'imp_a'))
      const at = (seconds: number) => new Date((start + seconds) * 1_000)
      const page = async (from: Date, to: Date, after: string) =>
        take(await store.orderQueries.paidBetween(from, to, after)).map(({ order }) => order)
      const idsOf = async (...values: Parameters<typeof page>) =>
        (await page(...values)).map(({ merchantUid: id }) => id)
      assert.deepEqual(await idsOf(at(1), at(2), ''), [idOf(3), idOf(2)])
      assert.deepEqual(await idsOf(at(1), at(2), idOf(3)), [idOf(2)])
      assert.deepEqual(await idsOf(at(count), at(count + 1), ''), [])
      const first = await page(at(0), at(count), '')
      assert.equal(first.length, maxRowsPerRead)
      const last = first.at(-1)
      assert.ok(last?.paidAt)
      const rest = await page(last.paidAt, at(count), last.merchantUid)
      const all = Array.from({ length: count }, (_, i) => idOf(i % 2 === 0 ? i + 1 : i - 1))
      assert.deepEqual(
        [...first, ...rest].map(({ merchantUid: id }) => id),
        all,
      )
    })
  })
}
