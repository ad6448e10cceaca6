import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { toAmount } from '../../../domain/payment/money.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { integerOf, readQuery, textOf } from '../../../runtime/params.ts'
import { seoulOffsetMs } from '../../../runtime/seoul-time.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'

const kakaopayRefusals = {
  dateInvalid: {
    status: 400,
    code: 1,
    message: 'payment_request_date는 YYYYMMDD 형식이어야 합니다.',
  },
} as const satisfies Record<string, Refusal>

const pageSize = 100

const statuses = {
  ready: 'READY',
  paid: 'SUCCESS_PAYMENT',
  failed: 'FAIL_PAYMENT',
  cancelled: 'CANCEL_PAYMENT',
} as const satisfies Record<Payment['status'], string>

/**
 * GET /kakao/payment/orders, which was removed from the public description: the Kakao Pay orders of one day
 * (in Seoul), in Kakao's own format.
 */
export function kakaopay({ state, channels }: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/kakao/payment/orders', (c) => {
    const query = readQuery(c.req.url)
    const date = textOf(query, 'payment_request_date')
    if (date === null || !/^\d{8}$/.test(date)) return refuse(kakaopayRefusals.dateInvalid)
    const own = channels.find(({ pg_provider }) => pg_provider === 'kakaopay')
    const cid = textOf(query, 'cid') ?? own?.pg_id
    const page = Math.max(integerOf(query, 'page') ?? 1, 1)
    const orders = [...state.payments.values()].filter(
      ({ channel, startedAt }) =>
        channel.pg_provider === 'kakaopay' && channel.pg_id === cid && dayOf(startedAt) === date,
    )
    return succeed({
      payment_request_date: date,
      cid: cid ?? null,
      page,
      orders: orders.slice((page - 1) * pageSize, page * pageSize).map(serializeKakaoOrder),
    })
  })
  return app
}

function serializeKakaoOrder(payment: Payment) {
  const { currency, refunds, amountMinor } = payment
  const cancelledMinor = refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  const isPartial = cancelledMinor > 0 && cancelledMinor < amountMinor
  return {
    tid: payment.pgTid,
    cid: payment.channel.pg_id,
    status: isPartial ? 'PART_CANCEL_PAYMENT' : statuses[payment.status],
    partner_order_id: payment.merchantUid,
    payment_method_type: payment.payMethod === 'point' ? 'MONEY' : 'CARD',
    item_name: payment.name,
    quantity: 1,
    amount: { total: toAmount(amountMinor, currency) },
    canceled_amount: { total: toAmount(cancelledMinor, currency) },
    created_at: timeOf(payment.startedAt),
    approved_at: payment.paidAt === null ? null : timeOf(payment.paidAt),
  }
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000 + seoulOffsetMs).toISOString().slice(0, 19)
}

function dayOf(seconds: number): string {
  return timeOf(seconds).slice(0, 10).replaceAll('-', '')
}
