import { mayHavePaid } from './order-status.js'
import { updateOrder } from './saved-orders.js'

/**
 * The page of the i'mport guide with jQuery. With these options jQuery labels the request as JSON but sends
 * a form; the payment server accepts that.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {PaymentHandlers} handlers
 */
export function pay(request, completeUrl, handlers) {
  const { IMP, jQuery } = window
  IMP?.request_pay(request, (rsp) => {
    if (mayHavePaid(rsp)) {
      // Saved first: if the request below fails, the result page repeats it.
      updateOrder(rsp.merchant_uid, { imp_uid: rsp.imp_uid })
      jQuery
        .ajax({
          url: completeUrl,
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          data: { imp_uid: rsp.imp_uid, merchant_uid: rsp.merchant_uid },
        })
        .done((data) => {
          switch (data.status) {
            case 'vbankIssued':
              return handlers.showResult('vbank')
            case 'success':
              return handlers.showResult('success')
            case 'failed':
              return handlers.showResult('failed')
            case 'cancelled':
            case 'partiallyCancelled':
              return handlers.showResult('cancelled')
            default:
              // Not known yet, or not this order's: never an invitation to pay again. New modules give the reason of
              // a refusal in `error_msg`.
              return rsp.error_msg ? handlers.showRefusal(rsp) : handlers.showResult('pending')
          }
        })
        // No response does not mean no payment: the pending page keeps polling.
        .fail(() => handlers.showResult('pending'))
    } else {
      handlers.showRefusal(rsp)
    }
  })
}
