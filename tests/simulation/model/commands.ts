import { isOpen } from '../checkers/history.ts'
import { clockJumps, createNotice } from '../workload/notices.ts'
import { graceMs, unknownImpUid, unknownMerchantUid } from '../workload/payments.ts'
import type { ModelFixture } from './fixture.ts'
import { type LivePayment, price } from './provider-state.ts'

/** Something that a buyer, a merchant, an attacker, the provider or the platform can do. */
export interface Command {
  readonly name: string
  /** How often it is drawn, compared with the others. */
  readonly weight: number
  canRun(fixture: ModelFixture): boolean
  /** Runs it; `choice` selects its target and its variant. */
  run(fixture: ModelFixture, choice: number): Promise<void>
}

const choose = <T>(all: readonly T[], choice: number): T | undefined =>
  // The latest ones have more states left than those before them.
  all.at(-1 - (choice % Math.min(all.length, 4)))

const statusOf = (payment: LivePayment) => payment.versions.at(-1)?.status
const paymentsWithStatus = (
  fixture: ModelFixture,
  ...statuses: readonly string[]
): readonly LivePayment[] =>
  fixture.provider.payments.filter((each) => statuses.includes(statusOf(each) ?? ''))
const awaitingDeposit = (fixture: ModelFixture): readonly LivePayment[] =>
  paymentsWithStatus(fixture, 'vbank_issued').filter(
    ({ dueAt }) => fixture.clock.ms <= (dueAt ?? 0),
  )
const hasPayment = (fixture: ModelFixture, id: string): boolean =>
  fixture.provider.payments.some(({ merchantUid }) => merchantUid === id)
const ordersWithoutPayment = (fixture: ModelFixture) =>
  fixture.provider.orders.filter(({ merchantUid }) => !hasPayment(fixture, merchantUid))
const ordersWithPayment = (fixture: ModelFixture) =>
  fixture.provider.orders.filter(({ merchantUid }) => hasPayment(fixture, merchantUid))

const openOrders = (fixture: ModelFixture) =>
  fixture.provider.orders.filter(({ merchantUid }) =>
    isOpen(fixture.orders.get(merchantUid)?.state.status),
  )

/** A payment is created for one of the orders. */
const createPayment =
  (
    orders: typeof ordersWithoutPayment,
    status: 'paid' | 'failed' | 'vbank_issued' | 'pending',
    { amount = price, isOld = false } = {},
  ) =>
  async (fixture: ModelFixture, choice: number): Promise<void> => {
    const merchantUid = choose(orders(fixture), choice)?.merchantUid
    if (merchantUid === undefined) return
    const isSandbox = choice % 16 === 15
    fixture.provider.createPayment({ merchantUid, status, amount, isSandbox, isOld, choice })
  }

const advance =
  (
    from: (fixture: ModelFixture) => readonly LivePayment[],
    to: Parameters<ModelFixture['provider']['advance']>[1],
  ) =>
  async (fixture: ModelFixture, choice: number): Promise<void> => {
    const payment = choose(from(fixture), choice)
    if (payment !== undefined) fixture.provider.advance(payment, to)
  }

const inboundOf = (fixture: ModelFixture, channel: string) =>
  fixture.provider.inbound.filter((each) => each.channel === channel)

/** A notice of a channel arrives; every second one is held at one of its calls. */
function noticeArrival(channel: 'callback' | 'redirect' | 'webhook'): Command {
  return {
    name: channel,
    weight: 5,
    canRun: (fixture) => inboundOf(fixture, channel).length > 0,
    async run(fixture, choice) {
      const notice = choose(inboundOf(fixture, channel), choice)
      if (notice === undefined) return
      fixture.provider.inbound.splice(fixture.provider.inbound.indexOf(notice), 1)
      await fixture.deliverNotice(notice, choice % 2 === 1 ? (choice >> 2) % 4 : null)
    },
  }
}

const faults = ['before', 'after', 'hang', 'twice'] as const
const unfinishedPayments = (fixture: ModelFixture) =>
  paymentsWithStatus(fixture, 'pending', 'failed').filter(({ plan }) => !plan.isAccount)
