import type { Language } from '../../runtime/language.ts'
import type { Channel, WebhookPlan } from '../channel/channel.ts'

/** What the payment window may do to the simulated world. */
export interface PaymentWindow {
  /** The channels of a merchant code (`imp00000000`) that open a window, default first; null when the code is unknown. */
  channels(userCode: string): readonly Channel[] | null
  /** Pre-checks a request and records a payment as `ready`, or says in the provider's own words why no window opens. */
  open(request: WindowRequest): OpenResult
  /** What the window page shows about a payment; null when there is none. */
  view(impUid: string): WindowView | null
  /** The buyer agreed. Runs confirm_url, then approves (card …) or issues a virtual account; webhooks go out as the timing says. */
  approve(impUid: string, choice: ApproveChoice): Promise<WindowResult>
  /** The PG refuses, with its own code and text. */
  decline(impUid: string, refusal: { error_code: string; error_msg: string }): Promise<WindowResult>
  /** The buyer pressed cancel inside the window: `failed` at PGs that record it (html5_inicis), else stays `ready`. */
  cancel(impUid: string): Promise<WindowResult>
  /** The browser has been given its result: webhooks timed `after` start counting now. */
  returned(impUid: string): void
}

/** request_pay's parameters as they came (snake_case, untouched, unknown members kept), with what the script adds. */
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

/** What the window page shows about a payment. */
export interface WindowView {
  imp_uid: string
  merchant_uid: string
  name: string
  amount: number
  /** What a card promotion takes off the amount; 0 without one. */
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

/** What the buyer picked in the window. */
export interface ApproveChoice {
  card?: { name: string; code: string; quota: number }
  vbank?: { code: string; name: string }
  webhook?: Partial<WebhookPlan>
}

/** Exactly the fields the browser's callback gets (legacy or new-module shape is decided by the window from this). */
export interface WindowResult {
  imp_uid: string
  merchant_uid: string
  ok: boolean
  error_code: string | null
  error_msg: string | null
  /** The payment as the REST API would show it. */
  payment: Record<string, unknown>
  /** What a KCP QuickPay window was opened for, when the shop said. */
  kcp_action?: string
}
