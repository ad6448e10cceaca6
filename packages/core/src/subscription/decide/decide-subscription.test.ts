import { describe, expect, it } from 'vitest'
import {
  describeStep,
  plan,
  seoul,
  settle,
  started,
  toSeoul,
  withOrder,
  written,
} from '../../../fixtures/subscription.ts'
import type { SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { cancelSubscription, pauseSubscription, resumeSubscription } from './change-subscription.ts'
import { decideSubscription } from './decide-subscription.ts'
import { recordLookUp, recordRefusal } from './record-outcome.ts'

const start = '2026-01-31 12:00'
const first = 'sub-user-42-1-1'

function refused(
  state: SubscriptionState,
  merchantUid: string,
  text: string,
  on: string,
): SubscriptionState {
  return answered(state, (attempt) => recordRefusal(state, attempt, text, seoul(on)), merchantUid)
}

function lookedUp(
  state: SubscriptionState,
  merchantUid: string,
  isFound: boolean,
  on: string,
): SubscriptionState {
  return answered(
    state,
    (attempt) => recordLookUp(state, attempt, isFound, seoul(on), seoul(on)),
    merchantUid,
  )
}

function answered(
  state: SubscriptionState,
  record: (uid: SubscriptionState['attempts'][number]['merchantUid']) => SubscriptionWrite | null,
  merchantUid: string,
): SubscriptionState {
  const attempt = state.attempts.find((each) => each.merchantUid === merchantUid)
  const write = attempt === undefined ? null : record(attempt.merchantUid)
  if (write === null) throw new TypeError(`nothing to record of ${merchantUid}`)
  return written(state, write)
}

/** A subscription whose first charge was made, and failed with a text. */
function declined(text: string, state: SubscriptionState = started(start)): SubscriptionState {
  return withOrder(settle(state, start)[0], first, 'failed', text)
}

/** The steps of a day, where every attempt fails with the same text. */
function runDeclined(text: string, state: SubscriptionState = started(start), days = 12): string[] {
  const lines: string[] = []
  let current = state
  let now = seoul(start)
  const end = now + days * 86_400_000
  while (now <= end) {
    const step = decideSubscription(current, now)
    if (step.kind === 'wait') {
      if (step.until === null) break
      now = step.until
      continue
    }
    if (step.kind !== 'change' || step.write.events.some(({ kind }) => kind !== 'charge_failed')) {
      lines.push(`${toSeoul(now)} ${describeStep(step)}`)
    }
    current = written(current, step.write)
    if (step.kind === 'charge')
      current = withOrder(current, step.attempt.merchantUid, 'failed', text)
  }
  return lines
}

describe('a subscription whose charges succeed', () => {
  it('is charged, booked, and planned in one write; then it waits for the next period', () => {
    const opened = started(start)
    const charge = decideSubscription(opened, seoul(start))
    expect(describeStep(charge)).toBe(`charge ${first}`)
    const charged = withOrder(settle(opened, start)[0], first, 'paid')
    const book = decideSubscription(charged, seoul(start))
    expect(book.kind === 'book' && book.write).toEqual({
      subscription: {
        ...opened.subscription,
        status: 'active',
        period: 2,
        paidFrom: seoul(start),
        paidThrough: seoul('2026-02-28 10:00'),
        price: 9_900,
        dueAt: seoul('2026-02-28 10:00'),
        sequence: 3,
      },
      attempts: [{ ...charged.attempts[0], state: 'booked' }],
      events: [{ kind: 'charged', merchantUid: first, period: 1, sequence: 3 }],
    })
    expect(settle(charged, start)[1]).toEqual([`book ${first}`, 'wait 2026-02-28 10:00'])
  })

  it('is booked without a call when a period costs nothing', () => {
    const free = started(start, plan({ discounts: [{ periods: 1, percent: 100 }] }))
    const [booked, steps] = settle(free, start)
    expect(steps).toEqual(['book without charge', 'wait 2026-02-28 10:00'])
    expect(settle(booked, '2026-02-28 10:00')[1][0]).toBe('charge sub-user-42-2-1')
  })

  it('ends when its last period is over', () => {
    const [charged] = settle(started(start, plan({ periods: 1 })), start)
    const [booked, steps] = settle(withOrder(charged, first, 'paid'), start)
    expect(steps).toEqual([`book ${first}`, 'wait 2026-02-28 10:00'])
    expect(booked.subscription.status).toBe('active')
    expect(settle(booked, '2026-02-28 10:00')[1]).toEqual(['change ended', 'wait for ever'])
  })

  it('is charged once for each period that a server which was down for months has missed', () => {
    let [state] = settle(started(start), start)
    state = withOrder(state, first, 'paid')
    const late = '2026-04-15 12:00'
    const charges: string[] = []
    for (;;) {
      const [next, steps] = settle(state, late)
      const charge = steps.find((each) => each.startsWith('charge '))?.slice(7)
      if (charge === undefined) break
      charges.push(charge)
      state = withOrder(next, charge, 'paid')
    }
    expect(charges).toEqual(['sub-user-42-2-1', 'sub-user-42-3-1'])
  })
})

describe('a charge without an answer', () => {
  const lookups = ['2026-01-31 12:01', '2026-01-31 12:05', '2026-01-31 12:20']

  it('T151: is looked up, and not made again while it may still take effect', () => {
    let [state, steps] = settle(started(start), start)
    expect(steps).toEqual([`charge ${first}`, 'wait 2026-01-31 12:01'])
    for (const on of lookups) {
      ;[state, steps] = settle(state, on)
      expect(steps[0]).toBe(`look_up ${first}`)
      state = lookedUp(state, first, false, on)
      const next = describeStep(decideSubscription(state, seoul(on)))
      expect(next.startsWith('wait')).toBe(on !== '2026-01-31 12:20')
    }
    ;[state, steps] = settle(state, '2026-01-31 12:20')
    expect(steps).toEqual([`send_again ${first}`, 'wait 2026-01-31 13:20'])
    expect(state.attempts).toHaveLength(1)
    expect(state.attempts[0]).toMatchObject({ sends: 2, absentAt: null })
  })

  it('T151: is not made again by a lookup of long ago', () => {
    let [state] = settle(started(start), start)
    ;[state] = settle(state, '2026-01-31 12:20')
    state = lookedUp(state, first, false, '2026-01-31 12:20')
    expect(settle(state, '2026-01-31 12:29')[1][0]).toBe(`send_again ${first}`)
    expect(settle(state, '2026-01-31 12:30')[1][0]).toBe(`look_up ${first}`)
  })

  it('T151: is not made again by a lookup that was sent before the call', () => {
    let [state] = settle(started(start), start)
    ;[state] = settle(state, '2026-01-31 12:20')
    state = lookedUp(state, first, false, '2026-01-31 11:59')
    expect(settle(state, '2026-01-31 12:20')[1][0]).toMatch(/^wait/)
  })

  it('T150: has no other attempt beside it, and the merchant learns a day later that it is unpaid', () => {
    let [state] = settle(started(start, plan(), ['card-1', 'card-2']), start)
    state = lookedUp(state, first, true, '2026-01-31 12:01')
    const seen = new Set<string>()
    for (let hour = 0; hour < 24 * 9; hour++) {
      const on = toSeoul(seoul(start) + hour * 3_600_000) ?? ''
      const [next, steps] = settle(state, on)
      for (const step of steps) if (!step.startsWith('wait')) seen.add(step)
      state = next
    }
    expect([...seen]).toEqual([
      `look_up ${first}`,
      'change past_due',
      'change cancelled',
      'change charge_failed',
    ])
    expect(state.subscription).toMatchObject({ status: 'cancelled', reason: 'outcome_unknown' })
    // Weeks later the money is there after all.
    expect(settle(withOrder(state, first, 'paid'), '2026-03-01 00:00')[1][0]).toBe(
      `refund ${first}`,
    )
  })

  it('T150: fails for good only when a lookup after the refusal has found no payment', () => {
    let [state] = settle(started(start), start)
    state = lookedUp(state, first, false, start)
    state = refused(state, first, '[CC04] 분실카드', '2026-01-31 12:00')
    const [asked, steps] = settle(state, start)
    expect(steps).toEqual([`look_up ${first}`, 'wait 2026-01-31 12:04'])
    const known = lookedUp(asked, first, false, '2026-01-31 12:01')
    expect(settle(known, '2026-01-31 12:01')[1]).toEqual([
      'change charge_failed',
      'change past_due',
      'wait 2026-02-07 10:00',
    ])
  })

  it('T155: is neither failed nor made again when the provider says that its id was paid', () => {
    let [state] = settle(started(start), start)
    state = refused(state, first, '이미 주문이 이루어진 건입니다.', start)
    for (let day = 0; day < 30; day++) {
      const on = toSeoul(seoul(start) + day * 86_400_000) ?? ''
      const [next, steps] = settle(state, on)
      expect(
        steps.filter((step) => /charge|send_again/.test(step) && !/failed/.test(step)),
      ).toEqual([])
      const [attempt] = next.attempts
      state = attempt?.state === 'open' ? lookedUp(next, first, false, on) : next
    }
    expect(state.subscription.status).toBe('cancelled')
  })

  it('is not made again with a key that was deleted meanwhile: it fails after a day without a payment', () => {
    let [state] = settle(started(start), start)
    ;[state] = settle(state, '2026-01-31 12:20')
    state = { ...lookedUp(state, first, false, '2026-01-31 12:20'), billingKeys: [] }
    expect(settle(state, '2026-01-31 12:20')[1]).toEqual(['wait 2026-01-31 12:24'])
    ;[state] = settle(state, '2026-02-01 12:00')
    expect(
      settle(lookedUp(state, first, false, '2026-02-01 12:00'), '2026-02-01 12:00')[1],
      // The second change is that of the reason.
    ).toEqual(['change charge_failed', 'change ', 'wait 2026-02-08 10:00'])
  })

  it('T150: fails for good hours after a second call: a lookup may not have found both payments of its id yet', () => {
    let [state] = settle(started(start), start)
    ;[state] = settle(state, '2026-01-31 12:20')
    ;[state] = settle(lookedUp(state, first, false, '2026-01-31 12:20'), '2026-01-31 12:20')
    state = withOrder(state, first, 'failed', '[CC10] 잔액부족')
    const steps: string[] = []
    for (const on of ['2026-01-31 12:30', '2026-01-31 16:20', '2026-01-31 22:20']) {
      const [next, [step = '']] = settle(state, on)
      steps.push(step)
      state = step.startsWith('look_up') ? lookedUp(next, first, true, on) : next
    }
    expect(steps).toEqual([
      'look_up sub-user-42-1-1',
      'look_up sub-user-42-1-1',
      'look_up sub-user-42-1-1',
    ])
    expect(settle(state, '2026-01-31 22:20')[1].slice(0, 2)).toEqual([
      'change charge_failed',
      'change past_due',
    ])
  })

  it('T153: is not made again, and no period is charged twice, when the clock is set back', () => {
    let [state] = settle(started(start), start)
    for (const [on, next] of [
      ['2026-01-31 11:00', '2026-01-31 12:00'],
      ['2026-01-01 00:00', '2026-01-31 12:00'],
      ['2026-01-31 12:00', '2026-01-31 12:01'],
    ] as const) {
      state = lookedUp(state, first, false, on)
      expect(settle(state, on)[1]).toEqual([`wait ${next}`])
    }
    const [booked] = settle(withOrder(state, first, 'paid'), '2026-01-01 00:00')
    expect(settle(booked, '2026-01-01 00:00')[1]).toEqual(['wait 2026-02-28 10:00'])
  })
})

describe('a charge that fails', () => {
  it('is tried again by the steps of the policy, then cancelled', () => {
    expect(runDeclined('[CC10] 잔액부족')).toEqual([
      '2026-01-31 12:00 charge sub-user-42-1-1',
      '2026-01-31 12:00 change past_due',
      '2026-02-01 10:00 charge sub-user-42-1-2',
      '2026-02-03 18:00 charge sub-user-42-1-3',
      '2026-02-05 10:00 charge sub-user-42-1-4',
      '2026-02-07 10:00 change cancelled',
    ])
  })

  it('is paused at the end of a policy that says so', () => {
    const retry = { steps: [{ days: 1, hour: 9 }], grace_days: 0, at_end: 'pause' }
    expect(runDeclined('[CC10] 잔액부족', started(start, plan({ retry })))).toEqual([
      '2026-01-31 12:00 charge sub-user-42-1-1',
      '2026-01-31 12:00 change past_due',
      '2026-02-01 09:00 charge sub-user-42-1-2',
      '2026-02-01 09:00 change paused',
    ])
  })

  it.each([
    ['without a reason once more', '[CC03] 거절', 1],
    ['with an unknown text once more', '?', 1],
    ['because the shop is not set up by every step', '[8901]', 3],
    ['because the means is dead never again', '[CC04] 분실카드', 0],
  ])('%s', (_, text, tries) => {
    const charges = runDeclined(text).filter((line) => line.includes(' charge '))
    expect(charges).toHaveLength(1 + tries)
  })

  it('in an outage is tried again after half an hour, three times', () => {
    const charges = runDeclined('[CC98]').filter((line) => line.includes(' charge '))
    expect(charges.map((line) => line.slice(0, 16))).toEqual([
      '2026-01-31 12:00',
      '2026-01-31 12:30',
      '2026-01-31 13:00',
      '2026-01-31 13:30',
      '2026-02-01 10:00',
      '2026-02-03 18:00',
      '2026-02-05 10:00',
    ])
  })

  it('is tried at once with every other key, in order of preference, unless the plan forbids it', () => {
    const keys = ['card-1', 'card-2', 'card-3']
    const dead = runDeclined('[CC04]', started(start, plan(), keys))
    expect(
      dead.filter((line) => line.includes(' charge ')).map((line) => line.slice(0, 16)),
    ).toEqual(Array(3).fill(start))
    const retry = { steps: [{ days: 1 }], fallback: false }
    const only = runDeclined('[CC10]', started(start, plan({ retry }), keys))
    expect(
      only.filter((line) => line.includes(' charge ')).map((line) => line.slice(0, 16)),
    ).toEqual([start, '2026-02-01 10:00'])
  })

  it('is tried at once with a new key in the middle of the policy', () => {
    const [state] = settle(declined('[CC10] 잔액부족'), start)
    const renewed = { ...state, billingKeys: ['card-1', 'card-2'] }
    const [charged, steps] = settle(renewed, '2026-01-31 15:00')
    expect(steps[0]).toBe('charge sub-user-42-1-2')
    const paid = withOrder(charged, 'sub-user-42-1-2', 'paid')
    const book = decideSubscription(paid, seoul('2026-01-31 15:00'))
    expect(book.kind === 'book' && book.write.events).toEqual([
      { kind: 'charged', merchantUid: 'sub-user-42-1-2', period: 1, sequence: 6 },
      { kind: 'recovered', merchantUid: 'sub-user-42-1-2', period: 1, sequence: 7 },
    ])
    expect(book.kind === 'book' && book.write.subscription).toMatchObject({
      status: 'active',
      pastDueAt: null,
      reason: null,
      sequence: 7,
    })
  })

  it('is not made at all without a key', () => {
    const keyless = started(start, plan(), [])
    const [state, steps] = settle(keyless, start)
    expect(steps).toEqual(['change past_due', 'wait 2026-02-07 10:00'])
    expect(state.subscription.reason).toBe('no_billing_key')
    expect(settle({ ...state, billingKeys: ['card-1'] }, '2026-02-02 00:00')[1][0]).toBe(
      `charge ${first}`,
    )
    expect(settle(state, '2026-02-07 10:00')[1]).toEqual(['change cancelled', 'wait for ever'])
  })
})

describe('a success that turns up late', () => {
  it('T152: settles its period while that is open, whatever later attempts became', () => {
    const [state] = settle(declined('[CC10] 잔액부족'), start)
    const [charged] = settle(state, '2026-02-01 10:00')
    const [booked, steps] = settle(withOrder(charged, first, 'paid'), '2026-02-01 10:00')
    expect(steps[0]).toBe(`book ${first}`)
    expect(booked.subscription).toMatchObject({ period: 2, status: 'active' })
    // The second attempt was on its way.
    const both = withOrder(booked, 'sub-user-42-1-2', 'paid')
    const [refunding, refunds] = settle(both, '2026-02-01 10:01')
    expect(refunds).toEqual(['refund sub-user-42-1-2', 'wait 2026-02-01 10:02'])
    const [, end] = settle(withOrder(refunding, 'sub-user-42-1-2', 'cancelled'), '2026-02-01 10:02')
    expect(end).toEqual(['change refunded', 'wait 2026-02-28 10:00'])
  })

  it('T154: is refunded when the subscription was cancelled meanwhile', () => {
    const [charged] = settle(started(start), start)
    const cancelled = cancelSubscription(charged, 'now', seoul(start))
    expect(cancelled.ok && cancelled.value.subscription.status).toBe('cancelled')
    if (!cancelled.ok) return
    const [refunding, steps] = settle(
      withOrder(written(charged, cancelled.value), first, 'paid'),
      '2026-01-31 12:03',
    )
    expect(steps).toEqual([`refund ${first}`, 'wait 2026-01-31 12:04'])
    // It is requested until the order is cancelled.
    expect(settle(refunding, '2026-01-31 12:04')[1]).toEqual([
      `refund ${first}`,
      'wait 2026-01-31 12:08',
    ])
    expect(
      settle(withOrder(refunding, first, 'partially_cancelled'), '2026-01-31 12:04')[1][0],
    ).toBe(`refund ${first}`)
  })

  it('T152: is refunded weeks after a retry policy gave up', () => {
    const [given] = settle(declined('[CC04]'), start)
    const [over] = settle(given, '2026-02-07 10:00')
    expect(over.subscription).toMatchObject({
      status: 'cancelled',
      reason: 'means_dead',
      dueAt: null,
    })
    expect(settle(withOrder(over, first, 'paid'), '2026-03-20 04:00')[1][0]).toBe(`refund ${first}`)
  })

  it('T152: settles its period in a pause while that lasts, and is refunded after it', () => {
    const [charged] = settle(started(start), start)
    const paused = pauseSubscription(charged, seoul('2026-01-31 12:01'))
    if (!paused.ok) throw new TypeError('cannot pause')
    const paid = withOrder(written(charged, paused.value), first, 'paid')
    expect(settle(paid, '2026-02-28 09:59')[1]).toEqual([`book ${first}`, 'wait for ever'])
    const [late, steps] = settle(paid, '2026-02-28 10:00')
    expect(steps[0]).toBe(`refund ${first}`)
    const resumed = resumeSubscription(late, seoul('2026-03-05 15:00'))
    if (!resumed.ok) throw new TypeError('cannot resume')
    expect(settle(written(late, resumed.value), '2026-03-05 15:00')[1]).toContain(
      'charge sub-user-42-1-2',
    )
  })

  it('keeps a period settled whose payment somebody refunded, and says so', () => {
    const [charged] = settle(started(start), start)
    const [booked] = settle(withOrder(charged, first, 'paid'), start)
    expect(settle(withOrder(booked, first, 'cancelled'), '2026-02-03 10:00')[1]).toEqual([
      'change refunded',
      'wait 2026-02-28 10:00',
    ])
    const [both, steps] = settle(withOrder(charged, first, 'cancelled'), start)
    expect(steps).toEqual([`book ${first}`, 'wait 2026-02-28 10:00'])
    expect(both.attempts[0]?.state).toBe('refunded')
  })
})
