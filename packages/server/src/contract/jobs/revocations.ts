import { strict as assert } from 'node:assert'
import { type MerchantUid, ok } from '@quayside/core'
import type { Store } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { impUid, issuing, open, take } from '../samples.ts'

const leaseMs = 50_000

export function revocationsContract({ describe, test }: Contract): void {
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
