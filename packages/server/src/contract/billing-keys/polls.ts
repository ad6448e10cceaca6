import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import type { Contract } from '../runner.ts'
import { merchantUid, take } from '../samples.ts'
import { create, firstPollMs, register } from './samples.ts'

const leaseMs = 50_000

export function pollsContract({ describe, test }: Contract): void {
  describe('billing keys: what is due, and what is deleted', () => {
    test('says which ids are registrations', async ({ store }) => {
      const { registrationId } = await create(store, 'a')
      const ids = [registrationId, merchantUid('ORD-1')]
      assert.deepEqual(
        await store.billingKeys.existing(ids),
        ok(new Map([[registrationId, undefined]])),
      )
      assert.deepEqual(await store.billingKeys.existing([]), ok(new Map()))
    })

    test('claims what is due longest, and leases it for fifty seconds', async ({
      store,
      clock,
    }) => {
      const first = await create(store, 'b')
      clock.advance(1_000)
      const second = await create(store, 'a')
      assert.deepEqual(await store.billingKeys.claim(10), ok([]))
      clock.advance(firstPollMs)
      const dueAt = new Date(clock.now().getTime() + leaseMs)
      assert.deepEqual(await store.billingKeys.claim(1), ok([{ ...first, dueAt }]))
      assert.deepEqual(await store.billingKeys.claim(10), ok([{ ...second, dueAt }]))
      assert.deepEqual(await store.billingKeys.claim(10), ok([]))
      take(await store.billingKeys.plan(first, null))
      clock.advance(leaseMs + 1)
      assert.deepEqual(
        take(await store.billingKeys.claim(10)).map(({ customerUid }) => customerUid),
        [second.customerUid],
      )
    })

    test('deletes registrations that failed long ago, the oldest first, and no other', async ({
      store,
      clock,
    }) => {
      const fail = async (name: string) => {
        const key = await create(store, name)
        const change = { state: 'failed', failure: 'not_completed' } as const
        take(await store.billingKeys.change(key, change, null))
        clock.advance(1_000)
        return key
      }
      const first = await fail('c')
      await fail('b')
      const open = await create(store, 'd')
      const registered = await register(store, await create(store, 'e'))
      const before = clock.now()
      clock.advance(1_000)
      const fresh = await fail('a')
      assert.deepEqual(await store.billingKeys.deleteFailed(before, 1), ok(1))
      assert.deepEqual(await store.billingKeys.find(first.registrationId), ok(null))
      assert.deepEqual(await store.billingKeys.deleteFailed(before, 10), ok(1))
      assert.deepEqual(await store.billingKeys.deleteFailed(before, 10), ok(0))
      const left = take(await store.billingKeys.ofCustomer('member/1', 'test', '', 10))
      assert.deepEqual(
        left.map(({ registrationId }) => registrationId),
        [fresh, open, registered].map(({ registrationId }) => registrationId),
      )
    })
  })
}
