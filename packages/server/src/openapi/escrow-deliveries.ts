import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import {
  escrowDeliveryChange,
  escrowDeliveryRequest,
} from '../http/schemas/requests/escrow-deliveries.ts'
import { escrowDeliveryResponse } from '../http/schemas/responses/escrow-deliveries.ts'
import { json, path, payeeRemoved, problems, requestProblems } from './parts.ts'

const shared = { tags: ['orders'], security: [{ merchantKey: [] }] }
const writeProblems = {
  ...requestProblems,
  '404': 'order_unknown',
  '409': "not_paid; delivery_refused, with the provider's message",
  '422': payeeRemoved,
  '502': 'provider_refused_us',
  '503': 'delivery_outcome_unknown, provider_unavailable, store_unavailable',
}

export const escrowDeliveryPath: ZodOpenApiPathItemObject = {
  get: {
    ...shared,
    operationId: 'readEscrowDelivery',
    summary: "Read the delivery of an order's escrow payment from the provider",
    requestParams: { path },
    responses: {
      '200': json('The delivery that is registered', escrowDeliveryResponse),
      ...problems({
        '401': 'unauthorized',
        '404': 'order_unknown, delivery_unknown',
        '409': 'not_paid',
        '422': payeeRemoved,
        '502': 'provider_refused_us',
        '503': 'provider_unavailable, store_unavailable',
      }),
    },
  },
  post: {
    ...shared,
    operationId: 'registerEscrowDelivery',
    summary: 'Register the delivery of an order that was paid in escrow',
    description:
      'The buyer then confirms it at the PG. Safe to repeat for the same tracking number. Which fields are required depends on the PG. Sender and receiver are neither stored nor logged.',
    requestParams: { path },
    requestBody: {
      required: true,
      content: { 'application/json': { schema: escrowDeliveryRequest() } },
    },
    responses: {
      '200': json('This parcel is registered already', escrowDeliveryResponse),
      '201': json('Registered', escrowDeliveryResponse),
      ...problems(writeProblems),
    },
  },
  put: {
    ...shared,
    operationId: 'changeEscrowDelivery',
    summary: 'Change the registered delivery of an order, for instance its tracking number',
    description:
      'Until the buyer has decided. Not at nice_v2. Safe to repeat. Sender and receiver are neither stored nor logged.',
    requestParams: { path },
    requestBody: {
      required: true,
      content: { 'application/json': { schema: escrowDeliveryChange() } },
    },
    responses: {
      '200': json('Changed', escrowDeliveryResponse),
      ...problems(writeProblems),
    },
  },
}
