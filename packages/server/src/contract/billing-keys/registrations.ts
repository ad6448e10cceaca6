import { strict as assert } from 'node:assert'
import { ok } from '@quayside/core'
import { type BillingKey, lastPreference, presentBillingKey } from '../../index.ts'
import type { Contract } from '../runner.ts'
import { eventsOf, impUid, merchantUid, take } from '../samples.ts'
import { create, firstPollMs, means, register, toNew, usable } from './samples.ts'

const dayMs = 24 * 60 * 60_000

export function registrationsContract({ describe, test }: Contract): void {
  describe('billing keys: registrations', () => {
    test('a registration is returned as it was created, by its id and by its key', async ({
      store,
      clock,
    }) => {
      const wanted = toNew('a', {
        orderUid: merchantUid('ORD-1'),
        replaces: 'ck-older',
        customerId: '회원 "1"/\u{1f600} ',
        requested: {
          ...toNew('a').requested,
          method: 'card',
          pg: null,
          channelKey: 'channel-key-1',
        },
      })
      const at = clock.now()
      const expected: BillingKey = {
        ...wanted,
        state: 'pending',
        impUid: null,
        means: null,
        expiresAt: null,
        preference: lastPreference,
        failure: null,
        failReason: null,
        deletion: null,
        sequence: 0,
        createdAt: at,
        registeredAt: null,
        deletedAt: null,
        dueAt: new Date(at.getTime() + firstPollMs),
      }
      const { billingKeys } = store
      assert.deepEqual(await billingKeys.create(wanted), ok(expected))
      clock.advance(1_000)
      assert.deepEqual(await billingKeys.create(wanted), ok(expected))
      assert.deepEqual(await billingKeys.find(wanted.registrationId), ok(expected))
      assert.deepEqual(await billingKeys.findByKey(wanted.customerUid), ok(expected))
      const ofCustomer = billingKeys.ofCustomer(wanted.customerId, 'test', '', 10)
      assert.deepEqual(await ofCustomer, ok([expected]))
    })

    test('an unknown one is null', async ({ store }) => {
      await create(store, 'a')
      const { billingKeys } = store
      assert.deepEqual(await billingKeys.find(merchantUid('ORD-1')), ok(null))
      for (const unknown of ['', 'ck', 'CK', "'; --", 'ck\0', '\u{d800}', '가'.repeat(5_000)]) {
        assert.deepEqual(await billingKeys.findByKey(unknown), ok(null))
        assert.deepEqual(await billingKeys.ofCustomer(unknown, 'test', '', 10), ok([]))
        assert.deepEqual(await usable(store, unknown), [])
      }
    })

    test('a change is written with its event, raises the sequence, and is read back', async ({
      store,
      clock,
      enqueued,
    }) => {
      const key = await create(store, 'a')
      clock.advance(5_000)
      const at = clock.now()
      const change = {
        state: 'registered',
        impUid: impUid('imp_1'),
        means,
        expiresAt: new Date(at.getTime() + dayMs),
        registeredAt: at,
        dueAt: null,
      } as const
      const after: BillingKey = { ...key, ...change, sequence: 1 }
      const { billingKeys } = store
      assert.deepEqual(
        await billingKeys.change(key, change, 'billing_key.registered'),
        ok({ key: after, isWritten: true }),
      )
      const deletion = { reason: '탈퇴', requester: 'customer', replacedBy: null } as const
      const marked = { ...after, state: 'deleting', deletion, sequence: 2 } as const
      assert.deepEqual(
        await billingKeys.change(after, { state: 'deleting', deletion }, null),
        ok({ key: marked, isWritten: true }),
      )
      const events = await eventsOf(store, key.registrationId)
      assert.deepEqual(
        events.map(({ id, kind, sequence, payload, createdAt }) => ({
          id,
          kind,
          sequence,
          payload: JSON.parse(payload) as unknown,
          createdAt,
        })),
        [
          {
            id: `${key.registrationId}:1`,
            kind: 'billing_key.registered',
            sequence: 1,
            payload: presentBillingKey(after),
            createdAt: at,
          },
        ],
      )
      assert.deepEqual(enqueued, [`${key.registrationId}:1`])
    })

    test('its event is claimed, delivered, listed and replayed as any other', async ({ store }) => {
      const key = await create(store, 'a')
      await register(store, key)
      const { outbox } = store
      const [event] = take(await outbox.claim(10))
      assert.ok(event)
      assert.equal(event.kind, 'billing_key.registered')
      take(await outbox.settle([{ event, result: { kind: 'delivered' } }]))
      const [delivered] = take(await outbox.list('delivered', '', 10))
      assert.equal(delivered?.kind, 'billing_key.registered')
      assert.equal(take(await outbox.replay(event.id)).kind, 'billing_key.registered')
      assert.equal(take(await outbox.claimOne(event.id))?.kind, 'billing_key.registered')
      take(
        await outbox.settle([{ event: { ...event, dueAt: null }, result: { kind: 'delivered' } }]),
      )
    })

    test('a change of a key that has changed since is not written, and writes no event', async ({
      store,
    }) => {
      const key = await create(store, 'a')
      const registered = await register(store, key)
      const failed = { state: 'failed', failure: 'refused', failReason: 'no' } as const
      assert.deepEqual(
        await store.billingKeys.change(key, failed, 'billing_key.failed'),
        ok({ key: registered, isWritten: false }),
      )
      take(await store.billingKeys.plan(key, new Date(0)))
      assert.deepEqual(await store.billingKeys.claim(10), ok([]))
      assert.equal((await eventsOf(store, key.registrationId)).length, 1)
    })
  })
}
