import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { serves } from '../../../domain/channel/pg-providers.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { afterRefund, issueReceipt, type Receipt, revokeReceipt } from '../../../domain/receipt.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import { readBody, textOf } from '../../../runtime/params.ts'
import { envelope, refuse, succeed } from '../../../wire/envelope.ts'
import { spellings } from '../../../wire/path-params.ts'
import { explainStep, presentReceipt, readReceipt, receiptRefusals } from './receipt-request.ts'

/** Cash receipts of payments made here. */
export function receipts(world: World): Hono {
  const { ledger, clock } = world
  const app = new Hono({ strict: false })

  const receiptOf = (payment: Payment): Receipt | undefined => {
    const held = ledger.receipts.get(payment.impUid)
    const refundedAt = balanceOf(payment) === 0 ? (payment.refunds.at(-1)?.at ?? null) : null
    return held && afterRefund(held, refundedAt)
  }

  app.get('/receipts/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = ledger.payments.get(impUid)
    const receipt = payment && receiptOf(payment)
    return receipt === undefined
      ? noReceipt(impUid)
      : succeed({ imp_uid: impUid, ...presentReceipt(receipt) })
  })

  app.post('/receipts/:impUid', async (c) => {
    const impUid = c.req.param('impUid')
    const payment = ledger.payments.get(impUid)
    // The description has no 404 for this operation.
    if (payment === undefined) return refuse({ ...refusals.unknownPayment, status: 400 })
    const { pg_provider } = payment.channel
    if (!serves(pg_provider, 'receipt issue')) return refuse(receiptRefusals.unsupported)
    if (!isCashPaid(payment)) return refuse(receiptRefusals.notCash)
    const params = await readBody(c.req.raw)
    const read = readReceipt(world, params, { pg_provider, amount: balanceOf(payment) })
    if ('status' in read) return refuse(read)
    const step = issueReceipt(receiptOf(payment), read)
    if (!step.ok) return refuse(explainStep(step.reason))
    ledger.receipts.set(impUid, step.receipt)
    return succeed({ imp_uid: impUid, ...presentReceipt(step.receipt) })
  })

  app.delete('/receipts/:impUid', (c) => {
    const impUid = c.req.param('impUid')
    const payment = ledger.payments.get(impUid)
    if (payment === undefined) return refuse(receiptRefusals.neverIssued)
    if (!serves(payment.channel.pg_provider, 'receipt revoke')) {
      return refuse(receiptRefusals.unsupported)
    }
    const step = revokeReceipt(receiptOf(payment), clock.seconds())
    if (!step.ok) return refuse(explainStep(step.reason))
    ledger.receipts.set(impUid, step.receipt)
    return succeed({ imp_uid: impUid, ...presentReceipt(step.receipt) })
  })

  return app
}

/** Cash receipts of sales made elsewhere; mount it before `receipts`. */
export function externalReceipts(world: World): Hono {
  const { ledger, clock, channels } = world
  const app = new Hono({ strict: false })
  const uidsIn = (url: string) =>
    spellings(new URL(url).pathname.slice('/receipts/external/'.length).replace(/\/+$/, ''))
  const find = (url: string): readonly [string, Receipt | undefined] => {
    const uids = uidsIn(url)
    const uid = uids.find((spelling) => ledger.externalReceipts.has(spelling)) ?? uids[0] ?? ''
    return [uid, ledger.externalReceipts.get(uid)]
  }

  app.get('/receipts/external/*', (c) => {
    const [merchant_uid, receipt] = find(c.req.url)
    return receipt === undefined
      ? refuse(receiptRefusals.externalUnknown)
      : succeed({ merchant_uid, ...presentReceipt(receipt) })
  })

  app.post('/receipts/external/*', async (c) => {
    const [merchant_uid, held] = find(c.req.url)
    const params = await readBody(c.req.raw)
    const key = textOf(params, 'channel_key')
    const channel = channels.find(({ channel_key }) => channel_key === key)
    if (channel === undefined) return refuse(receiptRefusals.channelUnknown)
    const { pg_provider } = channel
    if (!serves(pg_provider, 'external receipt issue')) return refuse(receiptRefusals.unsupported)
    if (textOf(params, 'name') === null) return refuse(receiptRefusals.nameMissing)
    const read = readReceipt(world, params, { pg_provider, amount: params['amount'] })
    if ('status' in read) return refuse(read)
    const step = issueReceipt(held, read)
    if (!step.ok) return refuse(explainStep(step.reason))
    ledger.externalReceipts.set(merchant_uid, step.receipt)
    return succeed({ merchant_uid, ...presentReceipt(step.receipt) })
  })

  app.delete('/receipts/external/*', (c) => {
    const [merchant_uid, held] = find(c.req.url)
    if (held === undefined) return refuse(receiptRefusals.externalUnknown)
    if (!serves(held.pgProvider, 'external receipt revoke')) {
      return refuse(receiptRefusals.unsupported)
    }
    const step = revokeReceipt(held, clock.seconds())
    if (!step.ok) return refuse(explainStep(step.reason))
    ledger.externalReceipts.set(merchant_uid, step.receipt)
    return succeed({ merchant_uid, ...presentReceipt(step.receipt) })
  })

  return app
}

function isCashPaid(payment: Payment): boolean {
  const isCash = ['trans', 'vbank'].includes(payment.payMethod)
  return isCash && payment.paidAt !== null && balanceOf(payment) > 0
}

// The one refusal whose body is known to hold `data` as well.
function noReceipt(impUid: string): Response {
  const refusal: Refusal = {
    status: 404,
    code: -1,
    message: `해당 아임포트 고유 번호(${impUid})로 현금영수증을 발급 한 내역이 존재하지 않습니다.`,
  }
  const { status, code, message } = refusal
  return envelope({ code, message, response: null, data: null }, status)
}
