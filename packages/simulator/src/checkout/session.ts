import type { Desk, WindowRequest, WindowResult } from '../domain/payment/window.ts'
import { toWay, type Way } from './device.ts'

/** One buyer in front of one window: what the window must remember to give its result to the right page. */
export interface Visit {
  readonly impUid: string
  readonly requestId: string
  readonly origin: string
  readonly userCode: string
  readonly module: 'legacy' | 'new'
  readonly way: Way
  readonly params: Readonly<Record<string, unknown>>
  /** The one outcome of this window; null while the buyer is still choosing. */
  result: Promise<WindowResult> | null
}

/** The windows that were opened, by `imp_uid`. */
export type Visits = Map<string, Visit>

/** A request for a window, and the page that shall hear of it. */
export interface Arrival {
  readonly request: WindowRequest
  readonly requestId: string
  readonly origin: string
  readonly module: 'legacy' | 'new'
}

/** What a page is told when its window may open; `url` is relative to the core. */
export interface Entry {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly url: string
  readonly way: Way
  readonly request_id: string
}

/** The provider's refusal to open a window. */
export interface Refusal {
  readonly error_code: string
  readonly error_msg: string
  readonly merchant_uid: string
}

/** Records a payment and opens its window, or passes on why none opens. */
export function enter(
  desk: Desk,
  visits: Visits,
  { request, requestId, origin, module }: Arrival,
): { ok: true; entry: Entry } | { ok: false; refusal: Refusal } {
  const opened = desk.open(request)
  if (!opened.ok) {
    const { error_code, error_msg, merchant_uid } = opened
    return { ok: false, refusal: { error_code, error_msg, merchant_uid } }
  }
  const { imp_uid, merchant_uid, channel } = opened
  const way = toWay(channel.pg_provider, request.device, request.params)
  const { user_code: userCode, params } = request
  const visit = { impUid: imp_uid, requestId, origin, userCode, module, way, params, result: null }
  visits.set(imp_uid, visit)
  const url = `/window/pay/${encodeURIComponent(imp_uid)}`
  return { ok: true, entry: { imp_uid, merchant_uid, url, way, request_id: requestId } }
}

/** Ends a visit once: whoever comes second gets the first one's result. */
export function settle(visit: Visit, deed: () => Promise<WindowResult>): Promise<WindowResult> {
  visit.result ??= deed()
  return visit.result
}
