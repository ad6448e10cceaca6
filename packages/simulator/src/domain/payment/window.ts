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
  /** The merchant code (`imp00000000`) with which the page called `IMP.init`. */
  user_code: string
  /** The sub-merchant of `IMP.agency`; null or absent without one. */
  tier_code?: string | null
  /** What the browser script takes the browser for. */
  device: 'pc' | 'mobile'
  /** The browser, as it names itself. */
  user_agent: string
  /** The parameters of `IMP.request_pay`. */
  params: Record<string, unknown>
}

/** A payment on record as `ready`, or the provider's refusal to open a window. */
export type OpenResult =
  | { ok: true; imp_uid: string; merchant_uid: string; channel: Channel }
  | { ok: false; imp_uid: null; merchant_uid: string; error_code: string; error_msg: string }

/** The data of a payment for the window's page. */
export interface WindowView {
  /** The id of the payment. */
  imp_uid: string
  /** The merchant's id of the order. */
  merchant_uid: string
  /** The name of the order. */
  name: string
  /** What is charged, after the discount, in the unit of the currency. */
  amount: number
  /** The discount of a card promotion; 0 without one. */
  discount: number
  /** The currency, an ISO 4217 code. */
  currency: string
  /** The method that was requested. */
  pay_method: string
  /** The PG's code. */
  pg_provider: string
  /** Which generation of the PG's module it is: the shape of the result depends on it. */
  module: 'legacy' | 'new'
  /** The status of the record now. */
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  /** The language of the page. */
  language: Language
  /** The virtual account, with its deadline in UNIX seconds; null without one. */
  vbank: { num: string; name: string; holder: string | null; due: number } | null
  /** Where a phone returns to; null without one. */
  m_redirect_url: string | null
  /** When and how webhooks will be sent. */
  webhook: WebhookPlan
}

/** The buyer's choices in the window. */
export interface ApproveChoice {
  /** The card company and the months of instalments; a card of the simulator by default. */
  card?: { name: string; code: string; quota: number }
  /** The bank of the virtual account; one of the simulator by default. */
  vbank?: { code: string; name: string }
  /** What differs from the merchant's webhook settings. */
  webhook?: Partial<WebhookPlan>
}

/** The result of a window; the window presents it in the shape of the old or the new modules. */
export interface WindowResult {
  /** The id of the payment. */
  imp_uid: string
  /** The merchant's id of the order. */
  merchant_uid: string
  /** Whether the window succeeded. */
  ok: boolean
  /** The PG's code of a failure; null without one. */
  error_code: string | null
  /** The PG's words for a failure; null without one. */
  error_msg: string | null
  /** What the PG has taken: nothing for a key whose record shows an amount. */
  paid_amount: number
  /** The payment as the REST API would show it. */
  payment: Record<string, unknown>
  /** The action of a KCP QuickPay window. */
  kcp_action?: string
}
