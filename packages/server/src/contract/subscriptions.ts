import { strict as assert } from 'node:assert'
import {
  type ChargeAttempt,
  ok,
  type Plan,
  parseSubscriptionId,
  type Subscription,
  type SubscriptionEvent,
  type SubscriptionId,
  type SubscriptionWrite,
  toAttemptId,
} from '@quayside/core'
import type { Store, StoredSubscription } from '../index.ts'
import { type Clock, type Context, type Contract, inRaces, onInstances } from './runner.ts'
import { allEvents, claimAll, eventsOf, money, open, paying, take } from './samples.ts'

// Subscriptions, their attempts and the orders of these: one compare-and-set each, and a wake by every change of an order.

const leaseMs = 50_000
const minuteMs = 60_000
const raceCount = 96

const plan: Plan = {
  amount: money(9_900),
  period: { unit: 'month', count: 1 },
  anchorDay: 31,
  hour: 10,
  trialDays: 0,
  first: 'now',
  prorate: false,
  discounts: [{ periods: 3, off: { percent: 50 } }],
  periods: null,
  retry: { steps: [{ days: 1, hour: 10 }], graceDays: 2, atEnd: 'cancel', fallback: true },
}

const customerId = '고객/42 '

function idOf(text: string): SubscriptionId {
  const id = parseSubscriptionId(text)
  assert.ok(id !== null)
  return id
}

function subscriptionOf(text: string, at: Date, changes: Partial<Subscription> = {}): Subscription {
  return {
    id: idOf(text),
    plan,
    nextPlan: null,
    planSince: 1,
    calendar: { startsAt: at.getTime(), firstPeriod: 1, isInitial: true },
    status: 'active',
    period: 1,
    paidThrough: null,
    paidFrom: null,
    price: null,
    balance: 0,
    cancelAt: null,
    pastDueAt: null,
    reason: null,
    retryAt: null,
    dueAt: at.getTime(),
    sequence: 1,
    ...changes,
  }
}

function event(
  kind: SubscriptionEvent['kind'],
  sequence: number,
  merchantUid: SubscriptionEvent['merchantUid'] = null,
): SubscriptionEvent {
  return { kind, merchantUid, period: 1, sequence }
}

/** Creates a subscription that is due at once, and returns it as the store has it. */
async function create(
  store: Store,
  text: string,
  clock: Clock,
  changes: Partial<Subscription> = {},
): Promise<StoredSubscription> {
  const subscription = subscriptionOf(text, clock.now(), changes)
  const write = { subscription, attempts: [], events: [event('created', 1)] }
  const created = take(
    await store.subscriptions.create({ customerId, name: '구독', request: '{"a":1}', write }),
  )
  assert.ok(created)
  return created
}

function attemptOf(
  { id, period }: Subscription,
  number: number,
  at: Date,
  changes: Partial<ChargeAttempt> = {},
): ChargeAttempt {
  return {
    merchantUid: toAttemptId({ subscriptionId: id, period, attempt: number }),
    period,
    number,
    amount: money(4_950),
    billingKey: 'ck1',
    state: 'open',
    decline: null,
    createdAt: at.getTime(),
    sentAt: at.getTime(),
    sends: 1,
    refusal: null,
    refusedAt: null,
    isSeen: false,
    absentAt: null,
    checks: 0,
    checkAt: at.getTime() + minuteMs,
    orderStatus: 'pending',
    failReason: null,
    ...changes,
  }
}

/** A write that charges: a new attempt, and the subscription due when its outcome is looked up. */
function charging(
  { subscription }: StoredSubscription,
  at: Date,
  number = 1,
): SubscriptionWrite & { readonly attempt: ChargeAttempt } {
  const attempt = attemptOf(subscription, number, at)
  return {
    attempt,
    subscription: {
      ...subscription,
      dueAt: attempt.checkAt,
      sequence: subscription.sequence + 1,
    },
    attempts: [attempt],
    events: [],
  }
}

async function readOne(store: Store, text: string): Promise<StoredSubscription> {
  const [stored] = take(await store.subscriptions.read([idOf(text)]))
  assert.ok(stored)
  return stored
}

export function subscriptionsContract(contract: Contract): void {
  creationContract(contract)
  writeContract(contract)
  wakeContract(contract)
  listContract(contract)
  racesContract(contract)
}

