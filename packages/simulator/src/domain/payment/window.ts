import type { Language } from '../../runtime/language.ts'
import type { Channel, WebhookPlan } from '../channel/channel.ts'

/** The operations of the payment window. */
export interface PaymentWindow {
  /** The channels of a merchant code (`imp00000000`) that open a window, default first; null when the code is unknown. */
  channels(userCode: string): readonly Channel[] | null
  /** Checks a request and records a payment as `ready`, or returns the provider's refusal to open a window. */
  open(request: WindowRequest): OpenResult
  /** The data of a payment for the window's page; null when there is no such payment. */
  view(impUid: string): WindowView | null
  /** The buyer pays: calls confirm_url, then approves (card …) or issues a virtual account; webhooks are sent by the chosen timing. */
  approve(impUid: string, choice: ApproveChoice): Promise<WindowResult>
  /** The PG refuses, with its own code and text. */
  decline(impUid: string, refusal: { error_code: string; error_msg: string }): Promise<WindowResult>
  /** The buyer pressed cancel inside the window: `failed` at PGs that record it (html5_inicis), else stays `ready`. */
  cancel(impUid: string): Promise<WindowResult>
  /** The browser has received its result: the delay of webhooks timed `after` starts now. */
  returned(impUid: string): void
}

/** request_pay's parameters unchanged (snake_case, unknown members included), with what the script adds. */
export interface WindowRequest {
  user_code: string
  tier_code?: string | null
  device: 'pc' | 'mobile'
  user_agent: string
  params: Record<string, unknown>
}

/** A payment on record as `ready`, or the provider's refusal to open a window. */
export type OpenResult =
  | { ok: true; imp_uid: string; merchant_uid: string; channel: Channel }
  | { ok: false; imp_uid: null; merchant_uid: string; error_code: string; error_msg: string }

/** The data of a payment for the window's page. */
export interface WindowView {
  imp_uid: string
  merchant_uid: string
  name: string
  amount: number
  /** The discount of a card promotion; 0 without one. */
  discount: number
  currency: string
  pay_method: string
  pg_provider: string
  module: 'legacy' | 'new'
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  language: Language
  vbank: { num: string; name: string; holder: string | null; due: number } | null
  m_redirect_url: string | null
  webhook: WebhookPlan
}

/** The buyer's choices in the window. */
export interface ApproveChoice {
  card?: { name: string; code: string; quota: number }
  vbank?: { code: string; name: string }
  webhook?: Partial<WebhookPlan>
}

/** The result of a window; the window presents it in the shape of the old or the new modules. */
export interface WindowResult {
  imp_uid: string
  merchant_uid: string
  ok: boolean
  error_code: string | null
  error_msg: string | null
  /** What the PG has taken: nothing for a key whose record shows an amount. */
  paid_amount: number
  /** The payment as the REST API would show it. */
  payment: Record<string, unknown>
  /** The action of a KCP QuickPay window. */
  kcp_action?: string
}
