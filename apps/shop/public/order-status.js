/**
 * Requests to the payment server. None of them trusts the payment window; all are safe to repeat.
 */

/**
 * @typedef {object} OrderResponse
 * @property {string} status
 * @property {number} amount
 * @property {string} currency
 * @property {number | null} cancelled_amount
 * @property {string | null} paid_at
 * @property {{ bank: string | null, number: string, holder: string | null, due_at: string | null } | null} virtual_account
 * @property {string | null} error_msg
 * @property {string | null} receipt_url
 */

const timeoutMs = 15_000

/**
 * Whether a payment may have been made. Older modules return a flag; new ones return two ids and nothing
 * else, so a missing flag is not a failure: the server has to check.
 * @param {IamportResponse} rsp
 * @returns {rsp is IamportResponse & { imp_uid: string, merchant_uid: string }}
 */
export function mayHavePaid(rsp) {
  const isRefused = rsp.success === false || rsp.imp_success === false
  return !isRefused && typeof rsp.imp_uid === 'string' && typeof rsp.merchant_uid === 'string'
}

/**
 * Reports what the payment window returned. The server looks the payment up, so the response is about the payment
 * itself, whatever the window said.
 * @param {string} workerUrl
 * @param {IamportResponse} rsp
 * @returns {Promise<string | null>} the status of the response, or null without a response
 */
export async function complete(workerUrl, rsp) {
  const { imp_uid, merchant_uid, success, imp_success, error_code, error_msg } = rsp
  try {
    const response = await fetch(`${workerUrl}/payments/complete`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        imp_uid,
        merchant_uid,
        success,
        imp_success,
        error_code,
        error_msg,
      }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body = await response.json()
    return typeof body.status === 'string' ? body.status : null
  } catch {
    // A broken connection; the caller repeats the request later.
    return null
  }
}

/**
 * Reads an order with the token that was issued when it was placed.
 * @param {string} workerUrl
 * @param {{ merchant_uid: string, order_token: string }} order
 * @returns {Promise<OrderResponse | 'unknown' | 'unreachable'>}
 */
export async function readOrder(workerUrl, { merchant_uid, order_token }) {
  try {
    const url = `${workerUrl}/payments/orders/${encodeURIComponent(merchant_uid)}`
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${order_token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status === 404) return 'unknown'
    return response.ok ? await response.json() : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/**
 * The status of an order. While the order has no result although this browser knows a payment for it, that payment is
 * reported to the payment server again: the first report may never have arrived. So it is while the order has failed,
 * which may have been by an earlier payment.
 * @param {string} workerUrl
 * @param {{ merchant_uid: string, order_token: string, imp_uid: string | null }} order
 * @returns {Promise<OrderResponse | 'unknown' | 'unreachable' | 'forgery'>}
 */
export async function readOrderStatus(workerUrl, order) {
  const { imp_uid, merchant_uid } = order
  const result = await readOrder(workerUrl, order)
  if (imp_uid === null || typeof result === 'string') return result
  const isExpired = result.status === 'failed' && result.virtual_account !== null
  if (isExpired || !['pending', 'failed'].includes(result.status)) return result
  const completionStatus = await complete(workerUrl, { imp_uid, merchant_uid })
  if (completionStatus === 'forgery') return completionStatus
  return completionStatus === null || completionStatus === 'pending'
    ? { ...result, status: 'pending' }
    : readOrder(workerUrl, order)
}
