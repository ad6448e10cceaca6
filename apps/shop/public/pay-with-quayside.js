import { init } from './quayside.js'

/**
 * What `init` made, once per page.
 * @type {import('./quayside.js').Checkout | null}
 */
let checkout = null

/**
 * The same page with `@quayside/browser`, which opens the window, reports, waits, and resolves to what the payment server
 * knows.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {PaymentHandlers} handlers
 */
export function pay(request, completeUrl, handlers) {
  const { userCode, token } = handlers
  const server = /** @type {`${string}://${string}`} */ (completeUrl.replace(/\/complete$/, ''))
  checkout ??= init({ userCode, server })
  // The form offers card and virtual account only.
  const order = /** @type {import('./quayside.js').PaymentRequest} */ (request)
  void checkout.requestPay(order, { token }).then((result) => {
    switch (result.status) {
      case 'paid':
        return handlers.showResult('success')
      case 'account_issued':
        return handlers.showResult('vbank')
      case 'refunded':
        return handlers.showResult('cancelled')
      case 'unknown':
        return handlers.showResult('pending')
      case 'failed':
      case 'cancelled_by_buyer':
        return handlers.showFailure(result.errorMessage)
    }
  })
}
