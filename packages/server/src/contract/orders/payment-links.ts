import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { NewPaymentLink, PaymentLink } from '../../index.ts'
import { maxLinksPerOrder } from '../../index.ts'
import { type Contract, onInstances } from '../runner.ts'
import { merchantUid, take } from '../samples.ts'

const leaseMs = 50_000

const link: NewPaymentLink = {
  id: '0a1b2c3d',
  merchantUid: merchantUid('ORD-1'),
  url: 'https://impay.link/0a1b2c3d',
  expiresAt: new Date('2027-01-01T00:00:00.000Z'),
}

export function paymentLinksContract({ describe, test }: Contract): void {
  const added = (createdAt: Date): PaymentLink => ({
    ...link,
    createdAt,
    closedAt: null,
    outcome: null,
  })

  describe('payment links', () => {
    test('are found by id and by order, and written once', async ({ store, clock }) => {
      const { paymentLinks } = store
      const createdAt = clock.now()
      assert.deepEqual(await paymentLinks.find(link.id), ok(null))
      assert.deepEqual(await paymentLinks.add(link), ok(null))
      clock.advance(1_000)
      assert.deepEqual(await paymentLinks.add({ ...link, url: 'https://other.example' }), ok(null))
      const second = { ...link, id: '0A1B2C3D' }
      assert.deepEqual(await paymentLinks.add(second), ok(null))
      assert.deepEqual(await paymentLinks.find(link.id), ok(added(createdAt)))
      const both = [added(createdAt), { ...added(clock.now()), id: second.id }]
      assert.deepEqual(await paymentLinks.ofOrder(link.merchantUid), ok(both))
      assert.deepEqual(await paymentLinks.ofOrder(merchantUid('ord-1')), ok([]))
    })

    test('an open one is due after the lease, and later the older it is', async ({
      store,
      clock,
    }) => {
      const { paymentLinks } = store
      const expected = added(clock.now())
      await paymentLinks.add(link)
      assert.deepEqual(await paymentLinks.claim(10), ok([]))
      clock.advance(leaseMs)
      assert.deepEqual(await paymentLinks.claim(10), ok([expected]))
      assert.deepEqual(await paymentLinks.claim(10), ok([]))
      clock.advance(350_000)
      assert.deepEqual(await paymentLinks.settle(link.id, null), ok(null))
      // It is 400 seconds old: due again after 100.
      clock.advance(99_999)
      assert.deepEqual(await paymentLinks.claim(10), ok([]))
      clock.advance(1)
      assert.deepEqual(await paymentLinks.claim(10), ok([expected]))
    })

    test('is due at once when it is woken, and never once it is closed', async ({
      store,
      clock,
    }) => {
      const { paymentLinks } = store
      const expected = added(clock.now())
      await paymentLinks.add(link)
      clock.advance(1_000)
      assert.deepEqual(await paymentLinks.wake(merchantUid('ORD-2')), ok(null))
      assert.deepEqual(await paymentLinks.claim(10), ok([]))
      assert.deepEqual(await paymentLinks.wake(link.merchantUid), ok(null))
      assert.deepEqual(await paymentLinks.claim(10), ok([expected]))
      for (const outcome of ['order_closed', 'closed_by_merchant', null] as const) {
        assert.deepEqual(await paymentLinks.settle(link.id, outcome), ok(null))
      }
      const closed = { ...expected, closedAt: clock.now(), outcome: 'order_closed' }
      assert.deepEqual(await paymentLinks.find(link.id), ok(closed))
      assert.deepEqual(await paymentLinks.wake(link.merchantUid), ok(null))
      clock.advance(10 * leaseMs)
      assert.deepEqual(await paymentLinks.claim(10), ok([]))
    })

    test('returns no more than a hundred of an order', async ({ store, instances }) => {
      await onInstances(instances, maxLinksPerOrder + 2, (i, { paymentLinks }) =>
        paymentLinks.add({ ...link, id: `link-${i}` }),
      )
      assert.equal(take(await store.paymentLinks.ofOrder(link.merchantUid)).length, 100)
    })

    test('are claimed by one instance each', async ({ store, instances, clock }) => {
      for (let i = 0; i < 40; i++) await store.paymentLinks.add({ ...link, id: `link-${i}` })
      clock.advance(leaseMs)
      const claimed = await Promise.all(instances.map((each) => each.paymentLinks.claim(40)))
      const ids = claimed.flatMap((each) => take(each)).map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length)
    })
  })
}
