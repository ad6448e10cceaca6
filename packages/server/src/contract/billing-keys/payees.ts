import { strict as assert } from 'node:assert'
import { ok, type Payee } from '@quayside/core'
import { type BillingKey, maxUsableKeys, type Store, toKeyOf } from '../../index.ts'
import { payees, second, to } from '../payees.ts'
import type { Contract } from '../runner.ts'
import { eventsOf, take } from '../samples.ts'
import { create, register, toNew, usable } from './samples.ts'

const customerId = 'member/1'

/** Registers a key of each payee, all of which the provider calls `ck1`, for one customer. */
async function registerEach(store: Store): Promise<readonly BillingKey[]> {
  const keys: BillingKey[] = []
  for (const [index, payee] of payees.entries()) {
    const changes = { customerUid: toKeyOf('ck1', payee), customerId, ...to(payee) }
    keys.push(await register(store, await create(store, String(index), changes)))
  }
  return keys
}

const uidsOf = (keys: readonly BillingKey[]) => keys.map(({ customerUid }) => customerUid)

export function keysOfPayeesContract({ describe, test }: Contract): void {
  describe('billing keys of several accounts and sub-merchants', () => {
    test('T235: each payee may have a key with the same id, and each is found as its own', async ({
      store,
    }) => {
      const keys = await registerEach(store)
      const { billingKeys } = store
      for (const [index, key] of keys.entries()) {
        assert.equal(key.payee, payees[index])
        assert.deepEqual(await billingKeys.findByKey(key.customerUid), ok(key))
        assert.deepEqual(await billingKeys.find(key.registrationId), ok(key))
      }
      const among = take(
        await billingKeys.findAmong([...uidsOf(keys), 'ck2', 'CK1~second', 'ck1\0']),
      )
      assert.deepEqual(new Set(uidsOf(among)), new Set(uidsOf(keys)))
      assert.deepEqual(await billingKeys.findAmong([]), ok([]))
      const registrations = keys.map(({ registrationId }) => registrationId)
      assert.deepEqual(
        await billingKeys.existing(registrations),
        ok(new Map(keys.map(({ registrationId, payee }) => [registrationId, payee]))),
      )
    })

    test('T235: a customer is charged with the keys of one payee only', async ({ store }) => {
      const keys = await registerEach(store)
      for (const [index, payee] of payees.entries()) {
        const own = keys.slice(index, index + 1)
        assert.deepEqual(await usable(store, customerId, 'test', payee), uidsOf(own))
        assert.deepEqual(
          await store.billingKeys.ofCustomer(customerId, 'test', '', 10, payee),
          ok(own),
        )
      }
      const other = 'third' as Payee
      assert.deepEqual(await usable(store, customerId, 'test', other), [])
      assert.deepEqual(
        await store.billingKeys.ofCustomer(customerId, 'test', '', 10, other),
        ok([]),
      )
    })

    test('the order of preference is that of one payee', async ({ store }) => {
      await registerEach(store)
      for (const name of ['x', 'y']) {
        await register(store, await create(store, name))
        const { customerUid } = toNew(name)
        const changes = { customerUid: toKeyOf(customerUid, second), ...to(second) }
        await register(store, await create(store, `${name}2`, changes))
      }
      const { billingKeys } = store
      const [own, others] = [await usable(store, customerId), await usableOfSecond(store)]
      const wanted = { own: own.toReversed(), others: others.toReversed() }
      take(await billingKeys.prefer(customerId, 'test', wanted.own))
      assert.deepEqual(await usable(store, customerId), wanted.own)
      assert.deepEqual(await usableOfSecond(store), others)
      take(await billingKeys.prefer(customerId, 'test', wanted.others, second))
      assert.deepEqual(await usable(store, customerId), wanted.own)
      assert.deepEqual(await usableOfSecond(store), wanted.others)
    })

    test('as many keys of one payee as are read hide none of another', async ({ store }) => {
      for (let index = 0; index <= maxUsableKeys; index++) {
        await register(store, await create(store, String(index)))
      }
      const changes = { customerUid: toKeyOf('ck1', second), ...to(second) }
      await register(store, await create(store, 'last', changes))
      assert.deepEqual(await usableOfSecond(store), ['ck1~second'])
    })

    test('an id of 80 characters is stored whole, with the longest payee', async ({ store }) => {
      const payee = `${'a'.repeat(16)}~Z99` as Payee
      const longest = toKeyOf('k'.repeat(80), payee)
      const changes = { customerUid: longest, replaces: longest, ...to(payee) }
      const key = await create(store, 'a', changes)
      assert.deepEqual(await store.billingKeys.findByKey(longest), ok(key))
      assert.equal(key.replaces, longest)
    })

    test('an event shows the account, and the id that the provider knows', async ({ store }) => {
      const [, key] = await registerEach(store)
      assert.ok(key)
      const [event] = await eventsOf(store, key.registrationId)
      assert.ok(event)
      const { account, tier, customer_uid } = JSON.parse(event.payload)
      assert.deepEqual(
        { account, tier, customer_uid },
        {
          account: 'second',
          tier: null,
          customer_uid: 'ck1',
        },
      )
    })
  })
}

const usableOfSecond = (store: Store) => usable(store, customerId, 'test', second)