function creationContract({ describe, test }: Contract): void {
  describe('subscriptions: create() and read()', () => {
    test('returns what was created, with its event', async ({ store, clock, enqueued }) => {
      const created = await create(store, 'sub_1', clock)
      const stored: StoredSubscription = {
        subscription: subscriptionOf('sub_1', clock.now()),
        customerId,
        name: '구독',
        request: '{"a":1}',
        attempts: [],
        revision: 0,
        dueAt: clock.now(),
        createdAt: clock.now(),
        updatedAt: clock.now(),
      }
      assert.deepEqual(created, { ...stored, isNew: true })
      assert.deepEqual(await store.subscriptions.read([idOf('sub_1')]), ok([stored]))
      const events = await eventsOf(store, 'sub_1')
      const [written] = events
      assert.ok(written)
      assert.equal(events.length, 1)
      const { payload } = written
      assert.deepEqual(written, {
        payload,
        id: 'subscription:sub_1:1',
        merchantUid: 'sub_1',
        sequence: 1,
        kind: 'subscription.created',
        createdAt: clock.now(),
        dueAt: clock.now(),
        tries: 0,
        failure: null,
        deliveredAt: null,
      })
      assert.deepEqual(JSON.parse(payload), {
        id: 'sub_1',
        customer_id: customerId,
        name: '구독',
        status: 'active',
        reason: null,
        plan: {
          amount: 9_900,
          currency: 'KRW',
          period: { unit: 'month', count: 1 },
          anchor_day: 31,
          hour: 10,
          trial_days: 0,
          first: 'now',
          prorate: false,
          discounts: [{ periods: 3, percent: 50 }],
          periods: null,
          retry: {
            steps: [{ days: 1, hour: 10 }],
            grace_days: 2,
            at_end: 'cancel',
            fallback: true,
          },
        },
        next_plan: null,
        period: 1,
        paid_through: null,
        balance: 0,
        cancel_at: null,
        past_due_at: null,
        next_at: clock.now().toISOString(),
        sequence: 1,
        event_period: 1,
        attempt: null,
      })
      assert.deepEqual(enqueued, ['subscription:sub_1:1'])
    })

    test('one that exists is returned as it is, with another request too', async ({
      store,
      clock,
    }) => {
      await create(store, 'sub_1', clock)
      clock.advance(1_000)
      const write = {
        subscription: subscriptionOf('sub_1', clock.now(), { status: 'trialing' }),
        attempts: [],
        events: [event('created', 1)],
      }
      const again = take(
        await store.subscriptions.create({ customerId: 'b', name: 'b', request: '{}', write }),
      )
      assert.deepEqual(again, { ...(await readOne(store, 'sub_1')), isNew: false })
      assert.equal(again?.customerId, customerId)
      assert.equal((await allEvents(store)).length, 1)
    })

    test('is refused where an order has an id that one of its attempts would get', async ({
      store,
      clock,
    }) => {
      await open(store, 'sub-a-1-1')
      await open(store, 'sub-ab-1-1')
      await open(store, 'sub-b')
      const write = (text: string) => ({
        subscription: subscriptionOf(text, clock.now()),
        attempts: [],
        events: [event('created', 1)],
      })
      for (const [text, isRefused] of [
        ['a', true],
        ['ab', true],
        ['b', false],
        ['A', false],
        ['abc', false],
      ] as const) {
        const created = take(
          await store.subscriptions.create({
            customerId,
            name: 'n',
            request: '{}',
            write: write(text),
          }),
        )
        assert.equal(created === null, isRefused, text)
      }
      assert.equal((await allEvents(store)).length, 3)
    })

    test('unknown ids are left out, and ids differ by case', async ({ store, clock }) => {
      await create(store, 'sub_1', clock)
      const found = take(await store.subscriptions.read([idOf('SUB_1'), idOf('sub_1'), idOf('x')]))
      assert.deepEqual(
        found.map(({ subscription }) => subscription.id),
        ['sub_1'],
      )
      assert.deepEqual(await store.subscriptions.read([]), ok([]))
    })
  })
}

