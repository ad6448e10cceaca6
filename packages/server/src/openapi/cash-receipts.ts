import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import { cashReceiptRequest } from '../http/schemas/requests/cash-receipts.ts'
import { cashReceiptResponse } from '../http/schemas/responses/cash-receipts.ts'
import { json, path, payeeRemoved, problems, requestProblems } from './parts.ts'

const shared = { tags: ['orders'], security: [{ merchantKey: [] }] }
const unavailable =
  'receipt_outcome_unknown: read it before trying again; provider_unavailable, store_unavailable'

export const cashReceiptPath: ZodOpenApiPathItemObject = {
  get: {
    ...shared,
    operationId: 'readCashReceipt',
    summary: "Read the cash receipt of an order's payment from the provider",
    requestParams: { path },
    responses: {
      '200': json('The receipt, issued or cancelled', cashReceiptResponse),
      ...problems({
        '401': 'unauthorized',
        '404': 'order_unknown, receipt_unknown',
        '422': payeeRemoved,
        '502': 'provider_refused_us',
        '503': 'provider_unavailable, store_unavailable',
      }),
    },
  },
  post: {
    ...shared,
    operationId: 'issueCashReceipt',
    summary: 'Issue the cash receipt of an order that was paid by transfer or virtual account',
    description:
      'For what remains of the payment. Safe to repeat: an order that has one gets it as it is. The recipient is neither stored nor logged.',
    requestParams: { path },
    requestBody: {
      required: true,
      content: { 'application/json': { schema: cashReceiptRequest() } },
    },
    responses: {
      '200': json('The order has this receipt already', cashReceiptResponse),
      '201': json('Issued', cashReceiptResponse),
      ...problems({
        ...requestProblems,
        '404': 'order_unknown',
        '409': "not_paid; receipt_refused, with the provider's message",
        '422': payeeRemoved,
        '502': 'provider_refused_us',
        '503': unavailable,
      }),
    },
  },
  delete: {
    ...shared,
    operationId: 'cancelCashReceipt',
    summary: "Cancel the cash receipt of an order's payment",
    description: 'Safe to repeat. Some PGs cancel it with the payment, others need this request.',
    requestParams: { path },
    responses: {
      '200': json('Cancelled', cashReceiptResponse),
      ...problems({
        '401': 'unauthorized',
        '404': 'order_unknown, receipt_unknown',
        '409': "receipt_refused, with the provider's message",
        '422': payeeRemoved,
        '502': 'provider_refused_us',
        '503': unavailable,
      }),
    },
  },
}
