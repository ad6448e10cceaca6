import { minuteMs } from '../../engine/clock.ts'
import {
  callApi,
  createOrder,
  listIssues,
  payUnheard,
  type ShownIssue,
  sendWebhook,
} from '../merchant.ts'
import type { NewPayment, ProviderRecord } from '../provider/record.ts'
import { toSeconds } from '../provider/volume-provider.ts'
import { type ObservedFixture, observe, type Scenario } from './scenario.ts'

// I17: money that no order explains is an issue within ten minutes, whether or not a message reports it; what is
// no money is none.

const issueMinutes = 10
const amount = 10_000

/** Makes payments and returns the one that must be an issue, or must not. */
type Stage = (fixture: ObservedFixture) => Promise<ProviderRecord>

const pay = (fixture: ObservedFixture, payment: Partial<NewPayment> = {}): ProviderRecord =>
  payUnheard(fixture, { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount, ...payment })

const payOrder = async (fixture: ObservedFixture, payment: Partial<NewPayment> = {}) => {
  await createOrder(fixture, 'ORD-1', amount)
  return pay(fixture, payment)
}

const secondPayment: Stage = async (fixture) => {
  await sendWebhook(fixture, await payOrder(fixture))
  return pay(fixture, { imp_uid: 'imp_2' })
}

const afterClose: Stage = async (fixture) => {
  await createOrder(fixture, 'ORD-1', amount)
  await callApi(fixture, 'POST', '/orders/ORD-1/cancel', {})
  return pay(fixture)
}

const oldPayment: Stage = async (fixture) => {
  const started_at = toSeconds(fixture.time.clock) - 365 * 24 * 3_600
  const payment = { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount, started_at }
  const record = fixture.provider.open(payment)
  fixture.provider.pay(record, started_at + 60)
  await createOrder(fixture, 'ORD-1', amount)
  return record
}

const registration = { customer_uid: 'customer_1', customer_uid_usage: 'issue' }

/** Money, and whether a message must report it: a payment of a year ago is in no list of today. */
const money: readonly (readonly [name: string, stage: Stage, needsMessage?: true])[] = [
  ['an amount that is too small', (fixture) => payOrder(fixture, { amount: 100 })],
  ['an amount that is too large', (fixture) => payOrder(fixture, { amount: 20_000 })],
  ['a second payment', secondPayment],
  ['a payment after the order was closed', afterClose],
  ['a charge of an order that was never opened', async (fixture) => pay(fixture)],
  [
    'a billing key whose issue is charged',
    (fixture) => payOrder(fixture, { ...registration, pg_provider: 'kakaopay' }),
  ],
  [
    'a billing key whose issue shows an amount',
    (fixture) => payOrder(fixture, { ...registration, pg_provider: 'html5_inicis' }),
  ],
  ['a payment of a year ago', oldPayment, true],
]

const noMoney: readonly (readonly [name: string, stage: Stage])[] = [
  ['the payment of an order', payOrder],
  [
    'a billing key that is issued without a charge',
    (fixture) => payOrder(fixture, { ...registration, amount: 0 }),
  ],
  ['a payment of a test channel', (fixture) => payOrder(fixture, { sandbox: true })],
]

async function findIssues(
  fixture: ObservedFixture,
  { imp_uid }: ProviderRecord,
): Promise<readonly ShownIssue[]> {
  return (await listIssues(fixture)).filter((issue) => issue.imp_uid === imp_uid)
}

function toScenario(name: string, stage: Stage, isHeard: boolean, isMoney: boolean): Scenario {
  const heard = isHeard ? 'reported' : 'not reported'
  return {
    name: `${name}, ${heard}`,
    plans: ['paid'],
    async run(plan) {
      const fixture = observe({ plan, seed: 22 })
      await fixture.minute()
      const record = await stage(fixture)
      const paidMs = fixture.time.clock.ms
      if (isHeard) await sendWebhook(fixture, record)
      await fixture.minutes(issueMinutes, async () =>
        isMoney ? (await findIssues(fixture, record)).length > 0 : false,
      )
      const [issue] = await findIssues(fixture, record)
      if (!isMoney) return issue === undefined ? [] : [`I17 ${record.imp_uid} is ${issue.kind}`]
      if (issue === undefined) return [`I17 ${record.imp_uid} is no issue after ten minutes`]
      const lateMs = Date.parse(issue.created_at) - paidMs
      return lateMs > issueMinutes * minuteMs ? [`I17 ${issue.id} came after ${lateMs} ms`] : []
    },
  }
}

/** The order is created a moment after its charge, as some servers do: the issue, if there was one, closes by itself. */
const openedLater: Scenario = {
  name: 'a charge of an order that is opened twenty minutes later',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 23 })
    await fixture.minute()
    const record = pay(fixture)
    await sendWebhook(fixture, record)
    await fixture.minutes(20)
    const before = await findIssues(fixture, record)
    await createOrder(fixture, 'ORD-1', amount)
    await sendWebhook(fixture, record)
    await fixture.minutes(issueMinutes)
    const open = (await findIssues(fixture, record)).filter(({ closed_at }) => closed_at === null)
    return [
      ...(before.length === 0 ? ['I17 imp_1 was no issue after twenty minutes'] : []),
      ...(open.length > 0 ? [`I17 ${open[0]?.id} stays open`] : []),
    ]
  },
}

export const unexplainedScenarios: readonly Scenario[] = [
  ...money.flatMap(([name, stage, needsMessage]) => [
    toScenario(name, stage, true, true),
    ...(needsMessage === true ? [] : [toScenario(name, stage, false, true)]),
  ]),
  ...noMoney.map(([name, stage]) => toScenario(name, stage, true, false)),
  openedLater,
]
