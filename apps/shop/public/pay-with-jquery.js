import { worthAsking } from './order-status.js'
import { note } from './saved-orders.js'

/**
 * The guide's page with jQuery. Note what jQuery sends here: the header says JSON, the body is a
 * form. The payment server reads it.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {Next} next
 */
export function pay(request, completeUrl, next) {
  const { IMP, jQuery } = window
  IMP?.request_pay(request, (rsp) => {
    if (worthAsking(rsp)) {
      // Kept first: should the request below get lost, the result page can repeat it.
      note(rsp.merchant_uid, { imp_uid: rsp.imp_uid })
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
              return next.show('vbank')
            case 'success':
              return next.show('success')
            case 'failed':
              return next.show('failed')
            case 'cancelled':
            case 'partiallyCancelled':
              return next.show('cancelled')
            default:
              // Nothing was paid so far, and the new modules say in `error_msg` why the window closed.
              return rsp.error_msg ? next.refused(rsp.error_msg) : next.show('pending')
          }
        })
        .fail(({ responseJSON }) => {
          // Silence says nothing about the money: the pending page keeps asking.
          next.show(responseJSON?.status === 'forgery' ? 'failed' : 'pending')
        })
    } else {
      next.refused(rsp.error_msg)
    }
  })
}
