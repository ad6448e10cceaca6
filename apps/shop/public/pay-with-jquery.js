import { mayHavePaid } from './order-status.js'
import { updateOrder } from './saved-orders.js'

/**
 * The guide's page with jQuery. Note what jQuery sends here: the header says JSON, the body is a
 * form. The payment server reads it.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {PaymentHandlers} handlers
 */
export function pay(request, completeUrl, handlers) {
  const { IMP, jQuery } = window
  IMP?.request_pay(request, (rsp) => {
    if (mayHavePaid(rsp)) {
      // Kept first: should the request below get lost, the result page can repeat it.
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
              // Nothing was paid so far, and the new modules say in `error_msg` why the window closed.
              return rsp.error_msg
                ? handlers.showRefusal(rsp.error_msg)
                : handlers.showResult('pending')
          }
        })
        .fail(({ responseJSON }) => {
          // Silence says nothing about the money: the pending page keeps asking.
          handlers.showResult(responseJSON?.status === 'forgery' ? 'failed' : 'pending')
        })
    } else {
      handlers.showRefusal(rsp.error_msg)
    }
  })
}
