import { setTimeout as sleep } from 'node:timers/promises'
import { createPrng, type Prng } from '../engine/prng.ts'
import type { OrderSpec } from './checkers/http-history.ts'
import type { Clients, Draft } from './clients.ts'
import type { Nemesis } from './nemesis.ts'

// What happens in one history: a seed decides who does what and after which pause, the machine who is first.

/** What the scenarios of one history share. */
export interface ScenarioContext {
  readonly seed: number
  readonly clients: Clients
  /** How often each order is read, beside everything else. */
  readonly readCount: number
  readonly nemesis: Pick<Nemesis, 'faultLookups'>
}

/** The orders of a history. */
export function generateOrders(seed: number): readonly OrderSpec[] {
  const prng = createPrng(seed)
  return Array.from({ length: 1 + prng.below(3) }, (_, at) => {
    const isDollar = prng.below(8) === 7
    return {
      merchant_uid: `B${seed}-${at}`,
      amount: isDollar ? 10 + prng.below(90) + 0.25 : 1_000 * (5 + prng.below(60)),
      currency: isDollar ? 'USD' : 'KRW',
      unmatched: prng.below(2) === 1 ? 'refund' : 'report',
    }
  })
}

/** Runs a history to its end; it does not wait for webhooks that are still being delivered. */
export async function runHistory(context: ScenarioContext): Promise<void> {
  const orders = generateOrders(context.seed)
  await Promise.all(orders.map((order, at) => runOrder(order, at, orders, context)))
}

type Scenario = (orderContext: OrderContext) => Promise<void>

/** One order, with what a scenario needs to act on it. */
interface OrderContext {
  readonly order: OrderSpec
  readonly otherOrder: OrderSpec
  readonly context: ScenarioContext
  readonly prng: Prng
  /** A payment of this order; the named fields differ from what the order expects. */
  readonly draft: (at: number, other?: Partial<Draft>) => Draft
}

const scenarios: readonly Scenario[] = [
  buyOnce,
  buyOnce,
  buyTwice,
  payLess,
  payElsewhere,
  offerToOtherOrder,
  payIntoAccount,
  closeAccount,
  failFirst,
  neverPay,
  closeUnpaid,
  cancelParts,
  cancelEverywhere,
]

async function runOrder(
  order: OrderSpec,
  at: number,
  orders: readonly OrderSpec[],
  context: ScenarioContext,
): Promise<void> {
  const { seed, clients } = context
  const prngFor = (stream: number): Prng => createPrng(seed * 64 + at * 16 + stream)
  const prng = prngFor(1)
  const scenario = scenarios[prng.below(scenarios.length)] ?? buyOnce
  const draft = (tried: number, other: Partial<Draft> = {}): Draft => ({
    imp_uid: `imp_${seed}_${at}_${tried}`,
    merchant_uid: order.merchant_uid,
    amount: order.amount,
    currency: order.currency,
    pay_method: 'card',
    ...other,
  })
  const otherOrder = orders[(at + 1) % orders.length] ?? order
  let onPaymentCreated = (): void => undefined
  // The id of a payment is unknown until the provider has created it.
  const paymentCreated = new Promise<void>((resolve) => {
    onPaymentCreated = resolve
  })
  const own: Clients = {
    ...clients,
    createPayment: async (payment) => {
      const response = await clients.createPayment(payment)
      if (payment.imp_uid === draft(0).imp_uid) onPaymentCreated()
      return response
    },
  }
  // The shop creates some orders only after their buyer has paid.
  const isLate = prng.below(8) === 7
  const orderCreated = sleep(isLate ? 200 : 0).then(() => clients.create(order))
  if (!isLate) await orderCreated
  await Promise.all([
    scenario({ order, otherOrder, context: { ...context, clients: own }, prng, draft }).finally(
      onPaymentCreated,
    ),
    paymentCreated.then(() => returnByRedirect(draft(0), context, prngFor(2))),
    paymentCreated.then(() => attack(order, draft(0), context, prngFor(3))),
    orderCreated.then((token) => readRepeatedly(order, token, context, prngFor(4))),
    orderCreated.then((token) => readRepeatedly(order, token, context, prngFor(5))),
  ])
}

