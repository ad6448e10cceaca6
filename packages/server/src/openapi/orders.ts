import { cancelRequest, orderRequest } from '../http/schemas/requests/orders.ts'
import { cancelList, orderResponse } from '../http/schemas/responses/orders.ts'
import { cashReceiptPath } from './cash-receipts.ts'
import { escrowDeliveryPath } from './escrow-deliveries.ts'
import { listOrders, readHistory } from './order-lists.ts'
import { json, type Paths, path, payeeRemoved, problems, requestProblems } from './parts.ts'

export const orderPaths: Paths = {
  '/orders': {
    get: listOrders,
    post: {
      operationId: 'createOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Create an order and register its amount with the provider',
      description:
        'Safe to repeat: an identical request returns 200. After a 503 send the same request again. `tax_free` and `vat_amount` are for the payment window, and are remembered for refunds.',
      requestBody: { required: true, content: { 'application/json': { schema: orderRequest() } } },
      responses: {
        '200': json('The order exists with the same values', orderResponse),
        '201': json('Created', orderResponse),
        ...problems({
          ...requestProblems,
          '409':
            'order_conflict: the order exists with different values; order_of_other_payee: it exists for another account or tier',
          '422':
            'account_unknown, tier_unknown: the settings do not name it; tier_unknown_to_provider: the amount is not registered yet; channel_unsuitable: the PG of `expected_channel` cannot take the order; `parameters` names what. `ignore_rules` in `expected_channel` creates it all the same',
          '502': 'provider_refused_us: the API keys are invalid; the amount is not registered yet',
          '503': 'provider_unavailable: the amount is not registered yet; store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}': {
    get: {
      operationId: 'readOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Read an order',
      requestParams: { path },
      responses: {
        '200': json('The order', orderResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'order_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}/cash-receipt': cashReceiptPath,
  '/orders/{merchant_uid}/escrow-delivery': escrowDeliveryPath,
  '/orders/{merchant_uid}/history': { get: readHistory },
  '/orders/{merchant_uid}/cancels': {
    get: {
      operationId: 'listCancels',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'List the cancels and account revocations of an order',
      description:
        "`requested`: sent, and some providers finish later. `unknown`: not known yet; resolved from the provider's record, never sent twice. `confirmed`: the record shows it. `refused`: it did not take place.",
      requestParams: { path },
      responses: {
        '200': json('Oldest first', cancelList),
        ...problems({
          '401': 'unauthorized',
          '404': 'order_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}/cancel': {
    post: {
      operationId: 'cancelOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Close an unpaid order, or refund all or part of a paid one',
      description:
        'An unpaid order is closed, and the provider is asked to revoke its virtual accounts. Without `amount` everything that remains is refunded, and repeating the request is safe. Amounts are those of the payment, `paid_amount` less `cancelled_amount`, which an allowance lets differ from the amount of the order. A partial cancel is safe to repeat when `checksum` names what remains before it. `tax_free` and `vat_amount` are parts of what this request refunds; of an order that names them the last refund sends what remains of each, and a refund of a part has to give those that are not 0. Some providers finish a cancel later: the order is then still `paid`, and a webhook follows.',
      requestParams: { path },
      requestBody: { required: true, content: { 'application/json': { schema: cancelRequest() } } },
      responses: {
        '200': json('The order after the cancel', orderResponse),
        ...problems({
          ...requestProblems,
          '404': 'order_unknown',
          '409':
            "cancel_refused, with the provider's message; balance_exceeded, balance_mismatch, nothing_left, not_paid",
          '422': `refund_account_missing: a virtual account payment needs \`refund\`; ${payeeRemoved}`,
          '502': 'provider_refused_us: the API keys are invalid',
          '503':
            'outcome_unknown: read the order before trying again; provider_unavailable, store_unavailable, order_contended',
        }),
      },
    },
  },
}
