import { type BuyerAnswer, checkBuyerAnswer } from '../checkers/buyer-messages.ts'
import { minuteMs } from '../engine/clock.ts'
import { createPrng, type Prng } from '../engine/prng.ts'
import { createOrder, payUnheard, readOrder, sendWebhook } from '../platform/merchant.ts'
import type { ProviderRecord } from '../platform/provider/record.ts'
import { createWorld, type World } from '../platform/world.ts'
import { shopOrigin } from '../workload/notice-http.ts'
import { type BuyerReturn, drawReturn } from './returns.ts'

/** The result of a buyer's seed. */
export interface BuyerResult {
  /** Violations about a payment that the server has recorded, or that the buyer's request names. */
  readonly known: readonly string[]
  /** Violations about a payment that no message has reported yet, answered to a request about another attempt. */
  readonly unheard: readonly string[]
}

const amount = 64_900
const returnsPerBuyer = 3

/** Sends buyers, one a seed, each of whose money is there, back to one worker in every way. */
export async function runBuyers(from: number, to: number): Promise<BuyerResult> {
  const world = createWorld({ plan: 'paid', seed: from })
  const known: string[] = []
  const unheard: string[] = []
  for (let seed = from; seed < to; seed++) {
    // Limits per minute are about strangers; each buyer comes in minutes of their own.
    world.time.clock.ms += minuteMs
    for (const { isKnown, violation } of await runBuyer(world, seed))
      (isKnown ? known : unheard).push(`${violation} (seed ${seed})`)
  }
  return { known, unheard }
}

interface Found {
  readonly isKnown: boolean
  readonly violation: string
}

async function runBuyer(world: World, seed: number): Promise<readonly Found[]> {
  const prng = createPrng(seed)
  const order = { merchant_uid: `ORD-${seed}`, amount }
  const { order_token: token = '' } = await createOrder(world, order.merchant_uid, amount)
  const payments = await pay(world, prng, seed)
  const found: Found[] = []
  for (let at = 0; at < returnsPerBuyer; at++) {
    // That of the payment with the money, unless the seed takes an attempt before it.
    const payment = payments.at(prng.below(4) === 3 ? 0 : -1)
    if (payment === undefined) continue
    const { imp_uid } = payment
    const isStatusPage = prng.below(8) === 7
    const isProviderDown = prng.below(8) === 7
    const sent = isStatusPage
      ? readStatus(order.merchant_uid, token)
      : drawReturn(prng, { ...order, imp_uid })
    const isRecorded = (await readOrder(world, order.merchant_uid)).status === 'paid'
    const isKnown = isRecorded || (sent.names.includes(imp_uid) && payment.paid_at > 0)
    await sendForgeries(world, prng, seed)
    world.provider.isDown = isProviderDown
    const violation = checkBuyerAnswer(await send(world, sent), order, payments)
    world.provider.isDown = false
    const when = isProviderDown ? ', while the provider is away' : ''
    if (violation !== null) found.push({ isKnown, violation: `${violation}${when}` })
    world.time.clock.ms += 15_000
  }
  return found
}

/** Strangers claim results for the buyer's order, with ids of their own or of nothing. */
async function sendForgeries(world: World, prng: Prng, seed: number): Promise<void> {
  const merchant_uid = `ORD-${seed}`
  for (let strangers = prng.below(8) - 4; strangers > 0; strangers--) {
    const imp_uid = `imp_stranger_${seed}_${prng.below(1_000)}`
    if (prng.below(2) === 1)
      payUnheard(world, { imp_uid, merchant_uid: `STRANGER-${seed}`, amount: 100 })
    await world.request(drawReturn(prng, { merchant_uid, imp_uid, amount }).request)
  }
}

/** The money arrives, perhaps after an attempt that failed; the webhooks arrive or not. */
async function pay(world: World, prng: Prng, seed: number): Promise<readonly ProviderRecord[]> {
  const { provider } = world
  const payments: ProviderRecord[] = []
  const ids = { merchant_uid: `ORD-${seed}`, amount }
  if (prng.below(4) === 3) {
    const failed = provider.open({ ...ids, imp_uid: `imp_${seed}_0` })
    provider.fail(failed, '[CC61] 거래금액 한도초과')
    payments.push(failed)
    if (prng.below(2) === 1) await sendWebhook(world, failed)
  }
  const paid = payUnheard(world, { ...ids, imp_uid: `imp_${seed}_1` })
  payments.push(paid)
  if (prng.below(2) === 1) await sendWebhook(world, paid)
  return payments
}

function readStatus(merchantUid: string, token: string): BuyerReturn {
  const headers = { authorization: `Bearer ${token}`, origin: shopOrigin }
  const request = new Request(`${shopOrigin}/payments/orders/${merchantUid}`, { headers })
  return { about: 'status page', names: '', request, isNavigation: false }
}

async function send({ request }: World, sent: BuyerReturn): Promise<BuyerAnswer> {
  const { about, isNavigation } = sent
  const response = await request(sent.request)
  const text = await response.text()
  return {
    about,
    isNavigation,
    code: response.status,
    location: response.headers.get('location'),
    text,
  }
}
