import { minuteMs } from '../../engine/clock.ts'
import { createPrng } from '../../engine/prng.ts'
import { createOrder, readOrder, sendWebhook } from '../merchant.ts'
import type { ProviderRecord } from '../provider/record.ts'
import { toSeconds } from '../provider/volume-provider.ts'
import { type ObservedFixture, observe } from './scenario.ts'

// I21: a deposit that was made in time pays its order, whatever attackers do to the order meanwhile.

const amount = 10_000
const stepMinutes = 10
/** The last minute before midnight in Seoul, when most accounts are due, is part of every run. */
const startMs = Date.UTC(2026, 11, 1, 12)
const midnightMs = Date.UTC(2026, 11, 1, 15)

/** Attackers open accounts of a buyer's order; the buyer pays into the own one in time, and it is seen later. */
export async function runAccounts(seed: number): Promise<readonly string[]> {
  const prng = createPrng(seed)
  const fixture = observe({ plan: 'paid', seed, startMs })
  const late = (['deliver', 'report', 'refund'] as const)[prng.below(3)]
  await createOrder(fixture, 'ORD-1', amount, { policy: { late } })
  const dueMs = midnightMs - prng.below(2) * 60 * minuteMs
  const own = await open(fixture, 'imp_own', dueMs, prng.below(4) === 3)
  const attackers = prng.below(4)
  // Half of the deposits are made in the last minutes, and the provider shows some a few minutes later.
  const paidMs = dueMs - (1 + prng.below(prng.below(2) === 1 ? 3 : 90)) * minuteMs
  const shownMs = paidMs + prng.below(5) * minuteMs
  const { clock } = fixture.time
  for (let opened = 0; clock.ms + stepMinutes * minuteMs < shownMs; ) {
    if (opened < attackers && prng.below(3) === 2) {
      const attackerDueMs = clock.ms + (1 + prng.below(600)) * minuteMs
      await open(fixture, `imp_attacker_${opened++}`, attackerDueMs, prng.below(4) === 3)
    }
    await fixture.minute()
    clock.ms += (stepMinutes - 1) * minuteMs
  }
  await fixture.minutes(Math.ceil((shownMs - clock.ms) / minuteMs))
  if (prng.below(8) === 7) await open(fixture, 'imp_last', clock.ms + minuteMs, false)
  fixture.provider.pay(own, Math.floor(paidMs / 1_000))
  if (prng.below(2) === 1) await sendWebhook(fixture, own)
  await fixture.minutes(10)
  const { status, imp_uid } = await readOrder(fixture, 'ORD-1')
  return [
    ...(status === 'paid' && imp_uid === 'imp_own'
      ? []
      : [
          `I21 ORD-1 is ${status} by ${String(imp_uid)}, and imp_own was paid in time (seed ${seed})`,
        ]),
    ...(fixture.events.has('order.expired ORD-1')
      ? [`I21 ORD-1 expired before its last account did (seed ${seed})`]
      : []),
  ]
}

async function open(
  fixture: ObservedFixture,
  imp_uid: string,
  dueMs: number,
  isUnheard: boolean,
): Promise<ProviderRecord> {
  const record = fixture.provider.open({
    imp_uid,
    merchant_uid: 'ORD-1',
    amount,
    pay_method: 'vbank',
    vbank_num: `110-${imp_uid}`,
    vbank_date: Math.floor(dueMs / 1_000),
    vbank_issued_at: toSeconds(fixture.time.clock),
  })
  if (!isUnheard) await sendWebhook(fixture, record)
  return record
}
