import { type BuyerAnswer, checkBuyerAnswer } from '../checkers/buyer-messages.ts'
import { minuteMs } from '../engine/clock.ts'
import { createPrng, type Prng } from '../engine/prng.ts'
import { createFixture, type Fixture } from '../platform/fixture.ts'
import { createOrder, payUnheard, readOrder, sendWebhook } from '../platform/merchant.ts'
import type { ProviderRecord } from '../platform/provider/record.ts'
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
  const fixture = createFixture({ plan: 'paid', seed: from })
  const known: string[] = []
  const unheard: string[] = []
  for (let seed = from; seed < to; seed++) {
    // Limits per minute are about attackers; each buyer comes in minutes of their own.
    fixture.time.clock.ms += minuteMs
    for (const { isKnown, violation } of await runBuyer(fixture, seed))
      (isKnown ? known : unheard).push(`${violation} (seed ${seed})`)
  }
  return { known, unheard }
}

interface Found {
  readonly isKnown: boolean
  readonly violation: string
}

async function runBuyer(fixture: Fixture, seed: number): Promise<readonly Found[]> {
  const prng = createPrng(seed)
  const order = { merchant_uid: `ORD-${seed}`, amount }
  const { order_token: token = '' } = await createOrder(fixture, order.merchant_uid, amount)
  const payments = await pay(fixture, prng, seed)
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
    const isRecorded = (await readOrder(fixture, order.merchant_uid)).status === 'paid'
    const isKnown = isRecorded || (sent.names.includes(imp_uid) && payment.paid_at > 0)
    await sendForgeries(fixture, prng, seed)
    fixture.provider.isDown = isProviderDown
    const violation = checkBuyerAnswer(await send(fixture, sent), order, payments)
    fixture.provider.isDown = false
    const when = isProviderDown ? ', while the provider is away' : ''
    if (violation !== null) found.push({ isKnown, violation: `${violation}${when}` })
    fixture.time.clock.ms += 15_000
  }
  return found
}

/** Attackers claim results for the buyer's order, with ids of their own or of nothing. */
async function sendForgeries(fixture: Fixture, prng: Prng, seed: number): Promise<void> {
  const merchant_uid = `ORD-${seed}`
  for (let attackers = prng.below(8) - 4; attackers > 0; attackers--) {
    const imp_uid = `imp_attacker_${seed}_${prng.below(1_000)}`
    if (prng.below(2) === 1)
      payUnheard(fixture, { imp_uid, merchant_uid: `ATTACKER-${seed}`, amount: 100 })
    await fixture.request(drawReturn(prng, { merchant_uid, imp_uid, amount }).request)
  }
}

/** The money arrives, perhaps after an attempt that failed; the webhooks arrive or not. */
async function pay(fixture: Fixture, prng: Prng, seed: number): Promise<readonly ProviderRecord[]> {
  const { provider } = fixture
  const payments: ProviderRecord[] = []
  const ids = { merchant_uid: `ORD-${seed}`, amount }
  if (prng.below(4) === 3) {
    const failed = provider.open({ ...ids, imp_uid: `imp_${seed}_0` })
    provider.fail(failed, '[CC61] 거래금액 한도초과')
    payments.push(failed)
    if (prng.below(2) === 1) await sendWebhook(fixture, failed)
  }
  const paid = payUnheard(fixture, { ...ids, imp_uid: `imp_${seed}_1` })
  payments.push(paid)
  if (prng.below(2) === 1) await sendWebhook(fixture, paid)
  return payments
}

function readStatus(merchantUid: string, token: string): BuyerReturn {
  const headers = { authorization: `Bearer ${token}`, origin: shopOrigin }
  const request = new Request(`${shopOrigin}/payments/orders/${merchantUid}`, { headers })
  return { about: 'status page', names: '', request, isNavigation: false }
}

async function send({ request }: Fixture, sent: BuyerReturn): Promise<BuyerAnswer> {
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