async function buyOnce({ context, prng, draft }: OrderContext): Promise<void> {
  await buy(draft(0), context, prng)
}

/** Two tabs, two payments, one order. */
async function buyTwice({ context, prng, draft }: OrderContext): Promise<void> {
  await Promise.all([buy(draft(0), context, prng), buy(draft(1), context, prng)])
  if (prng.below(2) === 1) await context.clients.refundIssue('duplicate_paid', draft(1))
}

async function payLess({ order, context, prng, draft }: OrderContext): Promise<void> {
  const less = draft(1, { amount: order.amount - 1 })
  await buy(less, context, prng)
  if (prng.below(3) === 2) await context.clients.refundIssue('mismatch_paid', less)
  if (prng.below(2) === 1) await buy(draft(0), context, prng)
}

async function payElsewhere({ order, context, prng, draft }: OrderContext): Promise<void> {
  const currency = order.currency === 'USD' ? 'EUR' : 'USD'
  await buy(draft(1, { currency }), context, prng)
  if (prng.below(2) === 1) await buy(draft(0), context, prng)
}

/** A paid payment is claimed for another order as well. */
async function offerToOtherOrder({
  order,
  otherOrder,
  context,
  prng,
  draft,
}: OrderContext): Promise<void> {
  const own = draft(0)
  await buy(own, context, prng)
  if (otherOrder === order) return
  await context.clients.complete('attacker', otherOrder.merchant_uid, own.imp_uid)
  await context.clients.sendForgedWebhook(otherOrder.merchant_uid, own.imp_uid, 'paid')
  await context.clients.redirect('attacker', otherOrder.merchant_uid, own.imp_uid)
}

