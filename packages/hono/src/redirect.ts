import {
  fail,
  isNothing,
  type MerchantUid,
  type Notice,
  ok,
  parseMerchantUid,
  parseRedirect,
  type Result,
} from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import type { CompletionStatus } from './messages.ts'
import { maxBrowserBytes, readBody } from './request/read-body.ts'
import { resolveNotice, resolveOrder } from './resolve-notice.ts'
import type { RequestFailure } from './response.ts'

/**
 * The shop's pages for a buyer who returns by redirect: absolute URLs, `https` or of an app's own scheme (`http` at
 * `localhost`). `pending` must offer no second payment: it is where every return leads whose result is not known.
 */
export interface ResultPages {
  /** The order is paid. */
  readonly success: string
  /** A virtual account was issued and waits for its deposit. */
  readonly vbankIssued: string
  /** The payment failed, and no money of the order is known: another try may be offered. */
  readonly failed: string
  /** The order was paid, and refunded in full or in part. */
  readonly cancelled: string
  /** Nothing is known yet: wait, or come back later. */
  readonly pending: string
}

// `failed` offers another try, so only the record, the order or a refusal before any payment may lead there.
const pageOf: Readonly<Record<CompletionStatus, keyof ResultPages>> = {
  success: 'success',
  vbankIssued: 'vbankIssued',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'cancelled',
  pending: 'pending',
  received: 'pending',
  forgery: 'pending',
  invalid: 'pending',
}

/**
 * Handles `GET /payments/complete`, `GET` and `POST /payments/redirect`, and a form that a browser posts to
 * `/payments/complete`: the return of a phone. Every response is a redirect to one of the shop's pages, and contains
 * nothing of the request.
 */
export function redirect(deps: CompletionDeps, pages: ResultPages) {
  return async (c: Context): Promise<Response> =>
    c.redirect(pages[pageOf[await resolveStatus(c.req.raw, deps)]], 303)
}

async function resolveStatus(request: Request, deps: CompletionDeps): Promise<CompletionStatus> {
  const { notice, merchantUid } = await readReturn(request)
  if (notice.ok) {
    const result = await resolveNotice(
      { notice: notice.value, route: 'redirect', request, claimsBillingKey: false },
      deps,
    )
    return result.status
  }
  deps.report({ kind: 'refused_request', route: 'redirect', failure: notice.failure })
  if (merchantUid === null) return 'pending'
  const { status } = await resolveOrder(merchantUid, { route: 'redirect', request }, deps)
  // An order that has failed may be paid by the attempt from which the buyer returns.
  return status === 'failed' ? 'pending' : status
}

interface Return {
  readonly notice: Result<Notice, RequestFailure>
  /** The order that the return names, also where it is not readable as a notice. */
  readonly merchantUid: MerchantUid | null
}

/**
 * Reads the query, or the form that some PGs post. The address that the shop gave may name what the form does not, so both
 * are read together; where they differ, or cannot be read together, the form counts before the query.
 */
async function readReturn(request: Request): Promise<Return> {
  const query = new URL(request.url).search.slice(1)
  const form = request.method === 'POST' ? await readForm(request) : ok('')
  const whole = form.ok ? `${form.value}&${query}` : query
  const texts = form.ok ? [whole, form.value, query] : [query]
  const readable = texts.map(parseRedirect).find((notice) => notice.ok)
  return {
    notice: readable ?? (form.ok ? parseRedirect(whole) : form),
    merchantUid: texts.map(findOrder).find((id) => id !== null) ?? null,
  }
}

async function readForm(request: Request): Promise<Result<string, RequestFailure>> {
  const contentType = request.headers.get('content-type') ?? ''
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)
    ? readBody(request, maxBrowserBytes)
    : fail({ reason: 'media_type_unsupported', mediaType: contentType })
}

/** Null where a form names no order, or several. */
function findOrder(form: string): MerchantUid | null {
  const named = new Set(
    new URLSearchParams(form).getAll('merchant_uid').filter((id) => !isNothing(id)),
  )
  const [merchantUid] = [...named].map((id) => parseMerchantUid(id))
  return named.size === 1 && merchantUid?.ok === true ? merchantUid.value : null
}
