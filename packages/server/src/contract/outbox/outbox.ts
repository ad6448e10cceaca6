import { strict as assert } from 'node:assert'
import { fail, ok } from '@quayside/core'
import type { SettledTry, Store, StoredEvent } from '../../index.ts'
import type { Clock, Contract } from '../runner.ts'
import { open, paying, take } from '../samples.ts'

const leaseMs = 30_000

/** An id for the payment of an order whose own id has other letters. */
const toUid = (id: string): string =>
  `imp_${Array.from(id, (letter) => letter.codePointAt(0)).join('-')}`

const delivered = (event: StoredEvent): SettledTry => ({ event, result: { kind: 'delivered' } })
const failed = (event: StoredEvent, failure: string, dueAt: Date | null): SettledTry => ({
  event,
  result: { kind: 'failed', failure, dueAt },
})

export function outboxContract({ describe, test }: Contract): void {
  /** Pays an order, and returns its event. */
  const write = async (store: Store, id: string): Promise<StoredEvent> => {
    take(await store.orders.record(paying(await open(store, id), toUid(id))))
    const events = take(await store.outbox.list('pending', '', 1_000))
    const event = events.find(({ merchantUid }) => merchantUid === id)
    assert.ok(event)
    return event
  }
  const claimOne = async (store: Store, id: string): Promise<StoredEvent> => {
    const event = take(await store.outbox.claimOne(id))
    assert.ok(event)
    return event
  }
  const afterLease = (clock: Clock) => clock.advance(leaseMs + 1)

  describe('outbox', () => {
    test('claims what is due longest, counts a try, and leases it for thirty seconds', async ({
      store,
      clock,
    }) => {
      const first = await write(store, 'ORD-1')
      clock.advance(1_000)
      const second = await write(store, 'ORD-2')
      const at = clock.now()
      const dueAt = new Date(at.getTime() + leaseMs)
      assert.deepEqual(await store.outbox.claim(1), ok([{ ...first, dueAt, tries: 1 }]))
      assert.deepEqual(await store.outbox.claim(10), ok([{ ...second, dueAt, tries: 1 }]))
      assert.deepEqual(await store.outbox.claim(10), ok([]))
      assert.deepEqual(await store.outbox.claimOne(first.id), ok(null))
      afterLease(clock)
      const again = take(await store.outbox.claim(10))
      assert.deepEqual(
        again.map(({ id, tries }) => `${id} ${tries}`).toSorted(),
        [first.id, second.id].map((id) => `${id} 2`).toSorted(),
      )
    })

    test('claims one event by its id; an unknown one is null', async ({ store, clock }) => {
      const { id, ...event } = await write(store, 'ORD-1')
      const dueAt = new Date(clock.now().getTime() + leaseMs)
      assert.deepEqual(await store.outbox.claimOne(id), ok({ ...event, id, dueAt, tries: 1 }))
      assert.deepEqual(await store.outbox.claimOne(id), ok(null))
      for (const unknown of ['', 'ORD-9:1', 'ORD\0:1', '\u{d800}', "'; --", '가'.repeat(5_000)]) {
        assert.deepEqual(await store.outbox.claimOne(unknown), ok(null))
        assert.deepEqual(await store.outbox.replay(unknown), fail({ reason: 'event_unknown' }))
      }
    })

    test('a delivered event is never due again, whoever reports it and how often', async ({
      store,
      clock,
    }) => {
      const event = await claimOne(store, (await write(store, 'ORD-1')).id)
      afterLease(clock)
      const later = await claimOne(store, event.id)
      const deliveredAt = clock.now()
      assert.deepEqual(await store.outbox.settle([delivered(event)]), ok(null))
      clock.advance(1)
      assert.deepEqual(await store.outbox.settle([delivered(event)]), ok(null))
      assert.deepEqual(await store.outbox.settle([failed(later, 'late', clock.now())]), ok(null))
      afterLease(clock)
      assert.deepEqual(await store.outbox.claim(10), ok([]))
      const arrived = { ...event, tries: 2, dueAt: null, deliveredAt }
      assert.deepEqual(await store.outbox.list('delivered', '', 10), ok([arrived]))
      assert.deepEqual(await store.outbox.list('pending', '', 10), ok([]))
    })

    test('a failed try is due again when it says, unless the event was leased again', async ({
      store,
      clock,
    }) => {
      const event = await claimOne(store, (await write(store, 'ORD-1')).id)
      const dueAt = new Date(clock.now().getTime() + 5_000)
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await store.outbox.settle([failed(event, 'status 500', dueAt)]), ok(null))
      }
      const waiting = { ...event, failure: 'status 500', dueAt }
      assert.deepEqual(await store.outbox.list('pending', '', 10), ok([waiting]))
      assert.deepEqual(await store.outbox.claim(10), ok([]))
      clock.advance(5_000)
      const again = await claimOne(store, event.id)
      assert.deepEqual(await store.outbox.settle([failed(event, 'old', null)]), ok(null))
      assert.deepEqual(await store.outbox.list('pending', '', 10), ok([again]))
    })

    test('an event without tries left is listed and not due, until it is replayed', async ({
      store,
      clock,
    }) => {
      const event = await claimOne(store, (await write(store, 'ORD-1')).id)
      assert.deepEqual(await store.outbox.settle([failed(event, 'status 410', null)]), ok(null))
      const dead = { ...event, failure: 'status 410', dueAt: null }
      assert.deepEqual(await store.outbox.list('failed_permanently', '', 10), ok([dead]))
      afterLease(clock)
      assert.deepEqual(await store.outbox.claim(10), ok([]))
      const replayed = { ...dead, tries: 0, failure: null, dueAt: clock.now() }
      assert.deepEqual(await store.outbox.replay(event.id), ok(replayed))
      assert.deepEqual(await store.outbox.replay(event.id), ok(replayed))
      assert.deepEqual(await store.outbox.list('failed_permanently', '', 10), ok([]))
      assert.deepEqual(
        take(await store.outbox.claim(10)).map(({ id }) => id),
        [event.id],
      )
    })

    test('an event that was not tried is due at once, and the try does not count', async ({
      store,
      clock,
    }) => {
      const written = await write(store, 'ORD-1')
      const event = await claimOne(store, written.id)
      clock.advance(1_000)
      const unsent = { event, result: { kind: 'unsent' } } as const
      for (let calls = 0; calls < 2; calls++) {
        assert.deepEqual(await store.outbox.settle([unsent]), ok(null))
      }
      const due = { ...written, dueAt: clock.now() }
      assert.deepEqual(await store.outbox.list('pending', '', 10), ok([due]))
      const again = await claimOne(store, event.id)
      assert.deepEqual(await store.outbox.settle([unsent]), ok(null))
      assert.deepEqual(await store.outbox.list('pending', '', 10), ok([again]))
    })

    test('settles many tries at once, each by its own result', async ({ store, clock }) => {
      for (const id of ['ORD-1', 'ORD-2', 'ORD-3', 'ORD-4']) await write(store, id)
      const events = take(await store.outbox.claim(10))
      const [one, two, three, four] = events.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      assert.ok(one && two && three && four)
      const tries = [
        delivered(four),
        failed(two, 'status 500', clock.now()),
        { event: three, result: { kind: 'unsent' } } as const,
        failed(one, 'status 410', null),
      ]
      assert.deepEqual(await store.outbox.settle(tries), ok(null))
      assert.deepEqual(await store.outbox.settle([]), ok(null))
      const states = await Promise.all(
        (['delivered', 'pending', 'failed_permanently'] as const).map(async (state) => {
          const listed = take(await store.outbox.list(state, '', 10))
          return listed.map(({ id, tries: count, failure }) => [id, count, failure])
        }),
      )
      assert.deepEqual(states, [
        [[four.id, 1, null]],
        [
          [two.id, 1, 'status 500'],
          [three.id, 0, null],
        ],
        [[one.id, 1, 'status 410']],
      ])
    })

    test('lists each state by pages, in the order of the ids', async ({ store }) => {
      // By bytes: a database must not sort letters of both cases together.
      const ids = ['ORD-a', 'ORD-B', 'ORD-가', 'ORD-Z', 'ORD-é', 'ORD-1']
      for (const id of ids) await write(store, id)
      const pages: string[] = []
      for (;;) {
        const page = take(await store.outbox.list('pending', pages.at(-1) ?? '', 2))
        if (page.length === 0) break
        pages.push(...page.map(({ id }) => id))
      }
      assert.equal(pages.length, ids.length)
      assert.deepEqual(pages, pages.toSorted())
    })
  })
}
