import {
  type MerchantUid,
  type Order,
  parseMerchantUid,
  type Result,
  type StoreFailure,
  toAmount,
} from '@quayside/core'
import type { Context } from 'hono'
import { confirmFailure } from './confirm-failure.ts'
import type { CompletionDeps } from './deps.ts'
import { toMessage } from './messages.ts'
import { respondJson } from './middleware/response-headers.ts'
import { languageOf } from './request/language.ts'
import { type CompletionResult, toOrderResult, toResultMessage } from './response.ts'

/** Finds an order for a buyer with its token. A wrong token fails with `order_unknown`, as an unknown order does. */
export type FindBuyerOrder = (
  merchantUid: MerchantUid,
  token: string,
) => Promise<Result<BuyerOrder, StoreFailure>>

/** An order, and what its payment window needs beside the amount. */
export interface BuyerOrder extends Order {
  /** The product lines for Naver Pay, shown as they are: parameters of the window in the provider's words. */
  readonly naverProducts?: readonly object[] | null
}

/**
 * Handles `GET /payments/orders/{merchant_uid}`: the buyer's page reads the status of its order with the order
 * token. An unknown order, a foreign order and a wrong token get the same response.
 */
export function readBuyerOrder(find: FindBuyerOrder, deps: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const language = languageOf(c)
    const merchantUid = parseMerchantUid(c.req.param('merchant_uid'))
    const token = /^Bearer ([\w-]{16,128})$/.exec(c.req.header('Authorization') ?? '')?.[1]
    const unknown = {
      status: 'invalid',
      error: 'order_unknown',
      message: toMessage('invalid', language),
    }
    if (!merchantUid.ok || token === undefined) return respondJson(c, unknown, 404)

    const found = await find(merchantUid.value, token)
    if (found.ok) {
      const result = await toResult(found.value, c.req.raw, deps)
      const { status } = result
      const message = toResultMessage(result, language)
      return respondJson(c, { status, message, ...serialize(found.value), ...testMode(deps) })
    }
    deps.report({ kind: 'order_not_read', route: 'order', failure: found.failure })
    switch (found.failure.reason) {
      case 'order_unknown':
        return respondJson(c, unknown, 404)
      case 'store_unavailable':
        return respondJson(c, { status: 'pending', message: toMessage('pending', language) }, 503, {
          'Retry-After': '2',
        })
    }
  }
}

async function toResult(
  order: Order,
  request: Request,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const result = toOrderResult(order)
  if (result.status !== 'failed') return result
  const { merchantUid } = order
  return confirmFailure(result, { merchantUid, route: 'order', request }, deps)
}

function serialize(order: BuyerOrder): Record<string, unknown> {
  const account = order.virtualAccount
  return {
    merchant_uid: order.merchantUid,
    amount: toAmount(order.amount),
    currency: order.amount.currency,
    cancelled_amount: toAmount(order.cancelled),
    paid_at: order.paidAt?.toISOString() ?? null,
    virtual_account:
      account === null
        ? null
        : {
            bank: account.bank,
            number: account.number,
            holder: account.holder,
            due_at: account.dueAt?.toISOString() ?? null,
          },
    error_msg: order.failReason,
    receipt_url: order.receiptUrl,
    naverProducts: order.naverProducts ?? null,
  }
}

function testMode({ mode }: CompletionDeps): Record<string, unknown> {
  return mode === 'test' ? { mode } : {}
}
