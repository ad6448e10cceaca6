import { begin, type CheckoutSettings, createParts, resume } from './checkout.ts'
import type { CertificationRequest } from './request/certification-request.ts'
import type { PaymentRequest } from './request/payment-request.ts'
import {
  type AnyResult,
  type PaymentResult,
  type Purpose,
  type RegistrationResult,
  toPaymentResult,
  toRegistrationResult,
  toVerificationResult,
  type VerificationResult,
} from './result.ts'
import type { ResumeOptions, WindowOptions } from './window-options.ts'

const toResult = {
  payment: toPaymentResult,
  registration: toRegistrationResult,
  verification: toVerificationResult,
}

/** A registration of a billing key, as `POST /billing-keys` of the payment server begins it. */
export interface BegunRegistration {
  /** The merchant's id of the registration, which is the `merchant_uid` of its window. */
  readonly registration_id: string
  /** The parameters of the window. */
  readonly window: Readonly<Record<string, unknown>>
}

/** The page's side of payments. No method rejects because of something that happens to a payment. */
export interface Checkout {
  /**
   * Opens the window of an order, or leaves the page for it, and finds out how it ended. Two calls for one order are one
   * window and one result.
   */
  requestPay(order: PaymentRequest, options?: WindowOptions): Promise<PaymentResult>
  /** Opens the window that registers a billing key. `buyer` is added to what the server has begun. */
  registerBillingKey(
    begun: BegunRegistration,
    buyer?: Readonly<Record<string, unknown>>,
    options?: WindowOptions,
  ): Promise<RegistrationResult>
  /** Opens the window of an identity verification, with `certification` of what the server created. */
  certify(certification: CertificationRequest, options?: WindowOptions): Promise<VerificationResult>
  /**
   * Goes on with what this tab does not know the end of: after a reload, and on the page to which a phone comes back. Null
   * where there is nothing.
   */
  resume(options?: ResumeOptions): Promise<AnyResult | null>
}

/**
 * Prepares a page for payments: loads the browser script now, so that the window can open within the buyer's click.
 *
 * @param options The merchant's code and the payment server.
 * @returns What opens windows. On a server, where there is no page, its methods throw.
 *
 * @example
 * ```ts
 * import { init } from '@quayside/browser'
 *
 * const checkout = init({ userCode: 'imp00000000', server: 'https://pay.shop.example/payments' })
 *
 * export async function buy(order: { merchant_uid: string; amount: number; order_token: string }) {
 *   const { merchant_uid, amount, order_token: token } = order
 *   const result = await checkout.requestPay(
 *     { channelKey: 'channel-key-893597d6', pay_method: 'card', merchant_uid, amount, name: 'Green tea' },
 *     { token },
 *   )
 *   switch (result.status) {
 *     case 'paid':
 *       return 'Thank you!'
 *     case 'account_issued':
 *       return result.account === null
 *         ? 'Please transfer the amount to the account that the window showed.'
 *         : `Please transfer to ${result.account.bank} ${result.account.number}`
 *     case 'refunded':
 *       return 'The payment was cancelled.'
 *     case 'cancelled_by_buyer':
 *       return 'Pay when you are ready.'
 *     case 'failed':
 *       return result.errorMessage ?? 'The payment window did not open.'
 *     case 'unknown':
 *       return 'We are checking your payment. Please do not pay again.'
 *   }
 * }
 * ```
 */
export function init(options: CheckoutSettings): Checkout {
  const page = options.page ?? (typeof window === 'undefined' ? null : window)
  const parts = page === null ? null : createParts(options, page)
  const onPage = () => {
    if (parts === null) throw new TypeError('Cannot open a payment window: there is no page')
    return parts
  }
  const open = (purpose: Purpose, merchantUid: string, params: object, how?: WindowOptions) =>
    begin({ purpose, merchantUid, params: { ...params } }, how ?? {}, onPage())
  return {
    requestPay: async (order, how) =>
      toPaymentResult(await open('payment', order.merchant_uid, order, how)),
    registerBillingKey: async (begun, buyer, how) => {
      const params = { ...begun.window, ...buyer }
      return toRegistrationResult(await open('registration', begun.registration_id, params, how))
    },
    certify: async (request, how) =>
      toVerificationResult(await open('verification', request.merchant_uid, request, how)),
    resume: async (how = {}) => {
      const resumed = await resume(how, onPage())
      return resumed && toResult[resumed.purpose](resumed.outcome)
    },
  }
}