const always = (): boolean => true
const hasAny =
  (find: (fixture: ModelFixture) => readonly unknown[]) =>
  (fixture: ModelFixture): boolean =>
    find(fixture).length > 0
const refundablePayments = (fixture: ModelFixture) =>
  paymentsWithStatus(fixture, 'paid', 'partially_cancelled')
const queuedEvents = ({ driver }: ModelFixture) => driver.queue

/** Delivers a notice that an attacker sent. */
const forgedNotice =
  (make: (fixture: ModelFixture, choice: number) => ReturnType<typeof createNotice> | null) =>
  async (fixture: ModelFixture, choice: number): Promise<void> => {
    const notice = make(fixture, choice)
    if (notice !== null) await fixture.deliverNotice({ ...notice, sent: Number.POSITIVE_INFINITY })
  }

export const commands: readonly Command[] = [
  {
    name: 'checkout',
    weight: 6,
    canRun: always,
    run: async (fixture, choice) => fixture.createOrder(choice % 2 === 1),
  },
  {
    name: 'price edit',
    weight: 2,
    canRun: hasAny(openOrders),
    run: createPayment(openOrders, 'paid', { amount: price - 1 }),
  },
  {
    name: 'payment of an earlier order with this id',
    weight: 2,
    canRun: hasAny(openOrders),
    run: createPayment(openOrders, 'paid', { isOld: true }),
  },
  {
    name: 'payment',
    weight: 4,
    canRun: hasAny(ordersWithoutPayment),
    run: createPayment(ordersWithoutPayment, 'paid'),
  },
  {
    name: 'start payment',
    weight: 3,
    canRun: hasAny(ordersWithoutPayment),
    run: createPayment(ordersWithoutPayment, 'pending'),
  },
  {
    name: 'second payment',
    weight: 2,
    canRun: hasAny(ordersWithPayment),
    run: createPayment(ordersWithPayment, 'paid'),
  },
  {
    name: 'second account',
    weight: 2,
    canRun: hasAny(ordersWithPayment),
    run: createPayment(ordersWithPayment, 'vbank_issued'),
  },
  { name: 'fail', weight: 3, canRun: hasAny(openOrders), run: createPayment(openOrders, 'failed') },
  {
    name: 'failed → paid',
    weight: 5,
    canRun: hasAny(unfinishedPayments),
    run: advance(unfinishedPayments, 'paid'),
  },
  {
    name: 'account issue',
    weight: 4,
    canRun: hasAny(openOrders),
    run: createPayment(openOrders, 'vbank_issued'),
  },
  {
    name: 'account revoke',
    weight: 2,
    canRun: hasAny((fixture) => paymentsWithStatus(fixture, 'vbank_issued')),
    run: advance((fixture) => paymentsWithStatus(fixture, 'vbank_issued'), 'failed'),
  },
  {
    name: 'deposit',
    weight: 3,
    canRun: hasAny(awaitingDeposit),
    run: advance(awaitingDeposit, 'paid'),
  },
  {
    name: 'late deposit',
    weight: 3,
    canRun: hasAny((fixture) => paymentsWithStatus(fixture, 'vbank_issued')),
    async run(fixture, choice) {
      const payment = choose(paymentsWithStatus(fixture, 'vbank_issued'), choice)
      if (payment === undefined) return
      fixture.waitUntil((payment.dueAt ?? 0) + (choice % 4 < 2 ? graceMs : 0) + 1)
      // Every second one comes when the order is closed already.
      if (choice % 2 === 1) await fixture.passMinute()
      fixture.provider.advance(payment, 'paid')
    },
  },
  {
    name: 'partial cancel',
    weight: 4,
    canRun: hasAny(refundablePayments),
    run: advance(refundablePayments, 'partially_cancelled'),
  },
  {
    name: 'full cancel',
    weight: 3,
    canRun: hasAny(refundablePayments),
    run: advance(refundablePayments, 'cancelled'),
  },
  noticeArrival('callback'),
  noticeArrival('redirect'),
  noticeArrival('webhook'),
  {
    name: 'duplicate',
    weight: 2,
    canRun: ({ last }) => last !== null,
    async run(fixture) {
      if (fixture.last !== null) await fixture.deliverNotice(fixture.last)
    },
  },
  {
    name: 'forged',
    weight: 2,
    canRun: hasAny(({ provider }) => provider.orders),
    run: forgedNotice(({ provider }, choice) => {
      const merchantUid = choose(provider.orders, choice)?.merchantUid
      const channel = choice % 8 < 4 ? 'webhook' : 'callback'
      return merchantUid === undefined
        ? null
        : createNotice(unknownImpUid, merchantUid, channel, 'paid')
    }),
  },
  {
    name: 'foreign id',
    weight: 2,
    canRun: hasAny(({ provider }) => provider.payments),
    run: forgedNotice(({ provider }, choice) => {
      const payment = choose(provider.payments, choice)
      const other = provider.orders.find(({ merchantUid }) => merchantUid !== payment?.merchantUid)
      const channel = choice % 8 < 4 ? 'callback' : 'webhook'
      if (payment === undefined) return null
      return createNotice(payment.impUid, other?.merchantUid ?? unknownMerchantUid, channel, 'paid')
    }),
  },
  {
    name: 'confirm',
    weight: 2,
    canRun: hasAny(({ provider }) => provider.payments),
    async run(fixture, choice) {
      const payment = choose(fixture.provider.payments, choice)
      if (payment !== undefined) await fixture.confirm(payment, choice % 8 < 6 ? price : price - 1)
    },
  },
  {
    name: 'drop channel',
    weight: 2,
    canRun: hasAny(({ provider }) => provider.inbound),
    async run({ provider: { inbound } }, choice) {
      inbound.splice(choice % inbound.length, 1)
    },
  },
  {
    name: 'resume',
    weight: 8,
    canRun: hasAny(({ driver }) => driver.heldNotices),
    async run(fixture, choice) {
      const handled = choose(fixture.driver.heldNotices, choice)
      if (handled !== undefined) await fixture.resume(handled)
    },
  },
  {
    name: 'crash',
    weight: 2,
    canRun: always,
    async run({ driver }, choice) {
      const process = choose(driver.heldNotices, choice)?.task.process
      if (process !== undefined) driver.dropProcess(process)
      else driver.calls.armedFaults.store = choice % 2 === 0 ? 'crash before' : 'crash after'
    },
  },
  {
    name: 'store fault',
    weight: 2,
    canRun: always,
    async run({ driver: { calls } }, choice) {
      calls.armedFaults.store = faults[choice % faults.length] ?? null
    },
  },
  {
    name: 'upstream fault',
    weight: 2,
    canRun: always,
    async run(fixture, choice) {
      fixture.faultyResponse = choice >> 3
      fixture.driver.calls.armedFaults.upstream = faults[choice % faults.length] ?? null
    },
  },
  {
    name: 'queue',
    weight: 4,
    canRun: hasAny(queuedEvents),
    run: async (fixture) => fixture.deliverEvent(fixture.driver.queue.shift() ?? ''),
  },
  {
    name: 'queue duplicate',
    weight: 3,
    canRun: hasAny(queuedEvents),
    async run({ driver: { queue } }, choice) {
      queue.push(queue[choice % queue.length] ?? '')
    },
  },
  {
    name: 'queue reorder',
    weight: 5,
    canRun: ({ driver }) => driver.queue.length > 1,
    run: async (fixture) => fixture.deliverEvent(fixture.driver.queue.pop() ?? ''),
  },
  {
    name: 'dead letter',
    weight: 3,
    canRun: hasAny(queuedEvents),
    async run({ driver: { queue } }, choice) {
      queue.splice(choice % queue.length, 1)
    },
  },
  { name: 'cron', weight: 1, canRun: always, run: (fixture) => fixture.passMinute() },
  { name: 'deploy', weight: 1, canRun: always, run: async ({ driver }) => driver.deploy() },
  {
    name: 'clock jump',
    weight: 1,
    canRun: always,
    async run(fixture, choice) {
      fixture.waitUntil(fixture.clock.ms + (clockJumps[choice % clockJumps.length] ?? 0))
    },
  },
]
