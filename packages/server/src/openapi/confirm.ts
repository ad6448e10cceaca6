import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { shopDecision } from '../delivery/shop-decision.ts'
import { confirmMessage } from '../events/schemas.ts'
import { eventHeaders } from './events.ts'
import { json } from './parts.ts'

export const receiveConfirm: ZodOpenApiOperationObject = {
  operationId: 'decidePayment',
  tags: ['payments'],
  summary: 'Sent to CONFIRM_URL, if it is set, before a payment is approved; signed like an event',
  description:
    'The order is open and the amount is its own. The response is awaited for 7.5 seconds; after a broken connection it is sent once more, with the same id. Whatever is no 2xx with a decision refuses the payment with a neutral text. Anybody can cause this request for an order that is open: keep a reservation for a limited time only, and one for each order.',
  requestParams: { header: eventHeaders },
  requestBody: { required: true, content: { 'application/json': { schema: confirmMessage } } },
  responses: { '200': json('The decision; the buyer reads the reason', shopDecision()) },
}
