import type { AxiosStatic } from 'axios'

/** What the scripts of the page put on `window`, as far as these files use it. */
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
    request_pay(request: IamportRequest, callback: (rsp: IamportResponse) => void): void
  }

  /** What the payment server answers to a completion. */
  interface Completion {
    status: string
    message?: string
  }

  interface JQueryExchange<T> {
    done(then: (data: T) => void): JQueryExchange<T>
    fail(then: (exchange: { status: number; responseJSON?: Completion }) => void): JQueryExchange<T>
  }

  interface JQuery {
    ajax(request: {
      url: string
      method: string
      headers: Record<string, string>
      data: { imp_uid: string; merchant_uid: string }
    }): JQueryExchange<Completion>
  }

  /** Where a page goes next. */
  interface Next {
    /** Opens the result page. */
    show(outcome: 'success' | 'vbank' | 'failed' | 'cancelled' | 'pending'): void
    /** The window said no; the buyer may try again. */
    refused(message: string | undefined): void
  }

  interface Window {
    IMP?: Iamport
    jQuery: JQuery
    axios: AxiosStatic
  }
}
