import { env } from 'cloudflare:workers'
import { fail, ok } from '@quayside/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { backoffMs } from '../../../../packages/server/src/delivery/backoff.ts'
import { deliveryLeaseMs } from '../../../../packages/sql/src/store/leases.ts'
import {
  type Arrival,
  clearOutbox,
  createDeliveryFixture,
  insertEvent,
  readOutboxRow,
} from '../fixtures/event-receiver.ts'
import { createFaulty, type Fault } from '../fixtures/faulty-database.ts'

const dayMs = 24 * 60 * 60 * 1000
const idsOf = (arrivals: readonly Arrival[]) => arrivals.map(({ id }) => id).toSorted()
const refuse = () => new Response(null, { status: 500 })

beforeEach(clearOutbox)

describe('sweep()', () => {
  it('T16: sends an event that was written and never queued, once', async () => {
    const { delivery, receiver, clock } = createDeliveryFixture()
    await insertEvent('A:1', clock.now())
    expect(await delivery.sweep()).toEqual(ok({ delivered: 1, failed: 0 }))
    expect(await delivery.sweep()).toEqual(ok({ delivered: 0, failed: 0 }))
    expect(idsOf(receiver.arrivals)).toEqual(['A:1'])
    expect(await readOutboxRow('A:1')).toEqual({
      tries: 1,
      failure: null,
      due_at: null,
      delivered_at: clock.now().getTime(),
    })
  })

  it('sends many events in one sweep', async () => {
    const { delivery, receiver, clock } = createDeliveryFixture()
    const ids = Array.from({ length: 50 }, (_, i) => `MANY-${i}:1`)
    await Promise.all(ids.map((id) => insertEvent(id, clock.now())))
    expect(await delivery.sweep()).toEqual(ok({ delivered: 50, failed: 0 }))
    expect(idsOf(receiver.arrivals)).toEqual(ids.toSorted())
  })

  it('stops after its time, and the next sweep continues', async () => {
    const fixture = createDeliveryFixture({
      respond: () => {
        fixture.clock.forward(5_000)
        return new Response('ok')
      },
    })
    const ids = Array.from({ length: 30 }, (_, i) => `SLOW-${i}:1`)
    await Promise.all(ids.map((id) => insertEvent(id, fixture.clock.now())))
    expect(await fixture.delivery.sweep()).toEqual(ok({ delivered: 12, failed: 0 }))
    for (let sweep = 0; sweep < 2; sweep++) await fixture.delivery.sweep()
    expect(idsOf(fixture.receiver.arrivals)).toEqual(ids.toSorted())
  })

  it('does not try an event before it is due', async () => {
    const { delivery, receiver, clock } = createDeliveryFixture()
    await insertEvent('EARLY:1', new Date(clock.now().getTime() + 1))
    await delivery.sweep()
    expect(receiver.arrivals).toEqual([])
    clock.forward(1)
    await delivery.sweep()
    expect(idsOf(receiver.arrivals)).toEqual(['EARLY:1'])
  })

  it('fails when the store is unavailable', async () => {
    const { delivery } = createDeliveryFixture({ db: createFaulty(env.DB, ['before']) })
    const cause = new Error('Network connection lost.')
    expect(await delivery.sweep()).toEqual(fail({ reason: 'store_unavailable', cause }))
  })
})