/** An account is issued; the money comes, late now and then, or never. */
async function payIntoAccount({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  const seconds = Math.floor(Date.now() / 1000)
  const account = draft(0, { pay_method: 'vbank', vbank_date: seconds + 1 + prng.below(3) * 600 })
  await clients.createPayment(account)
  await clients.complete('browser', order.merchant_uid, account.imp_uid)
  await pause(prng, 1_500)
  if (prng.below(4) === 3) return
  await clients.pay(account, 'deposit')
  if (prng.below(3) === 2) await clients.cancel('merchant', order.merchant_uid, null, null)
}

/** The merchant closes the order while the buyer may be at the bank. */
async function closeAccount({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  const account = draft(0, { pay_method: 'vbank' })
  await clients.createPayment(account)
  await clients.complete('browser', order.merchant_uid, account.imp_uid)
  const closing = clients.cancel('merchant', order.merchant_uid, null, null)
  if (prng.below(2) === 1) await clients.pay(account, 'deposit')
  await closing
}

async function failFirst({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  const first = draft(0)
  await clients.createPayment(first)
  await pause(prng, 60)
  await clients.fail(first)
  await clients.complete('browser', order.merchant_uid, first.imp_uid, '[CC03] 카드사 승인거절')
  await pause(prng, 200)
  switch (prng.below(3)) {
    case 0:
      return
    case 1:
      await clients.pay(first, 'approve-late')
      return
    default:
      await buy(draft(1), context, prng)
  }
}

async function neverPay({ order, context, prng, draft }: OrderContext): Promise<void> {
  if (prng.below(2) === 1) await context.clients.createPayment(draft(0))
  await pause(prng, 100)
  await context.clients.complete('browser', order.merchant_uid, draft(0).imp_uid, '사용자가 취소')
}

/** The merchant closes an order that seems unpaid, while a buyer may be paying. */
async function closeUnpaid({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  await Promise.all([
    pause(prng, 250).then(() => clients.cancel('merchant', order.merchant_uid, null, null)),
    pause(prng, 250).then(() => buy(draft(0), context, prng)),
  ])
}

/** Parts are refunded by the API and by the console, at once. */
async function cancelParts({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  await buy(draft(0), context, prng)
  const part = Math.floor(order.amount / 5)
  const left = order.amount - part
  await Promise.all([
    clients.cancel('merchant', order.merchant_uid, part, order.amount),
    pause(prng, 30).then(() => clients.cancel('merchant', order.merchant_uid, part, order.amount)),
    pause(prng, 400).then(() => clients.consoleCancel(draft(0), part)),
  ])
  await clients.cancels(order.merchant_uid)
  if (prng.below(2) === 1) await clients.cancel('merchant', order.merchant_uid, null, null)
  else await clients.cancel('merchant', order.merchant_uid, part, left)
}

/** Everything is refunded twice at once, by the API and by the console. */
async function cancelEverywhere({ order, context, prng, draft }: OrderContext): Promise<void> {
  const { clients } = context
  await buy(draft(0), context, prng)
  await Promise.all([
    clients.cancel('merchant', order.merchant_uid, null, null),
    pause(prng, 60).then(() => clients.consoleCancel(draft(0), null)),
    pause(prng, 60).then(() => clients.cancel('merchant', order.merchant_uid, null, null)),
  ])
}

/** A buyer pays in the payment window, whose callback goes to the shop. */
async function buy(payment: Draft, context: ScenarioContext, prng: Prng): Promise<void> {
  const { clients } = context
  await clients.createPayment(payment)
  await context.nemesis.faultLookups(payment.imp_uid, prng)
  await pause(prng, 40)
  await clients.confirm('provider', payment.merchant_uid, payment.imp_uid, payment.amount)
  await pause(prng, 40)
  await clients.pay(payment, 'approve')
  await pause(prng, 60)
  // Some close the tab at once.
  for (let tries = prng.below(3); tries > 0; tries--) {
    await clients.complete('browser', payment.merchant_uid, payment.imp_uid)
    await pause(prng, 120)
  }
}

/** A phone returns by redirect: early, late, or twice. */
async function returnByRedirect(
  payment: Draft,
  { clients }: ScenarioContext,
  prng: Prng,
): Promise<void> {
  for (let tries = prng.below(3); tries > 0; tries--) {
    await pause(prng, 500)
    await clients.redirect('phone', payment.merchant_uid, payment.imp_uid)
  }
}

/** An attacker who knows ids: forged webhooks and callbacks, guessed tokens, wrong amounts. */
async function attack(
  order: OrderSpec,
  paid: Draft,
  context: ScenarioContext,
  prng: Prng,
): Promise<void> {
  const { clients } = context
  const { merchant_uid } = order
  for (let tries = prng.below(4); tries > 0; tries--) {
    await pause(prng, 400)
    switch (prng.below(7)) {
      case 0:
        await clients.sendForgedWebhook(merchant_uid, paid.imp_uid, 'paid')
        break
      case 1:
        await clients.sendForgedWebhook(merchant_uid, paid.imp_uid, 'cancelled')
        break
      case 2:
        await clients.sendForgedWebhook(merchant_uid, `imp_unknown_${context.seed}`, 'paid')
        break
      case 3:
        await clients.sendForgedWebhook(merchant_uid, null, 'paid')
        break
      case 4:
        await clients.complete('attacker', `unknown-${context.seed}`, paid.imp_uid)
        break
      case 5:
        await clients.buyerRead('attacker', merchant_uid, 'a-token-that-was-guessed')
        break
      default:
        await clients.confirm('attacker', merchant_uid, paid.imp_uid, order.amount + 1)
    }
  }
}

/** The merchant's server and the buyer's page read the order again and again. */
async function readRepeatedly(
  order: OrderSpec,
  token: string,
  context: ScenarioContext,
  prng: Prng,
): Promise<void> {
  const { clients, readCount } = context
  for (let readsDone = 0; readsDone < readCount; readsDone++) {
    await pause(prng, 160)
    if (prng.below(3) === 2) await clients.buyerRead('buyer', order.merchant_uid, token)
    else await clients.read('merchant', order.merchant_uid)
  }
}

function pause(prng: Prng, mostMs: number): Promise<void> {
  return sleep(prng.below(mostMs + 1))
}
