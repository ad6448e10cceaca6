import { dayMs, minuteMs } from '../../engine/clock.ts'
import type { Plan } from '../environment/limits.ts'
import type { Fixture } from '../fixture.ts'
import { createOrder, payUnheard, readOrder, sendWebhook } from '../merchant.ts'
import { checkLimits, checkPaid, observe, plantLostPayment, type Scenario } from './scenario.ts'

// I18: work of any amount is done in invocations within the limits of the platform.

const plans: readonly Plan[] = ['paid', 'free']
/** How many minutes the plan may need for a backlog of a thousand. */
const drainMinutes: Readonly<Record<Plan, number>> = { paid: 30, free: 600 }

/** The old orders are no longer polled one by one: only the list of the provider shows their payments. */
const crowdedWindow: Scenario = {
  name: 'five payments of old orders in a window of 1,200 payments',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 1 })
    const old = Array.from({ length: 5 }, (_, at) => `OLD-${at}`)
    for (const id of old) await createOrder(fixture, id, 1_000)
    fixture.time.clock.ms += 31 * dayMs
    await fixture.minutes(2)
    for (let at = 0; at < 1_200; at++) {
      const merchant_uid = `NEW-${at}`
      await createOrder(fixture, merchant_uid, 1_000)
      await sendWebhook(
        fixture,
        payUnheard(fixture, { imp_uid: `imp_${at}`, merchant_uid, amount: 1_000 }),
      )
    }
    await fixture.drainQueue()
    for (const merchant_uid of old)
      payUnheard(fixture, { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 })
    return [...(await checkPaid(fixture, old, 3)), ...checkLimits(fixture)]
  },
}

const unheardPayments: Scenario = {
  name: '500 payments in one minute that no message reports',
  plans,
  async run(plan) {
    const fixture = observe({ plan, seed: 2 })
    await fixture.minute()
    const ids = Array.from({ length: 500 }, (_, at) => `ORD-${at}`)
    for (const merchant_uid of ids) {
      await createOrder(fixture, merchant_uid, 1_000)
      payUnheard(fixture, { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 })
    }
    return [...(await checkPaid(fixture, ids, drainMinutes[plan])), ...checkLimits(fixture)]
  },
}

const waitingEvents: Scenario = {
  name: '1,000 events that wait for a receiver',
  plans,
  async run(plan) {
    const fixture = observe({ plan, seed: 3 })
    fixture.receiver.behaviour = 'refuses'
    const ids = Array.from({ length: 1_000 }, (_, at) => `ORD-${at}`)
    for (const merchant_uid of ids) {
      await createOrder(fixture, merchant_uid, 1_000)
      await sendWebhook(
        fixture,
        payUnheard(fixture, { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 }),
      )
    }
    await fixture.drainQueue()
    fixture.receiver.behaviour = 'accepts'
    const isDrained = (): boolean => ids.every((id) => fixture.events.has(`order.paid ${id}`))
    await fixture.minutes(drainMinutes[plan], isDrained)
    const missing = ids.filter((id) => !fixture.events.has(`order.paid ${id}`)).length
    return [...(missing > 0 ? [`I18 ${missing} events still wait`] : []), ...checkLimits(fixture)]
  },
}

const foreignPayments: Scenario = {
  name: '1,200 payments of another system on the same account',
  plans,
  async run(plan) {
    const fixture = observe({ plan, seed: 4 })
    await fixture.minute()
    const check = await plantLostPayment(fixture, 'foreign')
    for (let at = 0; at < 1_200; at++)
      payUnheard(fixture, { imp_uid: `imp_f${at}`, merchant_uid: `FOREIGN-${at}`, amount: 500 })
    return [...(await check()), ...checkLimits(fixture)]
  },
}

