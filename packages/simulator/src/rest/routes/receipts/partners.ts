import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { isSupported } from '../../../domain/channel/pg-providers.ts'
import { toMinor } from '../../../domain/payment/money.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import { slipUrlOf } from '../../../domain/slip.ts'
import { isRecord, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'

const partnerRefusals = {
  unsupported: { status: 501, code: 1, message: '하위가맹점 영수증을 지원하지 않는 PG사입니다.' },
  notPaid: { status: 400, code: 1, message: '결제완료된 거래가 아닙니다.' },
  dataMissing: { status: 400, code: 1, message: 'data 파라메터가 누락되었습니다.' },
  lineInvalid: { status: 400, code: 1, message: '하위가맹점 정보가 올바르지 않습니다.' },
  tooMuch: { status: 400, code: -1, message: '하위가맹점 금액의 합이 결제금액을 초과합니다.' },
} as const satisfies Record<string, Refusal>

/** POST /partners/receipts/{imp_uid}: the sub-merchants' shares of one payment. */
export function partners({ state, origin }: SimulatorContext): Hono {
  const app = new Hono()
  app.post('/partners/receipts/:impUid', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (!isSupported(payment.channel.pg_provider, 'partner receipts'))
      return refuse(partnerRefusals.unsupported)
    if (payment.status !== 'paid') return refuse(partnerRefusals.notPaid)
    const refusal = refusalOf(payment, await readBody(c.req.raw))
    if (refusal !== null) return refuse(refusal)
    return succeed({ receipt_url: slipUrlOf(origin, payment.pgTid ?? '') })
  })
  return app
}

function refusalOf(payment: Payment, { data }: Params): Refusal | null {
  if (!Array.isArray(data) || data.length === 0) return partnerRefusals.dataMissing
  const amounts = data.map((line) => amountOf(line, payment.currency))
  const total = amounts.reduce((sum: number, minor) => sum + (minor ?? Number.NaN), 0)
  if (Number.isNaN(total)) return partnerRefusals.lineInvalid
  return total > payment.amountMinor ? partnerRefusals.tooMuch : null
}

/** The amount of one line in minor units; null when the line is invalid. */
function amountOf(line: unknown, currency: string): number | null {
  if (!isRecord(line)) return null
  const number = textOf(line, 'business_registration_number')
  if (number === null || !/^\d{3}-\d{2}-\d{5}$/.test(number)) return null
  if (textOf(line, 'company_name') === null) return null
  const minor = toMinor(line['amount'], currency)
  return minor !== null && minor > 0 ? minor : null
}
