import { minuteMs } from '../../engine/clock.ts'
import { createOrder, payUnheard, readOrder, sendWebhook } from '../merchant.ts'
import { toSeconds } from '../provider/volume-provider.ts'
import {
  checkLimits,
  checkPaid,
  type ObservedFixture,
  observe,
  plantLostPayment,
  type Scenario,
} from './scenario.ts'

// I19: what cannot be processed delays nobody else.

/** The grace that a deposit has before its account expires is at most this long. */
const maxGraceMinutes = 240

async function issueAccount(fixture: ObservedFixture, merchant_uid: string, dueMs: number) {
  await createOrder(fixture, merchant_uid, 1_000)
  const now = toSeconds(fixture.time.clock)
  const record = fixture.provider.open({
    imp_uid: `imp_${merchant_uid}`,
    merchant_uid,
    amount: 1_000,
    pay_method: 'vbank',
    vbank_num: '110-123-456789',
    vbank_date: Math.floor(dueMs / 1_000),
    vbank_issued_at: now,
  })
  await sendWebhook(fixture, record)
}

const manyLargeAttempts: Scenario = {
  name: 'one order with 40 large attempts beside accounts that are due',
  plans: ['paid', 'free'],
  async run(plan) {
    const fixture = observe({ plan, seed: 11 })
    const dueMs = fixture.time.clock.ms + 60 * minuteMs
    const accounts = Array.from({ length: 5 }, (_, at) => `ACC-${at}`)
    for (const id of accounts) await issueAccount(fixture, id, dueMs)
    await createOrder(fixture, 'POISON', 1_000)
    const custom_data = 'x'.repeat(30_000)
    for (let at = 0; at < 40; at++)
      fixture.provider.open({
        imp_uid: `imp_a${at}`,
        merchant_uid: 'POISON',
        amount: 1_000,
        custom_data,
      })
    await fixture.minutes(60 + maxGraceMinutes + 10)
    const statuses = await Promise.all(
      accounts.map(async (id) => (await readOrder(fixture, id)).status),
    )
    const open = statuses.filter((status) => status !== 'expired').length
    return [...(open > 0 ? [`I19 ${open} accounts never expired`] : []), ...checkLimits(fixture)]
  },
}

/** There are more new events in each minute than a receiver that hangs can be sent. */
const hangingReceiver: Scenario = {
  name: 'a receiver that never responds, while payments are lost',
  plans: ['paid', 'free'],
  async run(plan) {
    const fixture = observe({ plan, seed: 12, providerLatencyMs: 50, hasQueue: false })
    fixture.receiver.behaviour = 'hangs'
    const limit = plan === 'paid' ? 3 : 6
    const violations: string[] = []
    for (let at = 0; at < 60; at++) {
      for (let order = 0; order < 60; order++) await payHeard(fixture, `ORD-${at}-${order}`)
      await fixture.minute()
      if (at % 10 !== 5) continue
      const merchant_uid = `LATE-${at}`
      await createOrder(fixture, merchant_uid, 1_000)
      payUnheard(fixture, { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 })
      violations.push(...(await checkPaid(fixture, [merchant_uid], limit, 'I19')))
    }
    return [...violations, ...checkLimits(fixture)]
  },
}

async function payHeard(fixture: ObservedFixture, merchant_uid: string): Promise<void> {
  await createOrder(fixture, merchant_uid, 1_000)
  const payment = { imp_uid: `imp_${merchant_uid}`, merchant_uid, amount: 1_000 }
  await sendWebhook(fixture, payUnheard(fixture, payment))
}

/** The database refuses every change of one order, as it would a row that has become too large. */
const refusedRow: Scenario = {
  name: 'one order that the database refuses to change',
  plans: ['paid'],
  async run(plan) {
    const fixture = observe({ plan, seed: 13 })
    await fixture.minute()
    fixture.sqlite.run({
      text: `CREATE TRIGGER poison BEFORE UPDATE OF status ON orders WHEN NEW.merchant_uid = 'POISON'
        BEGIN SELECT RAISE(ABORT, 'string or blob too big'); END`,
      params: [],
    })
    const check = await plantLostPayment(fixture, 'row')
    await createOrder(fixture, 'POISON', 1_000)
    payUnheard(fixture, { imp_uid: 'imp_poison', merchant_uid: 'POISON', amount: 1_000 })
    return [...(await check()), ...checkLimits(fixture)]
  },
}

export const isolationScenarios: readonly Scenario[] = [
  manyLargeAttempts,
  hangingReceiver,
  refusedRow,
]
