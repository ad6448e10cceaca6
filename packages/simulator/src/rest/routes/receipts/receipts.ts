import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { isSupported } from '../../../domain/channel/pg-providers.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import {
  issueReceipt,
  type Receipt,
  receiptOfPayment,
  revokeReceipt,
} from '../../../domain/receipt.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import { readBody, textOf } from '../../../runtime/params.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'
import { possibleDecodings } from '../../../wire/path-params.ts'
import { serializeReceipt } from '../../../wire/serialize-receipt.ts'
import { explainStep, readReceipt, receiptRefusals } from './receipt-request.ts'

/** Cash receipts of payments at the provider. */
export function receipts(context: SimulatorContext): Hono {
  const { state, clock, origin } = context
  const app = new Hono({ strict: false })

  const receiptOf = (payment: Payment): Receipt | undefined => {
    const existing = state.receipts.get(payment.impUid)
    return existing && receiptOfPayment(existing, payment)
  }

  app.get('/receipts/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = state.payments.get(impUid)
    const receipt = payment && receiptOf(payment)
    return receipt === undefined
      ? noReceipt(impUid)
      : succeed({ imp_uid: impUid, ...serializeReceipt(receipt, origin) })
  })

  app.post('/receipts/:impUid', async (c) => {
    const impUid = c.req.param('impUid')
    const payment = state.payments.get(impUid)
    // The description has no 404 for this operation.
    if (payment === undefined) return refuse({ ...refusals.unknownPayment, status: 400 })
    const { pg_provider } = payment.channel
    if (!isSupported(pg_provider, 'receipt issue')) return refuse(receiptRefusals.unsupported)
    if (!isCashPaid(payment)) return refuse(receiptRefusals.notCash)
    const params = await readBody(c.req.raw)
    const read = readReceipt(context, params, { pg_provider, amount: balanceOf(payment) })
    if ('status' in read) return refuse(read)
    const transition = issueReceipt(receiptOf(payment), read)
    if (!transition.ok) return refuse(explainStep(transition.reason))
    state.receipts.set(impUid, transition.receipt)
    return succeed({ imp_uid: impUid, ...serializeReceipt(transition.receipt, origin) })
  })

  app.delete('/receipts/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = state.payments.get(impUid)
    if (payment === undefined) return refuse(receiptRefusals.neverIssued)
    if (!isSupported(payment.channel.pg_provider, 'receipt revoke')) {
      return refuse(receiptRefusals.unsupported)
    }
    const transition = revokeReceipt(receiptOf(payment), clock.seconds())
    if (!transition.ok) return refuse(explainStep(transition.reason))
    state.receipts.set(impUid, transition.receipt)
    return succeed({ imp_uid: impUid, ...serializeReceipt(transition.receipt, origin) })
  })

  return app
}

/** Cash receipts of sales outside the provider; mount it before `receipts`. */
export function externalReceipts(context: SimulatorContext): Hono {
  const { state, clock, channels, origin } = context
  const app = new Hono({ strict: false })
  const uidsIn = (url: string) =>
    possibleDecodings(new URL(url).pathname.slice('/receipts/external/'.length).replace(/\/+$/, ''))
  const find = (url: string): readonly [string, Receipt | undefined] => {
    const uids = uidsIn(url)
    const uid = uids.find((candidate) => state.externalReceipts.has(candidate)) ?? uids[0] ?? ''
    return [uid, state.externalReceipts.get(uid)]
  }

  app.get('/receipts/external/*', (c) => {
    const [merchant_uid, receipt] = find(c.req.url)
    return receipt === undefined
      ? refuse(receiptRefusals.externalUnknown)
      : succeed({ merchant_uid, ...serializeReceipt(receipt, origin) })
  })

  app.post('/receipts/external/*', async (c) => {
    const [merchant_uid, existing] = find(c.req.url)
    const params = await readBody(c.req.raw)
    const key = textOf(params, 'channel_key')
    const channel = channels.find(({ channel_key }) => channel_key === key)
    if (channel === undefined) return refuse(receiptRefusals.channelUnknown)
    const { pg_provider } = channel
    if (!isSupported(pg_provider, 'external receipt issue'))
      return refuse(receiptRefusals.unsupported)
    if (textOf(params, 'name') === null) return refuse(receiptRefusals.nameMissing)
    const read = readReceipt(context, params, { pg_provider, amount: params['amount'] })
    if ('status' in read) return refuse(read)
    const transition = issueReceipt(existing, read)
    if (!transition.ok) return refuse(explainStep(transition.reason))
    state.externalReceipts.set(merchant_uid, transition.receipt)
    return succeed({ merchant_uid, ...serializeReceipt(transition.receipt, origin) })
  })

  app.delete('/receipts/external/*', (c) => {
    const [merchant_uid, existing] = find(c.req.url)
    if (existing === undefined) return refuse(receiptRefusals.externalUnknown)
    if (!isSupported(existing.pgProvider, 'external receipt revoke')) {
      return refuse(receiptRefusals.unsupported)
    }
    const transition = revokeReceipt(existing, clock.seconds())
    if (!transition.ok) return refuse(explainStep(transition.reason))
    state.externalReceipts.set(merchant_uid, transition.receipt)
    return succeed({ merchant_uid, ...serializeReceipt(transition.receipt, origin) })
  })

  return app
}

function isCashPaid(payment: Payment): boolean {
  const isCash = ['trans', 'vbank'].includes(payment.payMethod)
  return isCash && payment.paidAt !== null && balanceOf(payment) > 0
}

// The only refusal whose body is known to have `data` as well.
function noReceipt(impUid: string): Response {
  const refusal: Refusal = {
    status: 404,
    code: -1,
    message: `해당 아임포트 고유 번호(${impUid})로 현금영수증을 발급 한 내역이 존재하지 않습니다.`,
  }
  const { status, code, message } = refusal
  return envelope({ code, message, response: null, data: null }, status)
}
