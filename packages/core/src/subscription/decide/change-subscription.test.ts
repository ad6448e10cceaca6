import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  plan,
  seoul,
  settle,
  started,
  subscriptionId,
  toSeoul,
  withOrder,
  written,
} from '../../../fixtures/subscription.ts'
import { fail, type Result } from '../../values/result.ts'
import type { SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { upcoming } from '../state/upcoming.ts'
import { changePlan } from './change-plan.ts'
import {
  cancelSubscription,
  chargeNow,
  pauseSubscription,
  refundPeriod,
  resumeSubscription,
} from './change-subscription.ts'
import type { SubscriptionFailure } from './command.ts'
import { openSubscription } from './open-subscription.ts'

const start = '2026-01-31 12:00'
const first = 'sub-user-42-1-1'

function after(
  state: SubscriptionState,
  commanded: Result<SubscriptionWrite, SubscriptionFailure>,
): SubscriptionState {
  if (!commanded.ok) throw new TypeError(commanded.failure.reason)
  return written(state, commanded.value)
}

/** A monthly subscription whose first period is paid, from 31 January to 28 February. */
function running(wirePlan = plan()): SubscriptionState {
  const [charged] = settle(started(start, wirePlan), start)
  return settle(withOrder(charged, first, 'paid'), start)[0]
}

describe('openSubscription()', () => {
  it('is active and due at once, or trialing until its first charge', () => {
    const id = subscriptionId('user-42')
    const now = seoul(start)
    expect(openSubscription(id, plan(), now)).toEqual({
      subscription: {
        id,
        plan: plan(),
        nextPlan: null,
        planSince: 1,
        calendar: { startsAt: now, firstPeriod: 1, isInitial: true },
        status: 'active',
        period: 1,
        paidFrom: null,
        paidThrough: null,
        price: null,
        balance: 0,
        cancelAt: null,
        pastDueAt: null,
        reason: null,
        retryAt: null,
        dueAt: now,
        sequence: 1,
      },
      attempts: [],
      events: [{ kind: 'created', merchantUid: null, period: 1, sequence: 1 }],
    })
    const trial = openSubscription(id, plan({ trial_days: 7 }), now).subscription
    expect([trial.status, toSeoul(trial.dueAt)]).toEqual(['trialing', '2026-02-08 10:00'])
  })
})

describe('pauseSubscription() and resumeSubscription()', () => {
  it('T155: a cancel at the end of the period takes effect in a pause as well, and outlives its end', () => {
    const paused = after(running(), pauseSubscription(running(), seoul('2026-02-01 00:00')))
    const leaving = after(
      paused,
      cancelSubscription(paused, 'period_end', seoul('2026-02-02 00:00')),
    )
    expect(leaving.subscription).toMatchObject({
      status: 'paused',
      cancelAt: seoul('2026-02-28 10:00'),
      dueAt: seoul('2026-02-28 10:00'),
    })
    const [ended, kinds] = settle(leaving, '2026-02-28 10:00')
    expect(ended.subscription).toMatchObject({ status: 'cancelled', cancelAt: null, dueAt: null })
    expect(kinds).toEqual(['change cancelled', 'wait for ever'])
    const resumed = after(leaving, resumeSubscription(leaving, seoul('2026-02-03 00:00')))
    expect(resumed.subscription).toMatchObject({
      status: 'active',
      cancelAt: seoul('2026-02-28 10:00'),
    })
    const kept = after(resumed, resumeSubscription(resumed, seoul('2026-02-04 00:00')))
    expect(kept.subscription).toMatchObject({ status: 'active', cancelAt: null })
  })

  it('changes nothing when it goes on before its next charge', () => {
    const paused = after(running(), pauseSubscription(running(), seoul('2026-02-01 00:00')))
    expect(paused.subscription).toMatchObject({ status: 'paused', dueAt: null })
    const resumed = after(paused, resumeSubscription(paused, seoul('2026-02-20 00:00')))
    expect(resumed.subscription).toMatchObject({
      status: 'active',
      period: 2,
      dueAt: seoul('2026-02-28 10:00'),
    })
  })

  it('begins its next period when it is resumed later, and charges none for the pause', () => {
    const paused = after(running(), pauseSubscription(running(), seoul('2026-02-01 00:00')))
    const resumed = after(paused, resumeSubscription(paused, seoul('2026-05-10 20:00')))
    expect(
      upcoming(resumed.subscription, 2).map(({ from, to }) => [toSeoul(from), toSeoul(to)]),
    ).toEqual([
      ['2026-05-10 20:00', '2026-06-10 10:00'],
      ['2026-06-10 10:00', '2026-07-10 10:00'],
    ])
  })

  it('keeps the anchor of its plan, and charges the days until it', () => {
    const anchored = running(plan({ anchor_day: 31 }))
    const paused = after(anchored, pauseSubscription(anchored, seoul('2026-02-01 00:00')))
    const resumed = after(paused, resumeSubscription(paused, seoul('2026-05-11 20:00')))
    expect(
      upcoming(resumed.subscription, 2).map(({ from, price }) => [toSeoul(from), price]),
    ).toEqual([
      // 20 of the 31 days from 30 April to 31 May.
      ['2026-05-11 20:00', 6_387],
      ['2026-05-31 10:00', 9_900],
    ])
  })

  it('is not paused twice, and nothing is resumed that goes on', () => {
    const paused = after(running(), pauseSubscription(running(), seoul(start)))
    expect(pauseSubscription(paused, seoul(start))).toEqual(
      fail({ reason: 'status_unsuitable', status: 'paused' }),
    )
    expect(resumeSubscription(running(), seoul(start))).toEqual(
      fail({ reason: 'status_unsuitable', status: 'active' }),
    )
  })

  it('goes back to its trial', () => {
    const trial = started(start, plan({ trial_days: 14 }))
    const paused = after(trial, pauseSubscription(trial, seoul('2026-02-01 00:00')))
    const resumed = after(paused, resumeSubscription(paused, seoul('2026-02-02 00:00')))
    expect(resumed.subscription).toMatchObject({
      status: 'trialing',
      dueAt: seoul('2026-02-15 10:00'),
    })
  })
})

describe('cancelSubscription()', () => {
  it('T154: charges nothing any more', () => {
    const cancelled = after(
      running(),
      cancelSubscription(running(), 'now', seoul('2026-02-10 00:00')),
    )
    expect(cancelled.subscription).toMatchObject({ status: 'cancelled', dueAt: null })
    expect(settle(cancelled, '2027-01-01 00:00')[1]).toEqual(['wait for ever'])
    expect(upcoming(cancelled.subscription, 5)).toEqual([])
  })

  it('T154: leaves the buyer the paid period, and charges none after it', () => {
    const ending = after(
      running(),
      cancelSubscription(running(), 'period_end', seoul('2026-02-10 00:00')),
    )
    expect(ending.subscription).toMatchObject({
      status: 'active',
      cancelAt: seoul('2026-02-28 10:00'),
    })
    expect(upcoming(ending.subscription, 5)).toEqual([])
    expect(settle(ending, '2026-02-28 10:00')[1]).toEqual(['change cancelled', 'wait for ever'])
    const kept = after(ending, resumeSubscription(ending, seoul('2026-02-11 00:00')))
    expect(kept.subscription).toMatchObject({ cancelAt: null, dueAt: seoul('2026-02-28 10:00') })
  })

  it('T154: does not wait for the end of a period that is not paid', () => {
    const [state] = settle(started(start), start)
    const pastDue = settle(withOrder(state, first, 'failed', '[CC10]'), start)[0]
    const cancelled = after(
      pastDue,
      cancelSubscription(pastDue, 'period_end', seoul('2026-02-02 00:00')),
    )
    expect(cancelled.subscription.status).toBe('cancelled')
    expect(cancelSubscription(cancelled, 'now', seoul('2026-02-02 00:00'))).toEqual(
      fail({ reason: 'status_unsuitable', status: 'cancelled' }),
    )
  })
})

describe('chargeNow()', () => {
  it('makes the next attempt due, once', () => {
    const [state] = settle(started(start), start)
    const pastDue = settle(withOrder(state, first, 'failed', '[CC10]'), start)[0]
    const commanded = after(pastDue, chargeNow(pastDue, seoul('2026-01-31 18:00')))
    const [charged, steps] = settle(commanded, '2026-01-31 18:00')
    expect(steps[0]).toBe('charge sub-user-42-1-2')
    expect(chargeNow(charged, seoul('2026-01-31 18:00'))).toEqual(
      fail({ reason: 'charge_in_progress' }),
    )
    const declined = withOrder(charged, 'sub-user-42-1-2', 'failed', '[CC10]')
    expect(settle(declined, '2026-01-31 18:00')[1].at(-1)).toBe('wait 2026-02-01 10:00')
  })

  it('is refused without a key that can work, and when nothing is unpaid', () => {
    const [state] = settle(started(start), start)
    const dead = settle(withOrder(state, first, 'failed', '[CC04]'), start)[0]
    expect(chargeNow(dead, seoul(start))).toEqual(fail({ reason: 'no_billing_key' }))
    expect(chargeNow(running(), seoul(start))).toEqual(
      fail({ reason: 'status_unsuitable', status: 'active' }),
    )
  })
})

describe('changePlan()', () => {
  const bigger = plan({ amount: 19_900 })

  it('re-prices the rest of the running period, and charges the difference with the next one', () => {
    // 28 days from 31 January to 28 February, 14 of them used: 9,900 - 4,950 = 4,950; 19,900 - 9,950 = 9,950.
    const changed = after(
      running(),
      changePlan(running(), bigger, 'now', seoul('2026-02-14 09:00')),
    )
    expect(changed.subscription).toMatchObject({ plan: bigger, price: 19_900, balance: 5_000 })
    expect(upcoming(changed.subscription, 2).map(({ amount }) => amount)).toEqual([24_900, 19_900])
  })

  it('credits a cheaper plan over as many periods as it takes', () => {
    const annual = running(plan({ amount: 100_000 }))
    const cheap = after(
      annual,
      changePlan(annual, plan({ amount: 10_000 }), 'now', seoul('2026-02-07 09:00')),
    )
    expect(cheap.subscription.balance).toBe(-67_500)
    expect(upcoming(cheap.subscription, 8).map(({ amount }) => amount)).toEqual([
      0, 0, 0, 0, 0, 0, 2_500, 10_000,
    ])
    expect(settle(cheap, '2026-02-28 10:00')[1]).toEqual([
      'book without charge',
      'wait 2026-03-31 10:00',
    ])
  })

  it('T159: never drifts: a period that many changes cut costs the sum of its days', () => {
    const somePrice = fc.integer({ min: 1, max: 1_000_000 })
    const someChanges = fc.array(fc.tuple(fc.nat(27), somePrice), { maxLength: 30 })
    fc.assert(
      fc.property(somePrice, someChanges, (price, changes) => {
        let state = running(plan({ amount: price }))
        const ordered = changes.toSorted(([a], [b]) => a - b)
        for (const [day, amount] of ordered) {
          const now = seoul('2026-01-31 12:00') + day * 86_400_000
          state = after(state, changePlan(state, plan({ amount }), 'now', now))
        }
        const prices = Array.from({ length: 28 }, (_, day) =>
          ordered.reduce((current, [from, amount]) => (from <= day ? amount : current), price),
        )
        const exact = prices.reduce((sum, each) => sum + each / 28, 0)
        const cuts = new Set(ordered.map(([day]) => day)).size
        expect(Math.abs(price + state.subscription.balance - exact)).toBeLessThanOrEqual(
          cuts + 1e-6,
        )
        // Back to the first plan on the same day: as if nothing had been changed since.
        const [last] = ordered.at(-1) ?? [0]
        const now = seoul('2026-01-31 12:00') + last * 86_400_000
        const there = after(state, changePlan(state, plan({ amount: 777 }), 'now', now))
        const back = after(there, changePlan(there, state.subscription.plan, 'now', now))
        expect(back.subscription.balance).toBe(state.subscription.balance)
      }),
      { numRuns: 200 },
    )
  })

  it('T159: re-prices no running period by a plan of another rhythm that begins after it', () => {
    const now = seoul('2026-02-10 00:00')
    const yearly = plan({ amount: 100_000, period: { unit: 'year', count: 1 } })
    const scheduled = after(running(), changePlan(running(), yearly, 'next_period', now))
    const dearer = plan({ amount: 100_001, period: { unit: 'year', count: 1 } })
    expect(changePlan(scheduled, dearer, 'now', now)).toEqual(
      fail({ reason: 'plan_period_differs' }),
    )
    const next = after(scheduled, changePlan(scheduled, dearer, 'next_period', now))
    expect(next.subscription).toMatchObject({ balance: 0, plan: { amount: { minor: 100_001 } } })
  })

  it('with other periods begins when the running one ends', () => {
    const yearly = plan({ amount: 99_000, period: { unit: 'year', count: 1 } })
    const changed = after(
      running(),
      changePlan(running(), yearly, 'next_period', seoul('2026-02-10 00:00')),
    )
    expect(
      upcoming(changed.subscription, 2).map(({ from, amount }) => [toSeoul(from), amount]),
    ).toEqual([
      ['2026-02-28 10:00', 99_000],
      ['2027-02-28 10:00', 99_000],
    ])
    expect(changePlan(running(), yearly, 'now', seoul('2026-02-10 00:00'))).toEqual(
      fail({ reason: 'plan_period_differs' }),
    )
  })

  it('waits for a charge that is being made: its period keeps its price', () => {
    const [charging] = settle(started(start), start)
    expect(changePlan(charging, bigger, 'now', seoul(start))).toEqual(
      fail({ reason: 'charge_in_progress' }),
    )
    const planned = after(charging, changePlan(charging, bigger, 'next_period', seoul(start)))
    const [booked] = settle(withOrder(planned, first, 'paid'), start)
    expect(booked.subscription).toMatchObject({
      plan: bigger,
      nextPlan: null,
      price: 9_900,
      balance: 0,
    })
  })

  it('keeps a trial that runs', () => {
    const trial = started(start, plan({ trial_days: 14 }))
    const changed = after(trial, changePlan(trial, bigger, 'now', seoul('2026-02-02 00:00')))
    expect(upcoming(changed.subscription, 1)).toMatchObject([
      { dueAt: seoul('2026-02-15 10:00'), amount: 19_900 },
    ])
  })

  it('keeps its currency', () => {
    const dollars = plan({ amount: 9.9, currency: 'USD' })
    expect(changePlan(running(), dollars, 'next_period', seoul(start))).toEqual(
      fail({ reason: 'plan_currency_differs' }),
    )
  })
})

describe('refundPeriod()', () => {
  it('refunds the payment of a settled period, once, and goes on', () => {
    const refunding = after(running(), refundPeriod(running(), 1, seoul('2026-02-03 00:00')))
    expect(refunding.attempts[0]?.state).toBe('refunding')
    expect(refundPeriod(refunding, 1, seoul('2026-02-03 00:00'))).toEqual(
      fail({ reason: 'period_not_charged', period: 1 }),
    )
    const [done, steps] = settle(withOrder(refunding, first, 'cancelled'), '2026-02-03 00:01')
    expect(steps).toEqual(['change refunded', 'wait 2026-02-28 10:00'])
    expect(done.subscription.period).toBe(2)
  })
})

describe('upcoming()', () => {
  it('lists what is charged until the end', () => {
    const discounted = plan({ periods: 3, discounts: [{ periods: 2, percent: 50 }] })
    expect(
      upcoming(running(discounted).subscription, 10).map(({ period, amount }) => [period, amount]),
    ).toEqual([
      [2, 4_950],
      [3, 9_900],
    ])
  })

  it('lists at most a hundred', () => {
    expect(upcoming(running().subscription, 1_000)).toHaveLength(100)
  })
})
