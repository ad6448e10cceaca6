import { strict as assert } from 'node:assert'
import { type BillingKey, maxUsableKeys } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { take } from '../samples.ts'
import { create, register, usable } from './samples.ts'

export function usableKeysContract({ describe, test }: Contract): void {
  describe('billing keys: those of a customer', () => {
    test('what is usable is registered, of this customer and mode, and of no card that ended', async ({
      store,
      clock,
    }) => {
      const now = clock.now()
      const none = await create(store, 'a')
      const first = await register(store, await create(store, 'b'))
      const live = await register(store, await create(store, 'c', { mode: 'live' }))
      const other = await register(store, await create(store, 'd', { customerId: 'member' }))
      const cased = await register(store, await create(store, 'e', { customerId: 'Member/1' }))
      const spaced = await register(store, await create(store, 'f', { customerId: 'member/1 ' }))
      const ending = { expiresAt: new Date(now.getTime() + 1) }
      const card = await register(store, await create(store, 'g'), ending)
      const deleted = await register(store, await create(store, 'h'))
      take(await store.billingKeys.change(deleted, { state: 'deleting' }, null))
      assert.deepEqual(await usable(store, 'member/1'), [first.customerUid, card.customerUid])
      assert.deepEqual(await usable(store, 'member/1', 'live'), [live.customerUid])
      assert.deepEqual(await usable(store, 'member'), [other.customerUid])
      assert.deepEqual(await usable(store, 'Member/1'), [cased.customerUid])
      assert.deepEqual(await usable(store, 'member/1 '), [spaced.customerUid])
      clock.advance(1)
      assert.deepEqual(await usable(store, 'member/1'), [first.customerUid])
      const all = take(await store.billingKeys.ofCustomer('member/1', 'test', '', 10))
      assert.deepEqual(
        all.map(({ registrationId }) => registrationId),
        [none, first, card, deleted].map(({ registrationId }) => registrationId),
      )
    })

    test('keys are used in the order of preference, the others after them, the oldest first', async ({
      store,
      clock,
    }) => {
      const keys: BillingKey[] = []
      for (const name of ['d', 'c', 'b', 'a']) {
        clock.advance(1_000)
        keys.push(await register(store, await create(store, name)))
      }
      const uids = keys.map(({ customerUid }) => customerUid)
      const [d, c, b, a] = uids
      assert.ok(a && b && c && d)
      assert.deepEqual(await usable(store, 'member/1'), uids)
      const { billingKeys } = store
      take(await billingKeys.prefer('member/1', 'test', [a, c]))
      assert.deepEqual(await usable(store, 'member/1'), [a, c, d, b])
      take(await billingKeys.prefer('member/1', 'test', [b]))
      assert.deepEqual(await usable(store, 'member/1'), [b, d, c, a])
      const first = take(await billingKeys.findByKey(b))
      const last = take(await billingKeys.findByKey(a))
      assert.ok(first && last)
      take(await billingKeys.takePreference(last, first))
      assert.equal(take(await billingKeys.findByKey(a))?.preference, first.preference)
      assert.deepEqual(await usable(store, 'member/1'), [b, a, d, c])
    })

    test('lists are bounded, and have pages', async ({ store }) => {
      const count = maxUsableKeys + 3
      for (let index = 0; index < count; index++) {
        await register(store, await create(store, String(index)))
      }
      assert.equal((await usable(store, 'member/1')).length, maxUsableKeys)
      const pages: string[] = []
      for (;;) {
        const after = pages.at(-1) ?? ''
        const page = take(await store.billingKeys.ofCustomer('member/1', 'test', after, 7))
        if (page.length === 0) break
        pages.push(...page.map(({ registrationId }) => registrationId))
      }
      assert.equal(new Set(pages).size, count)
      assert.deepEqual(pages, pages.toSorted())
    })
  })
}
