import type { PaymentWindow, WindowRequest, WindowResult } from '../domain/payment/window.ts'
import { type ReturnMethod, toReturnMethod } from './device.ts'

/** One buyer in front of one window: what the window must remember to give its result to the right page. */
export interface WindowSession {
  readonly impUid: string
  readonly requestId: string
  readonly origin: string
  readonly userCode: string
  readonly module: 'legacy' | 'new'
  readonly returnMethod: ReturnMethod
  readonly params: Readonly<Record<string, unknown>>
  /** The one outcome of this window; null while the buyer is still choosing. */
  result: Promise<WindowResult> | null
}

/** The windows that were opened, by `imp_uid`. */
export type WindowSessions = Map<string, WindowSession>

/** A request for a window, and the page that shall hear of it. */
export interface SessionRequest {
  readonly request: WindowRequest
  readonly requestId: string
  readonly origin: string
  readonly module: 'legacy' | 'new'
}

/** What a page is told when its window may open; `url` is relative to the core. */
export interface OpenedWindow {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly url: string
  readonly returnMethod: ReturnMethod
  readonly request_id: string
}

/** The provider's refusal to open a window. */
export interface OpenRefusal {
  readonly error_code: string
  readonly error_msg: string
  readonly merchant_uid: string
}

/** Records a payment and opens its window, or passes on why none opens. */
export function openSession(
  paymentWindow: PaymentWindow,
  sessions: WindowSessions,
  { request, requestId, origin, module }: SessionRequest,
): { ok: true; opened: OpenedWindow } | { ok: false; refusal: OpenRefusal } {
  const opened = paymentWindow.open(request)
  if (!opened.ok) {
    const { error_code, error_msg, merchant_uid } = opened
    return { ok: false, refusal: { error_code, error_msg, merchant_uid } }
  }
  const { imp_uid, merchant_uid, channel } = opened
  const returnMethod = toReturnMethod(channel.pg_provider, request.device, request.params)
  const { user_code: userCode, params } = request
  const session: WindowSession = {
    impUid: imp_uid,
    requestId,
    origin,
    userCode,
    module,
    returnMethod,
    params,
    result: null,
  }
  sessions.set(imp_uid, session)
  const url = `/window/pay/${encodeURIComponent(imp_uid)}`
  return { ok: true, opened: { imp_uid, merchant_uid, url, returnMethod, request_id: requestId } }
}

/** Ends a visit once: whoever comes second gets the first one's result. */
export function finishOnce(
  session: WindowSession,
  finish: () => Promise<WindowResult>,
): Promise<WindowResult> {
  session.result ??= finish()
  return session.result
}