function writeContract({ describe, test }: Contract): void {
  describe('subscriptions: write()', () => {
    test('writes the subscription, a new attempt, its order and its poll', async ({
      store,
      clock,
      enqueued,
    }) => {
      const created = await create(store, 's', clock)
      clock.advance(1_000)
      const { attempt, ...write } = charging(created, clock.now())
      const written = take(await store.subscriptions.write(created, write))
      const stored: StoredSubscription = {
        subscription: write.subscription,
        customerId,
        name: '구독',
        request: '{"a":1}',
        attempts: [{ ...attempt, impUid: null, paidAt: null }],
        revision: 1,
        dueAt: new Date(attempt.checkAt),
        createdAt: created.createdAt,
        updatedAt: clock.now(),
      }
      assert.deepEqual(written, { isWritten: true, stored })
      assert.deepEqual(await store.subscriptions.read([idOf('s')]), ok([stored]))
      const { order, name } = take(await store.orders.read(attempt.merchantUid))
      assert.deepEqual(
        { name, amount: order.amount, status: order.status, policy: order.policy },
        {
          name: '구독',
          amount: money(4_950),
          status: 'pending',
          policy: { late: 'deliver', unmatched: 'refund' },
        },
      )
      clock.advance(30_000)
      assert.deepEqual(await store.pollSchedule.claim(10), ok([attempt.merchantUid]))
      assert.deepEqual(enqueued, ['subscription:s:1'])
    })

    test('T160: a step that was decided on an older state writes nothing, not even its order', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      const first = charging(created, clock.now())
      take(await store.subscriptions.write(created, first))
      const late = charging(created, clock.now(), 2)
      const events = [event('charged', 2, late.attempt.merchantUid), event('recovered', 3)]
      const written = take(await store.subscriptions.write(created, { ...late, events }))
      assert.equal(written.isWritten, false)
      assert.deepEqual(written.stored, await readOne(store, 's'))
      const order = await store.orders.find(late.attempt.merchantUid)
      assert.equal(order.ok ? null : order.failure.reason, 'order_unknown')
      assert.equal((await allEvents(store)).length, 1)
      // Nor does a repetition of the one that was written.
      const repeated = take(await store.subscriptions.write(created, first))
      assert.equal(repeated.isWritten, false)
      assert.equal(repeated.stored?.attempts.length, 1)
    })

    test('writes several attempts and several events, each with the attempt that it is about', async ({
      store,
      clock,
      enqueued,
    }) => {
      const created = await create(store, 's', clock)
      const first = charging(created, clock.now())
      const charged = take(await store.subscriptions.write(created, first)).stored
      assert.ok(charged)
      const failed = { ...first.attempt, state: 'failed', decline: 'curable' } as const
      const second = attemptOf(charged.subscription, 2, clock.now())
      const write: SubscriptionWrite = {
        subscription: { ...charged.subscription, status: 'past_due', sequence: 4 },
        attempts: [failed, second],
        events: [event('charge_failed', 3, failed.merchantUid), event('past_due', 4)],
      }
      const written = take(await store.subscriptions.write(charged, write))
      assert.equal(written.isWritten, true)
      assert.deepEqual(
        written.stored?.attempts.map(({ merchantUid, state, decline }) => [
          merchantUid,
          state,
          decline,
        ]),
        [
          ['sub-s-1-1', 'failed', 'curable'],
          ['sub-s-1-2', 'open', null],
        ],
      )
      const events = (await eventsOf(store, 's')).map(({ kind, payload }) => {
        const data = JSON.parse(payload)
        return [kind, data.sequence, data.status, data.attempt?.merchant_uid ?? null]
      })
      assert.deepEqual(events, [
        ['subscription.created', 1, 'active', null],
        ['subscription.charge_failed', 3, 'past_due', 'sub-s-1-1'],
        ['subscription.past_due', 4, 'past_due', null],
      ])
      assert.deepEqual(enqueued, ['subscription:s:1', 'subscription:s:3', 'subscription:s:4'])
      assert.equal(take(await store.orders.find(second.merchantUid)).status, 'pending')
    })

    test('attempts of settled periods are read no more, and listed for ever', async ({
      store,
      clock,
    }) => {
      let stored = await create(store, 's', clock)
      for (const number of [1, 2]) {
        const next = take(
          await store.subscriptions.write(stored, charging(stored, clock.now(), number)),
        )
        assert.ok(next.stored)
        const [open_] = next.stored.attempts.filter((each) => each.number === number)
        assert.ok(open_)
        const state = number === 1 ? 'failed' : 'booked'
        const subscription: Subscription = {
          ...next.stored.subscription,
          period: number,
          sequence: next.stored.subscription.sequence + 1,
        }
        const settled = await store.subscriptions.write(next.stored, {
          subscription,
          attempts: [{ ...open_, state, decline: state === 'failed' ? 'refused' : null }],
          events: [],
        })
        const after = take(settled).stored
        assert.ok(after)
        stored = after
      }
      assert.deepEqual(stored.attempts, [])
      const listed = take(await store.subscriptions.attempts(idOf('s'), null, 10))
      assert.deepEqual(
        listed.map(({ merchantUid, state }) => [merchantUid, state]),
        [
          ['sub-s-1-2', 'booked'],
          ['sub-s-1-1', 'failed'],
        ],
      )
      const page = take(await store.subscriptions.attempts(idOf('s'), null, 1))
      const [last] = page
      assert.ok(last)
      assert.deepEqual(await store.subscriptions.attempts(idOf('s'), last, 10), ok(listed.slice(1)))
      assert.deepEqual(await store.subscriptions.attempts(idOf('x'), null, 10), ok([]))
    })
  })
}