describe('several sweeps at once', () => {
  for (const sweepers of [2, 3, 5]) {
    it(`T54: ${sweepers} of them send each event once`, async () => {
      const { delivery, receiver, clock } = createDeliveryFixture()
      const ids = Array.from({ length: 40 }, (_, i) => `SWEEP-${sweepers}-${i}:1`)
      await Promise.all(ids.map((id) => insertEvent(id, clock.now())))
      await Promise.all(Array.from({ length: sweepers }, () => delivery.sweep()))
      expect(idsOf(receiver.arrivals)).toEqual(ids.toSorted())
    })
  }

  it('T54: the queue and a sweep send an event once', async () => {
    for (let race = 0; race < 20; race++) {
      const { delivery, receiver, clock } = createDeliveryFixture()
      const id = `BOTH-${race}:1`
      await insertEvent(id, clock.now())
      const [result, swept] = await Promise.all([delivery.deliver(id), delivery.sweep()])
      expect(idsOf(receiver.arrivals)).toEqual([id])
      const byQueue = result.ok && result.value.kind === 'delivered' ? 1 : 0
      expect(swept).toEqual(ok({ delivered: 1 - byQueue, failed: 0 }))
    }
  })

  it('T54: an event of a sweep that died is due again when its lease ends', async () => {
    const { delivery, receiver, outbox, clock } = createDeliveryFixture()
    await insertEvent('LEASE:1', clock.now())
    await outbox.claim(6)
    clock.forward(deliveryLeaseMs - 1)
    await delivery.sweep()
    expect(receiver.arrivals).toEqual([])
    clock.forward(1)
    expect(await delivery.sweep()).toEqual(ok({ delivered: 1, failed: 0 }))
  })

  it('T54: a sweep that lost its lease does not undo a later delivery', async () => {
    const { delivery, outbox, clock } = createDeliveryFixture()
    await insertEvent('LATE:1', clock.now())
    const [late] = await claimed(outbox.claim(1))
    clock.forward(deliveryLeaseMs)
    await delivery.sweep()
    const result = { kind: 'failed', failure: 'receiver_timeout', dueAt: null } as const
    if (late !== undefined) await outbox.settle([{ event: late, result }])
    expect(await readOutboxRow('LATE:1')).toMatchObject({ failure: null, due_at: null, tries: 2 })
  })
})

describe('a response that is lost', () => {
  const cases: readonly (readonly [readonly Fault[], number])[] = [
    [['after'], 1],
    [['none', 'after'], 1],
    [['none', 'before', 'after'], 1],
    [['none', 'before', 'before'], 2],
  ]
  for (const [faults, arrivals] of cases) {
    it(`T15: ${faults.join(', ')}: it arrives ${arrivals} time(s), and ends delivered`, async () => {
      const { delivery, receiver, clock } = createDeliveryFixture({
        db: createFaulty(env.DB, faults),
      })
      await insertEvent('LOST:1', clock.now())
      await delivery.sweep()
      clock.forward(deliveryLeaseMs)
      await delivery.sweep()
      clock.forward(deliveryLeaseMs)
      await delivery.sweep()
      // A repeated event has the same id, so its receiver recognises it.
      expect(new Set(idsOf(receiver.arrivals))).toEqual(new Set(['LOST:1']))
      expect(receiver.arrivals).toHaveLength(arrivals)
      expect(await readOutboxRow('LOST:1')).toMatchObject({ due_at: null, failure: null })
    })
  }
})

