import { type Context, Hono } from 'hono'
import type { World } from '../../../context.ts'
import { toAmount } from '../../../domain/payment/money.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { vatIn } from '../../../domain/receipt.ts'
import { refusals as common, type Refusal } from '../../../domain/refusals.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'

const refusals = {
  notNaverPay: { status: 400, code: 1, message: '네이버페이 결제형 결제건이 아닙니다.' },
  notPaid: { status: 500, code: -1, message: '결제완료된 거래가 아닙니다.' },
  pointTwice: { status: 500, code: -1, message: '이미 포인트가 적립된 거래입니다.' },
  notEscrow: { status: 500, code: -1, message: '에스크로 주문건이 아닙니다.' },
  confirmTwice: { status: 500, code: -1, message: '이미 거래완료된 주문건입니다.' },
} as const satisfies Record<string, Refusal>

/** Naver Pay, payment type: points, the end of an escrow order, and what a cash receipt may be for. */
export function naverpay({ ledger }: World): Hono {
  const app = new Hono()
  const paymentOf = (c: Context) => ledger.payments.get(c.req.param('impUid') ?? '')

  app.post('/payments/:impUid/naver/point', (c) => {
    const payment = paymentOf(c)
    if (payment === undefined) return refuse(common.unknownPayment)
    if (payment.channel.pg_provider !== 'naverpay')
      return refuse({ ...refusals.notNaverPay, status: 404 })
    if (payment.status !== 'paid') return refuse(refusals.notPaid)
    return once(`point ${payment.impUid}`, refusals.pointTwice)
  })

  app.post('/payments/:impUid/naver/confirm', (c) => {
    const payment = paymentOf(c)
    if (payment === undefined) return refuse(common.unknownPayment)
    if (payment.channel.pg_provider !== 'naverpay')
      return refuse({ ...refusals.notNaverPay, status: 404 })
    if (payment.status !== 'paid') return refuse(refusals.notPaid)
    if (!payment.escrow) return refuse(refusals.notEscrow)
    return once(`confirm ${payment.impUid}`, refusals.confirmTwice)
  })

  app.get('/payments/:impUid/naver/cash-amount', (c) => {
    const payment = paymentOf(c)
    // The description has no 404 for this operation.
    if (payment === undefined) return refuse({ ...common.unknownPayment, status: 400 })
    if (payment.channel.pg_provider !== 'naverpay') return refuse(refusals.notNaverPay)
    if (payment.paidAt === null) return refuse(refusals.notPaid)
    // Naver points and money count as cash, cards do not.
    const left = toAmount(balanceOf(payment), payment.currency)
    const byPoint = payment.payMethod === 'point' ? left : 0
    const byMoney = ['trans', 'naverpay'].includes(payment.payMethod) ? left : 0
    const total = byPoint + byMoney
    const vat = vatIn(total, 0)
    return succeed({
      amount_total: total,
      amount_by_npoint: byPoint,
      amount_by_primary: byMoney,
      amount_supply: total - vat,
      amount_vat: vat,
    })
  })

  // These two answer without any `response`.
  function once(deed: string, again: Refusal): Response {
    if (ledger.naverDone.has(deed)) return refuse(again)
    ledger.naverDone.set(deed, true)
    return envelope({ code: 0, message: null }, 200)
  }

  return app
}