function wakeContract({ describe, test }: Contract): void {
  describe('subscriptions: claim() and wake', () => {
    test('those that are due are leased, the longest overdue first', async ({ store, clock }) => {
      await create(store, 'later', clock, { dueAt: clock.now().getTime() + 2_000 })
      await create(store, 'never', clock, { dueAt: null })
      await create(store, 'first', clock)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['first']))
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      clock.advance(2_000)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['later']))
      clock.advance(leaseMs - 2_000)
      assert.deepEqual(await store.subscriptions.claim(1), ok(['first']))
      clock.advance(2_000)
      assert.deepEqual(await store.subscriptions.claim(10), ok(['later']))
    })

    test('wake() makes one due that is leased or waits for nothing, and undoes what was decided before it', async ({
      store,
      clock,
    }) => {
      const ended = await create(store, 'ended', clock, { dueAt: null, status: 'ended' })
      await create(store, 'leased', clock)
      take(await store.subscriptions.claim(10))
      const ids = ['leased', 'ended', 'unknown'].map(idOf)
      assert.deepEqual(await store.subscriptions.wake(ids), ok(null))
      assert.deepEqual(await store.subscriptions.wake([]), ok(null))
      assert.deepEqual(take(await store.subscriptions.claim(10)).toSorted(), ['ended', 'leased'])
      const wait = { subscription: ended.subscription, attempts: [], events: [] }
      const written = take(await store.subscriptions.write(ended, wait))
      assert.equal(written.isWritten, false)
      const again = take(await store.subscriptions.write(await readOne(store, 'ended'), wait))
      assert.equal(again.isWritten, true)
      assert.equal(again.stored?.dueAt, null)
    })

    test('wakeCustomer() wakes those of one customer, compared byte by byte', async ({
      store,
      clock,
    }) => {
      await create(store, 'a', clock, { dueAt: null, status: 'past_due' })
      assert.deepEqual(await store.subscriptions.wakeCustomer('고객/42'), ok(null))
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      assert.deepEqual(await store.subscriptions.wakeCustomer(customerId), ok(null))
      assert.deepEqual(await store.subscriptions.claim(10), ok(['a']))
    })

    test('T161: an order of an attempt that changes wakes its subscription, and is read with it again', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock, { dueAt: null })
      const { attempt, ...write } = charging(created, clock.now())
      const charged = take(await store.subscriptions.write(created, write)).stored
      assert.ok(charged)
      const order = take(await store.orders.find(attempt.merchantUid))
      const paid = take(await store.orders.record(paying(order, 'imp_1')))
      assert.equal(paid.status, 'paid')
      assert.deepEqual(await store.subscriptions.claim(10), ok(['s']))
      // Decided before the order changed: nothing is written.
      assert.equal(take(await store.subscriptions.write(charged, write)).isWritten, false)
      const woken = await readOne(store, 's')
      assert.deepEqual(
        woken.attempts.map(({ orderStatus, impUid, paidAt }) => [orderStatus, impUid, paidAt]),
        [['paid', 'imp_1', paid.paidAt]],
      )
      const booked: SubscriptionWrite = {
        subscription: { ...woken.subscription, period: 2, dueAt: null, sequence: 9 },
        attempts: [{ ...attempt, state: 'booked' }],
        events: [event('charged', 9, attempt.merchantUid)],
      }
      const settled = take(await store.subscriptions.write(woken, booked)).stored
      assert.deepEqual(settled?.attempts, [])
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
      const closing = await store.orders.create(
        {
          ...order,
          merchantUid: toAttemptId({ subscriptionId: idOf('s'), period: 2, attempt: 1 }),
        },
        null,
      )
      take(await store.orders.close(take(closing).order, []))
      assert.deepEqual(await store.subscriptions.claim(10), ok(['s']))
    })

    test('an attempt whose order was closed unpaid is told apart from a refunded one', async ({
      store,
      clock,
    }) => {
      const created = await create(store, 's', clock)
      const { attempt, ...write } = charging(created, clock.now())
      take(await store.subscriptions.write(created, write))
      take(await store.orders.close(take(await store.orders.find(attempt.merchantUid)), []))
      const [closed] = (await readOne(store, 's')).attempts
      assert.deepEqual([closed?.orderStatus, closed?.impUid], ['expired', null])
    })

    test('an order of any other id wakes nothing', async ({ store, clock }) => {
      await create(store, 'ORD-1', clock, { dueAt: null })
      await create(store, '1', clock, { dueAt: null })
      take(await store.orders.record(paying(await open(store, 'ORD-1'), 'imp_1')))
      take(await store.orders.record(paying(await open(store, 'sub-2-1-1'), 'imp_2')))
      assert.deepEqual(await store.subscriptions.claim(10), ok([]))
    })
  })
}

