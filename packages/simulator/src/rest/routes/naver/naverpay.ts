import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { toAmount } from '../../../domain/payment/money.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { vatIn } from '../../../domain/receipt.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import type { SimulatorState } from '../../../state.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'

const naverpayRefusals = {
  notNaverPay: { status: 400, code: 1, message: '네이버페이 결제형 결제건이 아닙니다.' },
  notPaid: { status: 500, code: -1, message: '결제완료된 거래가 아닙니다.' },
  pointTwice: { status: 500, code: -1, message: '이미 포인트가 적립된 거래입니다.' },
  notEscrow: { status: 500, code: -1, message: '에스크로 주문건이 아닙니다.' },
  confirmTwice: { status: 500, code: -1, message: '이미 거래완료된 주문건입니다.' },
} as const satisfies Record<string, Refusal>

/** Naver Pay, payment type: points, the end of an escrow order, and the amount a cash receipt may cover. */
export function naverpay({ state }: SimulatorContext): Hono {
  const app = new Hono()

  app.post('/payments/:impUid/naver/point', (c) => {
    const found = findPaid(state, c.req.param('impUid'))
    if (!found.ok) return refuse(found.refusal)
    return completeOnce(state, `point ${found.payment.impUid}`, naverpayRefusals.pointTwice)
  })

  app.post('/payments/:impUid/naver/confirm', (c) => {
    const found = findPaid(state, c.req.param('impUid'))
    if (!found.ok) return refuse(found.refusal)
    if (!found.payment.escrow) return refuse(naverpayRefusals.notEscrow)
    return completeOnce(state, `confirm ${found.payment.impUid}`, naverpayRefusals.confirmTwice)
  })

  app.get('/payments/:impUid/naver/cash-amount', (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    // The description has no 404 for this operation.
    if (payment === undefined) return refuse({ ...refusals.unknownPayment, status: 400 })
    if (payment.channel.pg_provider !== 'naverpay') return refuse(naverpayRefusals.notNaverPay)
    if (payment.paidAt === null) return refuse(naverpayRefusals.notPaid)
    return succeed(serializeCashAmount(payment))
  })

  return app
}

type FindPaidResult =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly refusal: Refusal }

function findPaid({ payments }: SimulatorState, impUid: string): FindPaidResult {
  const payment = payments.get(impUid)
  if (payment === undefined) return { ok: false, refusal: refusals.unknownPayment }
  if (payment.channel.pg_provider !== 'naverpay')
    return { ok: false, refusal: { ...naverpayRefusals.notNaverPay, status: 404 } }
  if (payment.status !== 'paid') return { ok: false, refusal: naverpayRefusals.notPaid }
  return { ok: true, payment }
}

// These two operations respond with an envelope that has no `response`.
function completeOnce({ naverDone }: SimulatorState, key: string, refusal: Refusal): Response {
  if (naverDone.has(key)) return refuse(refusal)
  naverDone.set(key, true)
  return envelope({ code: 0, message: null }, 200)
}

function serializeCashAmount(payment: Payment) {
  // Naver points and money count as cash, cards do not.
  const left = toAmount(balanceOf(payment), payment.currency)
  const byPoint = payment.payMethod === 'point' ? left : 0
  const byMoney = ['trans', 'naverpay'].includes(payment.payMethod) ? left : 0
  const total = byPoint + byMoney
  const vat = vatIn(total, 0)
  return {
    amount_total: total,
    amount_by_npoint: byPoint,
    amount_by_primary: byMoney,
    amount_supply: total - vat,
    amount_vat: vat,
  }
}
