import type { PaymentWindow, WindowRequest, WindowResult } from '../domain/payment/window.ts'
import { type ReturnMethod, toReturnMethod } from './device.ts'

/** One open window: what is stored so that the right page gets its result. */
export interface WindowSession {
  readonly impUid: string
  readonly requestId: string
  readonly origin: string
  readonly userCode: string
  readonly module: 'legacy' | 'new'
  readonly returnMethod: ReturnMethod
  readonly params: Readonly<Record<string, unknown>>
  /** The only result of this window; null until the buyer has chosen. */
  result: Promise<WindowResult> | null
}

/** The sessions of opened windows, by `imp_uid`. */
export type WindowSessions = Map<string, WindowSession>

/** A request for a window, and the page that receives its result. */
export interface SessionRequest {
  readonly request: WindowRequest
  readonly requestId: string
  readonly origin: string
  readonly module: 'legacy' | 'new'
}

/** The response to a page whose window may open; `url` is relative to the server. */
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

/** Records a payment and opens its window, or returns why none opens. */
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

/** Finishes a session once; a second caller gets the first result. */
export function finishOnce(
  session: WindowSession,
  finish: () => Promise<WindowResult>,
): Promise<WindowResult> {
  session.result ??= finish()
  return session.result
}
