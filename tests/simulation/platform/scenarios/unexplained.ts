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
import { type ObservedWorld, observe, type Scenario } from './scenario.ts'

// I17: money that no order explains is an issue within ten minutes, whether or not a message reports it; what is
// no money is none.

const issueMinutes = 10
const amount = 10_000

/** Makes payments and returns the one that must be an issue, or must not. */
type Stage = (world: ObservedWorld) => Promise<ProviderRecord>

const pay = (world: ObservedWorld, payment: Partial<NewPayment> = {}): ProviderRecord =>
  payUnheard(world, { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount, ...payment })

const payOrder = async (world: ObservedWorld, payment: Partial<NewPayment> = {}) => {
  await createOrder(world, 'ORD-1', amount)
  return pay(world, payment)
}

const secondPayment: Stage = async (world) => {
  await sendWebhook(world, await payOrder(world))
  return pay(world, { imp_uid: 'imp_2' })
}

const afterClose: Stage = async (world) => {
  await createOrder(world, 'ORD-1', amount)
  await callApi(world, 'POST', '/orders/ORD-1/cancel', {})
  return pay(world)
}

const oldPayment: Stage = async (world) => {
  const started_at = toSeconds(world.time.clock) - 365 * 24 * 3_600
  const payment = { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount, started_at }
  const record = world.provider.open(payment)
  world.provider.pay(record, started_at + 60)
  await createOrder(world, 'ORD-1', amount)
  return record
}

const registration = { customer_uid: 'customer_1', customer_uid_usage: 'issue' }

/** Money, and whether a message must report it: a payment of a year ago is in no list of today. */
const money: readonly (readonly [name: string, stage: Stage, needsMessage?: true])[] = [
  ['an amount that is too small', (world) => payOrder(world, { amount: 100 })],
  ['an amount that is too large', (world) => payOrder(world, { amount: 20_000 })],
  ['a second payment', secondPayment],
  ['a payment after the order was closed', afterClose],
  ['a charge of an order that was never opened', async (world) => pay(world)],
  [
    'a billing key whose issue is charged',
    (world) => payOrder(world, { ...registration, pg_provider: 'kakaopay' }),
  ],
  [
    'a billing key whose issue shows an amount',
    (world) => payOrder(world, { ...registration, pg_provider: 'html5_inicis' }),
  ],
  ['a payment of a year ago', oldPayment, true],
]

const noMoney: readonly (readonly [name: string, stage: Stage])[] = [
  ['the payment of an order', payOrder],
  [
    'a billing key that is issued without a charge',
    (world) => payOrder(world, { ...registration, amount: 0 }),
  ],
  ['a payment of a test channel', (world) => payOrder(world, { sandbox: true })],
]

async function findIssues(
  world: ObservedWorld,
  { imp_uid }: ProviderRecord,
): Promise<readonly ShownIssue[]> {
  return (await listIssues(world)).filter((issue) => issue.imp_uid === imp_uid)
}

function toScenario(name: string, stage: Stage, isHeard: boolean, isMoney: boolean): Scenario {
  const heard = isHeard ? 'reported' : 'not reported'
  return {
    name: `${name}, ${heard}`,
    plans: ['paid'],
    async run(plan) {
      const world = observe({ plan, seed: 22 })
      await world.minute()
      const record = await stage(world)
      const paidMs = world.time.clock.ms
      if (isHeard) await sendWebhook(world, record)
      await world.minutes(issueMinutes, async () =>
        isMoney ? (await findIssues(world, record)).length > 0 : false,
      )
      const [issue] = await findIssues(world, record)
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
    const world = observe({ plan, seed: 23 })
    await world.minute()
    const record = pay(world)
    await sendWebhook(world, record)
    await world.minutes(20)
    const before = await findIssues(world, record)
    await createOrder(world, 'ORD-1', amount)
    await sendWebhook(world, record)
    await world.minutes(issueMinutes)
    const open = (await findIssues(world, record)).filter(({ closed_at }) => closed_at === null)
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
