import type { receipts } from '@quayside/client'
import type { MerchantUid } from '@quayside/core'
import { Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import {
  cancelCashReceipt,
  isCancelled,
  issueCashReceipt,
  readCashReceipt,
} from '../../orders/cash-receipt.ts'
import { problemResponse } from '../problem-response.ts'
import { cashReceiptRequest } from '../schemas/requests/cash-receipts.ts'
import type { CashReceiptResponse } from '../schemas/responses/cash-receipts.ts'
import { readMerchantUid, readRequest } from '../validate.ts'

const path = '/orders/:merchant_uid/cash-receipt'

/** The routes of an order's cash receipt. Whoever mounts them has checked the key. */
export function cashReceiptRoutes(deps: Deps): Hono {
  const app = new Hono()

  app.get(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const read = await readCashReceipt(merchantUid.value, deps)
    if (!read.ok) return problemResponse(c, read.failure)
    return c.json(present(merchantUid.value, read.value))
  })

  app.post(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const request = await readRequest(c, cashReceiptRequest)
    if (!request.ok) return problemResponse(c, request.failure)
    const issued = await issueCashReceipt(merchantUid.value, request.value, deps)
    if (!issued.ok) return problemResponse(c, issued.failure)
    const { receipt, isNew } = issued.value
    return c.json(present(merchantUid.value, receipt), isNew ? 201 : 200)
  })

  app.delete(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const cancelled = await cancelCashReceipt(merchantUid.value, deps)
    if (!cancelled.ok) return problemResponse(c, cancelled.failure)
    return c.json(present(merchantUid.value, cancelled.value))
  })
  return app
}

function present(merchantUid: MerchantUid, receipt: receipts.Receipt): CashReceiptResponse {
  const { imp_uid, type, amount, vat, apply_num, receipt_tid, receipt_url } = receipt
  const toInstant = (seconds: number) => new Date(seconds * 1_000).toISOString()
  const isOver = isCancelled(receipt)
  return {
    merchant_uid: merchantUid,
    imp_uid,
    state: isOver ? 'cancelled' : 'issued',
    type,
    amount,
    vat,
    apply_num,
    receipt_tid: receipt_tid ?? null,
    receipt_url: receipt_url ?? null,
    issued_at: toInstant(receipt.applied_at),
    cancelled_at: isOver ? toInstant(receipt.cancelled_at ?? 0) : null,
  }
}
