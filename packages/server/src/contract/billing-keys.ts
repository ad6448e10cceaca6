import { strict as assert } from 'node:assert'
import { type Mode, ok } from '@quayside/core'
import {
  type BillingKey,
  lastPreference,
  maxUsableKeys,
  type NewBillingKey,
  presentBillingKey,
  type Store,
} from '../index.ts'
import { type Contract, inRaces } from './runner.ts'
import { claimAll, eventsOf, impUid, merchantUid, money, take } from './samples.ts'

const leaseMs = 50_000
const firstPollMs = 30_000
const dayMs = 24 * 60 * 60_000
const length = 22
const raceCount = 64

const toId = (name: string): string => name.padStart(length, '0')

function toNew(name: string, changes: Partial<NewBillingKey> = {}): NewBillingKey {
  return {
    registrationId: merchantUid(`billingkey${toId(name)}`),
    customerUid: `ck${toId(name)}`,
    customerId: 'member/1',
    mode: 'test',
    requested: {
      method: 'window',
      pg: 'html5_inicis.shopbill',
      channelKey: null,
      payMethod: 'card',
      amount: money(9900),
      name: '월 구독',
    },
    orderUid: null,
    replaces: null,
    ...changes,
  }
}

const means = {
  pgProvider: 'html5_inicis',
  pgId: 'shopbill',
  cardName: '현대카드',
  cardCode: '367',
  cardType: 'credit',
} as const

export function billingKeysContract({ describe, test }: Contract): void {
  const create = async (store: Store, name: string, changes: Partial<NewBillingKey> = {}) =>
    take(await store.billingKeys.create(toNew(name, changes)))
  const register = async (store: Store, key: BillingKey, changes: Partial<BillingKey> = {}) => {
    const at = key.createdAt
    const change = {
      state: 'registered',
      means,
      registeredAt: at,
      dueAt: null,
      ...changes,
    } as const
    const changed = await store.billingKeys.change(key, change, 'billing_key.registered')
    return take(changed).key
  }
  const usable = async (store: Store, customerId: string, mode: Mode = 'test') =>
    take(await store.billingKeys.usableKeys(customerId, mode))

  describe('billing keys', () => {
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

    test('says which ids are registrations', async ({ store }) => {
      const { registrationId } = await create(store, 'a')
      const ids = [registrationId, merchantUid('ORD-1')]
      assert.deepEqual(await store.billingKeys.existing(ids), ok(new Set([registrationId])))
      assert.deepEqual(await store.billingKeys.existing([]), ok(new Set()))
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

  describe('races of billing keys', () => {
    test('two channels that register one key at once write it once, with one event', async (context) => {
      const { store } = context
      await inRaces(
        context,
        async (race, first, second) => {
          const key = await create(store, `r${race}`, { customerId: `member-${race}` })
          const at = key.createdAt
          const change = { state: 'registered', means, registeredAt: at, dueAt: null } as const
          const changed = await Promise.all(
            [first, second].map((each) =>
              each.billingKeys.change(key, change, 'billing_key.registered'),
            ),
          )
          const written = changed.filter((each) => take(each).isWritten)
          assert.equal(written.length, 1)
          assert.deepEqual(
            changed.map((each) => take(each).key.sequence),
            [1, 1],
          )
        },
        raceCount,
      )
      const events = take(await store.outbox.list('pending', '', 1_000))
      assert.equal(events.length, raceCount)
    })

    test('eight instances claim each due key once', async ({ store, instances, clock }) => {
      for (let index = 0; index < 40; index++) await create(store, String(index))
      clock.advance(firstPollMs)
      const claimed = await Promise.all(
        instances.map(({ billingKeys }) => claimAll((count) => billingKeys.claim(count))),
      )
      const uids = claimed.flat().map(({ customerUid }) => customerUid)
      assert.deepEqual([uids.length, new Set(uids).size], [40, 40])
    })
  })
}
