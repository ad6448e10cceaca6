import { worthAsking } from './order-status.js'
import { note } from './saved-orders.js'

/**
 * The guide's page with axios.
 * @param {IamportRequest} request
 * @param {string} completeUrl
 * @param {Next} next
 */
export function pay(request, completeUrl, next) {
  const { IMP, axios } = window
  IMP?.request_pay(request, (rsp) => {
    if (worthAsking(rsp)) {
      // Kept first: should the request below get lost, the result page can repeat it.
      note(rsp.merchant_uid, { imp_uid: rsp.imp_uid })
      axios({
        url: completeUrl,
        method: 'post',
        headers: { 'Content-Type': 'application/json' },
        data: { imp_uid: rsp.imp_uid, merchant_uid: rsp.merchant_uid },
      })
        // The answer is in `data`; axios's own `status` is the number of the HTTP answer.
        .then(({ data }) => {
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
        .catch((error) => {
          // Silence says nothing about the money: the pending page keeps asking.
          next.show(error.response?.data?.status === 'forgery' ? 'failed' : 'pending')
        })
    } else {
      next.refused(rsp.error_msg)
    }
  })
}