const openOrders: Scenario = {
  name: '2,000 open orders that are never paid, and one that is',
  plans,
  async run(plan) {
    const fixture = observe({ plan, seed: 5 })
    for (let at = 0; at < 2_000; at++) await createOrder(fixture, `OPEN-${at}`, 1_000)
    await fixture.minutes(5)
    payUnheard(fixture, { imp_uid: 'imp_1', merchant_uid: 'OPEN-1999', amount: 1_000 })
    return [...(await checkPaid(fixture, ['OPEN-1999'], 10)), ...checkLimits(fixture)]
  },
}

/**
 * Only the list shows the payment of the old order, and shops put whole baskets into `custom_data`: a page of the
 * list may be larger than a client accepts.
 */
const largeRecords: Scenario = {
  name: '20 payments a minute with 30 kB of custom data each',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 6 })
    await createOrder(fixture, 'OLD', 1_000)
    fixture.time.clock.ms += 31 * dayMs
    await fixture.minutes(2)
    for (let at = 0; at < 200; at++) {
      await payLarge(fixture, `BIG-${at}`, 30_000)
      if (at % 20 === 19) await fixture.minute()
      else fixture.time.clock.ms += 2_000
    }
    payUnheard(fixture, { imp_uid: 'imp_old', merchant_uid: 'OLD', amount: 1_000 })
    return [...(await checkPaid(fixture, ['OLD'], 10, 'I19')), ...checkLimits(fixture)]
  },
}

async function payLarge(fixture: Fixture, merchant_uid: string, bytes: number): Promise<void> {
  await createOrder(fixture, merchant_uid, 1_000)
  const payment = { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 }
  payUnheard(fixture, { ...payment, custom_data: 'x'.repeat(bytes) })
}

/** One record is larger than any response may be. */
const oversizedRecord: Scenario = {
  name: 'a payment with 2 MB of custom data among twenty',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 8 })
    await createOrder(fixture, 'OLD', 1_000)
    fixture.time.clock.ms += 31 * dayMs
    await fixture.minutes(2)
    for (let at = 0; at < 20; at++)
      await payLarge(fixture, `ORD-${at}`, at === 19 ? 2_000_000 : 100)
    await fixture.minutes(2)
    payUnheard(fixture, { imp_uid: 'imp_old', merchant_uid: 'OLD', amount: 1_000 })
    return [...(await checkPaid(fixture, ['OLD'], 20, 'I19')), ...checkLimits(fixture)]
  },
}

/** The payments are in neither list of the day, so the comparison reads them one by one. */
const refundedAfterTheDay: Scenario = {
  name: '60 large payments of a day that are refunded in part after its end',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 7 })
    await fixture.minute()
    const startMs = fixture.time.clock.ms
    const check = await plantLostPayment(fixture, 'refunded')
    const records = []
    for (let at = 0; at < 60; at++) {
      const merchant_uid = `PART-${at}`
      const custom_data = 'x'.repeat(30_000)
      await createOrder(fixture, merchant_uid, 1_000)
      const payment = { imp_uid: `imp_p${at}`, merchant_uid, amount: 1_000, custom_data }
      records.push(payUnheard(fixture, payment))
    }
    const paid = await checkPaid(fixture, ['PART-0', 'PART-59'], 30)
    const { clock } = fixture.time
    await fixture.minutes(Math.floor((startMs + dayMs - 30 * minuteMs - clock.ms) / minuteMs))
    for (const record of records) {
      fixture.provider.refund(record, 400)
      await sendWebhook(fixture, record)
    }
    const { status } = await readOrder(fixture, 'PART-0')
    if (status !== 'partially_cancelled') return [`I6 PART-0 is ${status}`]
    return [...paid, ...(await check()), ...checkLimits(fixture)]
  },
}

export const volumeScenarios: readonly Scenario[] = [
  crowdedWindow,
  unheardPayments,
  waitingEvents,
  foreignPayments,
  openOrders,
  largeRecords,
  oversizedRecord,
  refundedAfterTheDay,
]
