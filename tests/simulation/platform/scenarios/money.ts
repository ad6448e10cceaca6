import { dayMs, minuteMs } from '../../engine/clock.ts'
import {
  callApi,
  createOrder,
  payUnheard,
  readOrder,
  type ShownOrder,
  sendWebhook,
} from '../merchant.ts'
import type { NewPayment, ProviderRecord } from '../provider/record.ts'
import { toSeconds } from '../provider/volume-provider.ts'
import { type ObservedFixture, observe, type Scenario } from './scenario.ts'

// I20: what is refunded is what was paid.
// I21: a deposit in time pays its order, and a payment from before an order does not.

/** A scenario about money, on a small deployment. */
function scenario(
  name: string,
  run: (fixture: ObservedFixture) => Promise<readonly string[]>,
  startMs?: number,
): Scenario {
  return {
    name,
    plans: ['paid'],
    run: (plan) => run(observe({ plan, seed: 21, ...(startMs === undefined ? {} : { startMs }) })),
  }
}

async function cancel(fixture: ObservedFixture, id: string, body: unknown): Promise<number> {
  return (await callApi<ShownOrder>(fixture, 'POST', `/orders/${id}/cancel`, body)).status
}

/** I20: an order whose payment differs from its amount, as it allows, is refunded in part and then whole. */
function refunds(name: string, allowance: string, payment: Partial<NewPayment>): Scenario {
  return scenario(name, async (fixture) => {
    const violations: string[] = []
    for (const [merchant_uid, parts] of [
      ['WHOLE', [{}]],
      ['PARTS', [{ amount: 4_000 }, {}]],
    ] as const) {
      await createOrder(fixture, merchant_uid, 10_000, { allowances: [allowance] })
      const imp_uid = `imp_${merchant_uid}`
      const record = payUnheard(fixture, { imp_uid, merchant_uid, amount: 10_000, ...payment })
      await sendWebhook(fixture, record)
      const statuses = []
      for (const part of parts) statuses.push(await cancel(fixture, merchant_uid, part))
      const remaining = record.amount - record.cancel_amount
      const { status } = await readOrder(fixture, merchant_uid)
      if (remaining !== 0 || status !== 'cancelled')
        violations.push(
          `I20 ${merchant_uid} is ${status}, ${remaining} of ${record.amount} remain, after ${statuses.join()}`,
        )
    }
    return violations
  })
}

const oldPayment = scenario(
  'a payment of a year ago under the id of a new order',
  async (fixture) => {
    const started_at = toSeconds(fixture.time.clock) - 365 * 24 * 3_600
    const payment = { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 10_000, started_at }
    const record = fixture.provider.open(payment)
    fixture.provider.pay(record, started_at + 60)
    await createOrder(fixture, 'ORD-1', 10_000)
    await sendWebhook(fixture, record)
    const { status } = await readOrder(fixture, 'ORD-1')
    return status === 'paid' ? ['I21 ORD-1 is paid by a payment from before it'] : []
  },
)

const clocksApart = scenario('clocks that differ by five minutes', async (fixture) => {
  await createOrder(fixture, 'ORD-1', 10_000)
  const started_at = toSeconds(fixture.time.clock) - 300
  const payment = { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 10_000, started_at }
  const record = fixture.provider.open(payment)
  fixture.provider.pay(record, started_at + 30)
  await sendWebhook(fixture, record)
  const { status } = await readOrder(fixture, 'ORD-1')
  return status === 'paid' ? [] : [`I21 ORD-1 is ${status}, and was paid`]
})

/** Accounts are due at midnight in Seoul: 15:00 UTC. */
const midnightMs = Date.UTC(2026, 11, 1, 15)

async function openAccount(
  fixture: ObservedFixture,
  imp_uid: string,
  dueMs: number,
): Promise<ProviderRecord> {
  const record = fixture.provider.open({
    imp_uid,
    merchant_uid: 'ORD-1',
    amount: 10_000,
    pay_method: 'vbank',
    vbank_num: `110-${imp_uid}`,
    vbank_date: dueMs / 1_000,
    vbank_issued_at: toSeconds(fixture.time.clock),
  })
  await sendWebhook(fixture, record)
  return record
}

/** I21: the deposit that was made in time pays the order, which never expired before it. */
async function checkDeposit(fixture: ObservedFixture, record: ProviderRecord, paidMs: number) {
  fixture.provider.pay(record, Math.floor(paidMs / 1_000))
  await sendWebhook(fixture, record)
  await fixture.minutes(5)
  const { status, imp_uid } = await readOrder(fixture, 'ORD-1')
  return [
    ...(status === 'paid' && imp_uid === record.imp_uid
      ? []
      : [`I21 ORD-1 is ${status}, and ${record.imp_uid} was paid in time`]),
    ...(fixture.events.has('order.expired ORD-1')
      ? ['I21 ORD-1 expired before its account did']
      : []),
  ]
}

const lateReport = scenario(
  'a deposit before midnight that is seen minutes after it',
  async (fixture) => {
    await createOrder(fixture, 'ORD-1', 10_000, { policy: { late: 'refund' } })
    const record = await openAccount(fixture, 'imp_1', midnightMs)
    const { clock } = fixture.time
    await fixture.minutes((midnightMs - clock.ms) / minuteMs + 3)
    return checkDeposit(fixture, record, midnightMs - 2 * minuteMs)
  },
  midnightMs - 30 * minuteMs,
)

const accountOfAAttacker = scenario(
  "an attacker's account for the same order, due earlier",
  async (fixture) => {
    await createOrder(fixture, 'ORD-1', 10_000)
    const own = await openAccount(fixture, 'imp_1', midnightMs + 2 * dayMs)
    await fixture.minutes(5)
    await openAccount(fixture, 'imp_2', midnightMs + 60 * minuteMs)
    await fixture.minutes(8 * 60)
    return checkDeposit(fixture, own, fixture.time.clock.ms)
  },
  midnightMs - 30 * minuteMs,
)

const firstSeenRefunded = scenario(
  'an order first seen when it is partly refunded',
  async (fixture) => {
    await createOrder(fixture, 'ORD-1', 10_000)
    const record = payUnheard(fixture, { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 10_000 })
    fixture.provider.refund(record, 4_000)
    await sendWebhook(fixture, record)
    const { status, paid_at } = await readOrder(fixture, 'ORD-1')
    return status === 'partially_cancelled' && paid_at !== null
      ? []
      : [`I20 ORD-1 is ${status} and was paid at ${String(paid_at)}`]
  },
)

export const moneyScenarios: readonly Scenario[] = [
  refunds('refunds of a payment with a delivery fee', 'naverco_delivery_fee', {
    amount: 13_000,
    pg_provider: 'naverco',
  }),
  refunds('refunds of a payment with a discount', 'card_promotion', {
    amount: 9_000,
    promotion: { id: 'promotion_1', discount: 1_000 },
  }),
  refunds('refunds of a payment of the exact amount', 'card_promotion', {}),
  oldPayment,
  clocksApart,
  lateReport,
  accountOfAAttacker,
  firstSeenRefunded,
]
