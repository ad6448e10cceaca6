import { cancelRequest, orderRequest } from '../http/schemas/requests.ts'
import { cancelList, orderResponse } from '../http/schemas/responses.ts'
import { json, type Paths, path, problems, requestProblems } from './parts.ts'

export const orderPaths: Paths = {
  '/orders': {
    post: {
      operationId: 'createOrder',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary: 'Create an order and register its amount with the provider',
      description:
        'Safe to repeat: the same order again is answered 200. After a 503 send the same request again.',
      requestBody: { required: true, content: { 'application/json': { schema: orderRequest } } },
      responses: {
        '200': json('It was there already, with the same values', orderResponse),
        '201': json('Created', orderResponse),
        ...problems({
          ...requestProblems,
          '409': 'order_conflict: it is there with other values',
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
        '200': json('The order as it stands', orderResponse),
        ...problems({
          '401': 'unauthorized',
          '404': 'order_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/orders/{merchant_uid}/cancels': {
    get: {
      operationId: 'listCancels',
      tags: ['orders'],
      security: [{ merchantKey: [] }],
      summary:
        'List the cancels, and the accounts that were to be taken back, and what became of each',
      description:
        '`requested`: asked for, and some providers finish later. `unknown`: nobody can tell yet; it is found out from the record, and never asked for twice. `confirmed`: the record shows it. `refused`: it did not take place.',
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
      summary: 'Close an unpaid order, or give back all or part of a paid one',
      description:
        'An unpaid order is closed, and the provider is asked to take its virtual accounts back. Without `amount` everything that remains is given back, and repeating the request is safe. A partial cancel is safe to repeat when `checksum` names what remains before it. Some providers finish a cancel later: the order then still says `paid`, and its webhook tells.',
      requestParams: { path },
      requestBody: { required: true, content: { 'application/json': { schema: cancelRequest } } },
      responses: {
        '200': json('The order as it stands after the cancel', orderResponse),
        ...problems({
          ...requestProblems,
          '404': 'order_unknown',
          '409':
            'cancel_refused, with the words of the provider; balance_exceeded, balance_mismatch, nothing_left, not_paid',
          '422': 'refund_account_missing: a virtual account payment needs `refund`',
          '502': 'provider_refused_us: the keys are wrong',
          '503':
            'outcome_unknown: read the order before trying again; provider_unavailable, store_unavailable, order_contended',
        }),
      },
    },
  },
}
