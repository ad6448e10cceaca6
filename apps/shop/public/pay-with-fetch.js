import { worthAsking } from './order-status.js'
import { note } from './saved-orders.js'

/**
 * The same page without a library.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {Next} next
 */
export function pay(request, completeUrl, next) {
  const { IMP } = window
  IMP?.request_pay(request, (rsp) => {
    if (worthAsking(rsp)) {
      // Kept first: should the request below get lost, the result page can repeat it.
      note(rsp.merchant_uid, { imp_uid: rsp.imp_uid })
      fetch(completeUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ imp_uid: rsp.imp_uid, merchant_uid: rsp.merchant_uid }),
      })
        .then((response) => response.json())
        .then((data) => {
          switch (data.status) {
            case 'vbankIssued':
              return next.show('vbank')
            case 'success':
              return next.show('success')
            case 'failed':
            case 'forgery':
              return next.show('failed')
            case 'cancelled':
            case 'partiallyCancelled':
              return next.show('cancelled')
            default:
              // Nothing was paid so far, and the new modules say in `error_msg` why the window closed.
              return rsp.error_msg ? next.refused(rsp.error_msg) : next.show('pending')
          }
        })
        // Silence says nothing about the money: the pending page keeps asking.
        .catch(() => next.show('pending'))
    } else {
      next.refused(rsp.error_msg)
    }
  })
}