function listContract({ describe, test }: Contract): void {
  describe('subscriptions: list()', () => {
    test('pages by id, of all, of a customer, of a status', async ({ store, clock }) => {
      for (const [text, status] of [
        ['a', 'active'],
        ['B', 'active'],
        ['c', 'past_due'],
        ['d', 'active'],
      ] as const) {
        await create(store, text, clock, { status })
      }
      const page = async (
        filter: Parameters<Store['subscriptions']['list']>[0],
        after = '',
        count = 10,
      ) =>
        take(await store.subscriptions.list(filter, after, count)).map(
          ({ subscription }) => subscription.id,
        )
      assert.deepEqual(await page({}), ['B', 'a', 'c', 'd'])
      assert.deepEqual(await page({}, '', 2), ['B', 'a'])
      assert.deepEqual(await page({}, 'a', 2), ['c', 'd'])
      assert.deepEqual(await page({ status: 'active' }, 'B'), ['a', 'd'])
      assert.deepEqual(await page({ customerId }, 'B', 2), ['a', 'c'])
      assert.deepEqual(await page({ customerId, status: 'past_due' }), ['c'])
      assert.deepEqual(await page({ customerId: '고객/42' }), [])
      assert.deepEqual(await page({ customerId: '\0' }), [])
    })
  })
}

function racesContract({ describe, test }: Contract): void {
  describe(`subscriptions: ${raceCount} races on eight connections`, () => {
    test('one is claimed by one of eight', async ({ instances, clock }) => {
      await onInstances(instances, raceCount, (i, store) => create(store, `s${i}`, clock))
      const claims = await Promise.all(
        instances.map((store) => claimAll((count) => store.subscriptions.claim(count))),
      )
      assert.equal(claims.flat().length, raceCount)
      assert.equal(new Set(claims.flat()).size, raceCount)
    })

    test('T160: of two that charge one period one may call the provider', async (context) => {
      await inRaces(
        context,
        async (race, first, second) => {
          const created = await create(first, `s${race}`, context.clock)
          const write = charging(created, context.clock.now())
          const written = await Promise.all(
            [first, second].map((store) => store.subscriptions.write(created, write)),
          )
          assert.equal(written.map(take).filter(({ isWritten }) => isWritten).length, 1)
          assert.equal((await readOne(second, `s${race}`)).attempts.length, 1)
        },
        raceCount,
      )
    })

    test('T161: a payment that is recorded beside a step is not slept through', async (context) => {
      await inRaces(
        context,
        async (race, first, second) => {
          const charged = await charge(first, `s${race}`, context)
          const [attempt] = charged.attempts
          assert.ok(attempt)
          const order = take(await first.orders.find(attempt.merchantUid))
          const wait = {
            subscription: { ...charged.subscription, dueAt: null },
            attempts: [],
            events: [],
          }
          await Promise.all([
            first.orders.record(paying(order, `imp_${race}`)),
            second.subscriptions.write(charged, wait),
          ])
          const { dueAt, attempts } = await readOne(second, `s${race}`)
          assert.deepEqual(dueAt, context.clock.now())
          assert.equal(attempts[0]?.orderStatus, 'paid')
        },
        raceCount,
      )
    })
  })
}

/** Creates a subscription and writes its first attempt. */
async function charge(store: Store, text: string, { clock }: Context): Promise<StoredSubscription> {
  const created = await create(store, text, clock)
  const { stored } = take(await store.subscriptions.write(created, charging(created, clock.now())))
  assert.ok(stored)
  return stored
}
