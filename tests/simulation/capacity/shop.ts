import type { Fixture } from '../platform/fixture.ts'
import { callApi, createOrder, sendWebhook } from '../platform/merchant.ts'
import type { ProviderRecord } from '../platform/provider/record.ts'
import { toSeconds } from '../platform/provider/volume-provider.ts'
import { post } from '../workload/notice-http.ts'

// A busy shop: orders are created, paid in every way, reported or not, abandoned and refunded.

/** What the run has to know about a payment later. */
export interface PaidOrder {
  readonly merchantUid: string
  readonly paidMs: number
}

/** One shop whose days go by. */
export interface Shop {
  /** One order is created, and most orders are paid at once. */
  order(isPaid: boolean): Promise<void>
  /** What was planned for a time that has come: deposits and refunds. */
  runDue(): Promise<void>
  /** The provider loses one payment that was recorded, so that the comparison of its day has something to report. */
  losePayment(): ProviderRecord | null
}

interface Later {
  readonly atMs: number
  run(): Promise<void>
}

const hourMs = 3_600_000
const amount = 64_900
const chances = {
  lostWebhook: 0.02,
  callback: 0.9,
  account: 0.1,
  refund: 0.03,
  largeRecord: 0.01,
}

/** Makes a shop; `onPaid` is called with each payment of an order. */
export function createShop(fixture: Fixture, onPaid: (order: PaidOrder) => void): Shop {
  const { prng, provider } = fixture
  const { clock } = fixture.time
  let count = 0
  let latest: ProviderRecord | null = null
  let later: Later[] = []
  const happens = (chance: number): boolean => prng.below(1_000) < chance * 1_000
  const plan = (hours: number, run: Later['run']): void =>
    void later.push({ atMs: clock.ms + prng.below(hours * hourMs), run })

  const pay = async (record: ProviderRecord): Promise<void> => {
    provider.pay(record)
    onPaid({ merchantUid: record.merchant_uid, paidMs: clock.ms })
    if (!happens(chances.lostWebhook)) {
      if (happens(chances.callback)) await sendCallback(fixture, record)
      await sendWebhook(fixture, record)
      latest = record
    }
    if (happens(chances.refund)) {
      const path = `/orders/${record.merchant_uid}/cancel`
      const refund = { holder: '김고객', bank: '88', account: '110-1' }
      const body = record.pay_method === 'vbank' ? { refund } : {}
      plan(12, async () => void (await callApi(fixture, 'POST', path, body)))
    }
  }

  return {
    async order(isPaid) {
      const number = ++count
      const merchant_uid = `ORD-${number}`
      await createOrder(fixture, merchant_uid, amount)
      if (!isPaid) return
      const custom_data = happens(chances.largeRecord) ? 'x'.repeat(30_000) : null
      const payment = { imp_uid: `imp_${number}`, merchant_uid, amount, custom_data }
      if (!happens(chances.account)) return pay(provider.open(payment))
      const record = provider.open({ ...payment, ...toAccount(number, toSeconds(clock)) })
      await sendWebhook(fixture, record)
      plan(20, () => pay(record))
    },
    async runDue() {
      const due = later.filter(({ atMs }) => atMs <= clock.ms)
      if (due.length === 0) return
      later = later.filter(({ atMs }) => atMs > clock.ms)
      for (const each of due) await each.run()
    },
    losePayment() {
      if (latest !== null) provider.lose(latest)
      return latest
    },
  }
}

/** An account that is due at midnight in Seoul, the day after tomorrow. */
function toAccount(number: number, nowSeconds: number) {
  const day = 24 * 3_600
  const seoulOffset = 9 * 3_600
  const midnight = Math.floor((nowSeconds + seoulOffset) / day) * day - seoulOffset
  return {
    pay_method: 'vbank',
    vbank_num: `110-${number}`,
    vbank_date: midnight + 2 * day,
    vbank_issued_at: nowSeconds,
  }
}

async function sendCallback(fixture: Fixture, { imp_uid, merchant_uid }: ProviderRecord) {
  const body = JSON.stringify({ imp_uid, merchant_uid, imp_success: true })
  await fixture.request(post('complete', 'application/json', body))
}
