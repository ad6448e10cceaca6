import type { Context } from 'hono'
import { messagesOf } from '../locales/language.ts'
import type { Messages } from '../locales/messages.ts'
import type { OrderOpen } from './check-out.ts'
import { languageOf } from './detect-language.ts'
import type { OrderFailure } from './place-order.ts'
import type { SubscriptionFailure } from './subscriptions.ts'

/** What the shop's API refuses, or cannot do. */
export type ShopFailure = OrderFailure | OrderOpen | SubscriptionFailure

/** Receives the failures of the server side, for its operator. */
export type Report = (failure: Exclude<ShopFailure, OrderOpen>) => void

/** The body of a JSON request; null for any other. A form on a foreign page cannot send this media type without a CORS preflight. */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? c.req.json().catch(() => null) : null
}

/** The response to a failure, in the visitor's language; what is behind the page is reported to the operator. */
export function errorResponse(c: Context, failure: ShopFailure, report: Report) {
  const { status, message } = explain(failure)
  if (failure.reason !== 'order_open' && status >= 500) report(failure)
  return c.json(
    {
      error: failure.reason,
      message: messagesOf(languageOf(c))[message],
      ...(failure.reason === 'order_open' ? { order: failure.order, status: failure.status } : {}),
      ...(failure.reason === 'card_refused' ? { text: failure.text } : {}),
    },
    status,
  )
}

/** Status and message for each failure: 4xx for a mistake of the page, 5xx for one behind it. */
function explain(failure: ShopFailure): {
  readonly status: 400 | 403 | 404 | 409 | 502 | 503
  readonly message: keyof Messages
} {
  switch (failure.reason) {
    case 'order_malformed':
      return { status: 400, message: 'apiInvalid' }
    case 'product_unknown':
      return { status: 404, message: 'apiProductUnknown' }
    case 'age_unproven':
      return { status: 403, message: 'apiAgeUnproven' }
    case 'subscription_unknown':
      return { status: 404, message: 'subNone' }
    case 'card_refused':
      return { status: 409, message: 'errorCardRefused' }
    case 'order_open':
      return { status: 409, message: 'openOrderTitle' }
    case 'worker_unreachable':
    case 'worker_failed':
      return { status: 503, message: 'apiUnreachable' }
    case 'amount_not_registered':
      return { status: 503, message: 'apiBusy' }
    case 'order_unknown':
    case 'worker_refused':
    case 'worker_response_unexpected':
      return { status: 502, message: 'apiRefused' }
  }
}
