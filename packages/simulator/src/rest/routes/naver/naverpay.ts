import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { toAmount } from '../../../domain/payment/money.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { vatIn } from '../../../domain/receipt.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'

const naverpayRefusals = {
  notNaverPay: { status: 400, code: 1, message: '네이버페이 결제형 결제건이 아닙니다.' },
  notPaid: { status: 500, code: -1, message: '결제완료된 거래가 아닙니다.' },
  pointTwice: { status: 500, code: -1, message: '이미 포인트가 적립된 거래입니다.' },
  notEscrow: { status: 500, code: -1, message: '에스크로 주문건이 아닙니다.' },
  confirmTwice: { status: 500, code: -1, message: '이미 거래완료된 주문건입니다.' },
} as const satisfies Record<string, Refusal>

/** Naver Pay, payment type: points, the end of an escrow order, and what a cash receipt may be for. */
export function naverpay({ state }: SimulatorContext): Hono {
  const app = new Hono()
  const paymentOf = (c: Context) => state.payments.get(c.req.param('impUid') ?? '')

  app.post('/payments/:impUid/naver/point', (c) => {
    const payment = paymentOf(c)
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (payment.channel.pg_provider !== 'naverpay')
      return refuse({ ...naverpayRefusals.notNaverPay, status: 404 })
    if (payment.status !== 'paid') return refuse(naverpayRefusals.notPaid)
    return once(`point ${payment.impUid}`, naverpayRefusals.pointTwice)
  })

  app.post('/payments/:impUid/naver/confirm', (c) => {
    const payment = paymentOf(c)
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (payment.channel.pg_provider !== 'naverpay')
      return refuse({ ...naverpayRefusals.notNaverPay, status: 404 })
    if (payment.status !== 'paid') return refuse(naverpayRefusals.notPaid)
    if (!payment.escrow) return refuse(naverpayRefusals.notEscrow)
    return once(`confirm ${payment.impUid}`, naverpayRefusals.confirmTwice)
  })

  app.get('/payments/:impUid/naver/cash-amount', (c) => {
    const payment = paymentOf(c)
    // The description has no 404 for this operation.
    if (payment === undefined) return refuse({ ...refusals.unknownPayment, status: 400 })
    if (payment.channel.pg_provider !== 'naverpay') return refuse(naverpayRefusals.notNaverPay)
    if (payment.paidAt === null) return refuse(naverpayRefusals.notPaid)
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
  function once(key: string, refusal: Refusal): Response {
    if (state.naverDone.has(key)) return refuse(refusal)
    state.naverDone.set(key, true)
    return envelope({ code: 0, message: null }, 200)
  }

  return app
}