describe('a failing receiver', () => {
  it('T53: an event that always fails stops no other', async () => {
    const { delivery, receiver, clock, lines } = createDeliveryFixture({
      respond: ({ id }) => (id.startsWith('BAD') ? refuse() : new Response('ok')),
    })
    const good = Array.from({ length: 20 }, (_, i) => `GOOD-${i}:1`)
    const bad = Array.from({ length: 7 }, (_, i) => `BAD-${i}:1`)
    await Promise.all([...bad, ...good].map((id) => insertEvent(id, clock.now())))
    expect(await delivery.sweep()).toEqual(ok({ delivered: 20, failed: 7 }))
    expect(idsOf(receiver.arrivals)).toEqual([...bad, ...good].toSorted())
    expect(lines).toEqual(bad.map(() => 'event_not_delivered'))
    expect(await readOutboxRow('BAD-0:1')).toEqual({
      tries: 1,
      failure: 'receiver_refused: 500',
      due_at: clock.now().getTime() + 5_000,
      delivered_at: null,
    })
  })

  it('T53: an event whose tries never end fails permanently like any other', async () => {
    const { delivery, receiver, outbox, clock } = createDeliveryFixture()
    await insertEvent('CRASH:1', clock.now())
    for (let tries = 0; tries <= backoffMs.length; tries++) {
      await outbox.claim(1)
      clock.forward(deliveryLeaseMs)
    }
    expect(await delivery.sweep()).toEqual(ok({ delivered: 0, failed: 1 }))
    expect(receiver.arrivals).toEqual([])
    expect(await readOutboxRow('CRASH:1')).toMatchObject({
      failure: 'never_finished',
      due_at: null,
    })
  })

  it('gets its event when it is back after three days', async () => {
    const start = createDeliveryFixture().clock.now().getTime()
    const fixture = createDeliveryFixture({
      respond: () =>
        fixture.clock.now().getTime() < start + 3 * dayMs ? refuse() : new Response('ok'),
    })
    await insertEvent('WEEKEND:1', fixture.clock.now())
    for (let minute = 0; minute < 4 * 24 * 60; minute++) {
      await fixture.delivery.sweep()
      if ((await readOutboxRow('WEEKEND:1'))?.['due_at'] === null) break
      await forwardToDue(fixture.clock, 'WEEKEND:1')
    }
    expect(await readOutboxRow('WEEKEND:1')).toMatchObject({ failure: null, due_at: null })
    expect(new Set(fixture.receiver.arrivals.map(({ body }) => body)).size).toBe(1)
  })

  it('finds its event among those that failed permanently, and gets it by a replay', async () => {
    let isUp = false
    const { delivery, receiver, outbox, clock } = createDeliveryFixture({
      respond: () => (isUp ? new Response('ok') : refuse()),
    })
    const start = clock.now().getTime()
    await insertEvent('FAILED:1', clock.now())
    for (let tries = 0; tries <= backoffMs.length; tries++) {
      await delivery.sweep()
      await forwardToDue(clock, 'FAILED:1')
    }
    expect(receiver.arrivals).toHaveLength(backoffMs.length + 1)
    expect(clock.now().getTime() - start).toBeGreaterThan(3 * dayMs)
    expect((await claimed(outbox.list('failed_permanently', '', 10))).map(({ id }) => id)).toEqual([
      'FAILED:1',
    ])
    clock.forward(dayMs)
    await delivery.sweep()
    expect(receiver.arrivals).toHaveLength(backoffMs.length + 1)

    isUp = true
    expect(await outbox.replay('FAILED:1')).toMatchObject({ ok: true, value: { tries: 0 } })
    expect(await delivery.sweep()).toEqual(ok({ delivered: 1, failed: 0 }))
    expect(new Set(receiver.arrivals.map(({ id, body }) => `${id} ${body}`)).size).toBe(1)
  })

  it('may replay an event that arrived', async () => {
    const { delivery, receiver, outbox, clock } = createDeliveryFixture()
    await insertEvent('AGAIN:1', clock.now())
    await delivery.sweep()
    await outbox.replay('AGAIN:1')
    await delivery.sweep()
    expect(idsOf(receiver.arrivals)).toEqual(['AGAIN:1', 'AGAIN:1'])
    expect(await outbox.replay('NEVER:1')).toEqual(fail({ reason: 'event_unknown' }))
  })
})

describe('backoffMs', () => {
  it('starts within seconds, grows, and covers more than three days', () => {
    expect(backoffMs[0]).toBe(5_000)
    expect([...backoffMs].sort((a, b) => a - b)).toEqual(backoffMs)
    expect(backoffMs.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(3 * dayMs)
  })
})

async function claimed<Value>(result: Promise<{ ok: true; value: Value } | { ok: false }>) {
  const settled = await result
  if (!settled.ok) throw new TypeError('the store is away')
  return settled.value
}

async function forwardToDue(clock: { now: () => Date; forward: (ms: number) => void }, id: string) {
  const due = Number((await readOutboxRow(id))?.['due_at'] ?? 0)
  clock.forward(Math.max(0, due - clock.now().getTime()))
}
