import type { AxiosStatic } from 'axios'

/** The globals of the page's scripts, as far as these files use them. */
declare global {
  interface IamportResponse {
    success?: boolean
    imp_success?: boolean
    imp_uid?: string | null
    merchant_uid?: string
    error_code?: string
    error_msg?: string
  }

  interface IamportRequest {
    pg: string
    pay_method: string
    merchant_uid: string
    name: string
    amount: number
    currency: string
    buyer_name: string
    buyer_email: string
    buyer_tel: string
    language: string
    m_redirect_url: string
  }

  interface Iamport {
    init(userCode: string): void
    certification(
      request: Readonly<Record<string, unknown>>,
      callback: (rsp: IamportResponse) => void,
    ): void
    request_pay(
      request: IamportRequest | Readonly<Record<string, unknown>>,
      callback: (rsp: IamportResponse) => void,
    ): void
  }

  /** The payment server's response to a completion request. */
  interface CompletionResponse {
    status: string
    message?: string
  }

  interface JQueryRequest<T> {
    done(then: (data: T) => void): JQueryRequest<T>
    fail(then: () => void): JQueryRequest<T>
  }

  interface JQuery {
    ajax(request: {
      url: string
      method: string
      headers: Record<string, string>
      data: { imp_uid: string; merchant_uid: string }
    }): JQueryRequest<CompletionResponse>
  }

  /** The order's page, and what happens after the payment window. */
  interface PaymentHandlers {
    /** Opens the result page. */
    showResult(outcome: 'success' | 'vbank' | 'failed' | 'cancelled' | 'pending'): void
    /** Shows the window's refusal, once the payment server confirms that nothing was paid. */
    showRefusal(rsp: IamportResponse): void
    /** Shows that nothing was paid, as the payment server knows. */
    showFailure(message: string | null): void
    readonly userCode: string
    /** The token of the order. */
    readonly token: string
  }

  interface Window {
    IMP?: Iamport
    jQuery: JQuery
    axios: AxiosStatic
  }
}
